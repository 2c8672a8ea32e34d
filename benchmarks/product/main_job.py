"""Ours: the clerk's main job by real keys on the demo hall, and the longest gaps of the event loop meanwhile.

usage: main_job.py [PICTURES]      from the ready desk to the printed receipt, once; pictures where asked for
Prints `{"gap_ms": [the longest gap of each step of the job]}`; a gap is the time a 5 ms timer came late.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.commands.demo import open_demo
from counter_app.settings import Settings
from ui import app as application

TICK_MS, LIMIT_S = 5, 60.0
LOOK_MS = 2000  # from the ready desk to the first key: who works it looks at it first
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class Step:
    """One thing the clerk does, and how to see that the desk has done its part."""

    name: str
    act: Callable[[], None]
    until: Callable[[Any], bool]


@dataclass
class Job(QObject):
    """Plays the steps, each when the one before is through, and notes how late its timer comes."""

    starter: application.Starter
    pictures: Path | None = None
    gaps: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Start looking: the desk is ready now."""
        super().__init__()
        self.desk = self.starter.window.desk
        self.steps = self._steps()
        self.at, self.last, self.begun = -1, time.perf_counter(), time.perf_counter()
        self.timer = QTimer(self, interval=TICK_MS)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.tick)
        self.timer.start()

    @property
    def view(self) -> Any:
        """What the desk shows."""
        return self.desk.model.view  # type: ignore[union-attr]

    def tick(self) -> None:
        """Note the gap; go on when the step is through."""
        now = time.perf_counter()
        name = self.steps[max(self.at, 0)].name
        late = (now - self.last) * 1000 - TICK_MS
        self.gaps[name] = max(self.gaps.get(name, 0.0), late)
        self.last = now
        if self.at < 0 or self.steps[self.at].until(self.view):
            self._next()
        elif now - self.begun > LIMIT_S:
            why = f"stuck at {name}: {self.view.notices} {self.view.case and self.view.case.problems}"
            print(why, file=sys.stderr, flush=True)
            os._exit(1)  # an exception here would be the desk's to handle

    def _next(self) -> None:
        if self.pictures is not None and self.at >= 0:
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # as it will be painted
            self.starter.window.grab().save(str(self.pictures / f"{self.at}_{self.steps[self.at].name}.png"))
            self.last = time.perf_counter()
        self.at += 1
        self.begun = time.perf_counter()
        if self.at < len(self.steps):
            self.steps[self.at].act()
            return
        print(self.gaps, file=sys.stderr)
        print(json.dumps({"gap_ms": list(self.gaps.values())}), flush=True)
        self.timer.stop()
        self.starter.window.close()

    # --- the job ----------------------------------------------------------------------------
    def _steps(self) -> list[Step]:
        return [
            Step("call", lambda: self.key(KEY.Key_F9), lambda v: v.ticket is not None),
            Step("card", lambda: self.aside("插卡　李桂芳"), lambda v: bool(v.principals)),
            Step("witness", lambda: self.key(KEY.Key_W, CTRL), lambda v: v.principals[0].witness != ""),
            Step("palette", lambda: self.key(KEY.Key_F2), lambda v: not self.desk.palette_.isHidden()),  # type: ignore[union-attr]
            Step("find", lambda: self.type("ydjy"), lambda v: True),
            Step("open", lambda: self.key(KEY.Key_Return), self.is_form_there),
            Step(
                "place", lambda: self.fill("rloc_admdvs", "310000"), lambda v: self.value("rloc_admdvs") != ""
            ),
            Step(
                "address",
                lambda: self.fill("rloc_addr", "上海市浦东新区示例路 1 号"),
                lambda v: self.value("rloc_addr") != "",
            ),
            Step("questions", self.answer, lambda v: all(q.answer for q in v.case.questions)),
            Step("materials", self.receive, lambda v: not self.missing()),
            Step("check", lambda: self.key(KEY.Key_F8), lambda v: self.desk.model.page == "check"),  # type: ignore[union-attr]
            Step("submit", self.submit, lambda v: bool(v.case and v.case.number)),
            Step(
                "paper", lambda: None, lambda v: bool(v.papers) and all(p.state == "sent" for p in v.papers)
            ),
        ]

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.focus(), key, modifiers)

    def type(self, text: str) -> None:
        """Type letter by letter; what no key gives comes from an input method."""
        if text.isascii():
            QTest.keyClicks(self.focus(), text)
            return
        composed = QInputMethodEvent()
        composed.setCommitString(text)
        QApplication.sendEvent(self.focus(), composed)

    def focus(self) -> QWidget:
        """Where keys go; a screen without a window manager gives no window the focus by itself."""
        return QApplication.focusWidget() or self.starter.window.focusWidget() or self.starter.window

    def is_form_there(self, view: Any) -> bool:
        """Whether every row can be seen, and so be gone to."""
        form = getattr(self.desk.work.page, "form", None)  # type: ignore[union-attr]
        return view.case is not None and form is not None and not form.is_behind

    def fill(self, key: str, text: str) -> None:
        """Go to a field, type, press Enter."""
        assert self.desk is not None
        self.desk.jump(key)
        self.type(text)
        self.key(KEY.Key_Return)

    def answer(self) -> None:
        """Answer every question of the type with no."""
        for question in self.view.case.questions:
            self.desk.model.do("ask", question.name, False)  # type: ignore[union-attr]

    def receive(self) -> None:
        """Take every missing material."""
        for code in self.missing():
            self.desk.model.do("receive", code)  # type: ignore[union-attr]

    def missing(self) -> list[str]:
        """Codes of the materials not there yet."""
        return [m.code for m in self.view.case.materials if m.state == "missing"]

    def value(self, key: str) -> str:
        """What the visit holds in a field."""
        return next((f.value for f in self.view.case.fields if f.key == key), "")

    def submit(self) -> None:
        """F10, once the answers have been on the screen long enough to be read at all."""
        QTimer.singleShot(700, self, lambda: self.key(KEY.Key_F10))

    def aside(self, title: str) -> None:
        """Let a simulated device act, from a thread of its own as a citizen does."""
        counter = self.starter._counter
        assert counter is not None
        action = next(a for a in counter.simulated or () if a.title == title)
        threading.Thread(target=action.run, daemon=True).start()


def main(pictures: Path | None) -> None:
    """Open the demo hall, play the job, stop."""
    plain = application.Starter._ready
    kept: list[Job] = []

    def ready(self: application.Starter, made: Any) -> None:
        plain(self, made)
        QTimer.singleShot(LOOK_MS, lambda: kept.append(Job(self, pictures)))

    application.Starter._ready = ready  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory(prefix="ow-job-") as folder:
        application.run_desk(lambda: open_demo(Path(folder), False), Settings())
    os._exit(0 if kept and kept[0].at == len(kept[0].steps) else 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
