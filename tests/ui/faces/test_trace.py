"""What a desk tells of itself to whoever watches: keys and places, never a word."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from tests.fakes import snapshots as s
from tests.fakes.keys import type_
from ui.faces.pulse import Pulse
from ui.faces.trace import Trace


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_keys_are_counted_and_nothing_typed_is_told(stand: Any, qtbot: Any, tmp_path: Path) -> None:
    made = stand(s.replace(s.FILLING, case=replace(s.FILLING.case, problems=())))
    keeper: Any = next(c for c in made.window.children() if type(c).__name__ == "Keeper")
    trace = Trace(keeper, tmp_path / "trace")
    try:
        qtbot.waitUntil(lambda: bool(lines(tmp_path / "trace")), timeout=60_000)
        assert lines(tmp_path / "trace")[-1]["page"] == "fill"
        handle = made.window.windowHandle()
        for key in (Qt.Key.Key_Control, Qt.Key.Key_7):
            QTest.keyClick(handle, key)
        qtbot.waitUntil(lambda: lines(tmp_path / "trace")[-1]["keys"] == 2, timeout=60_000)
        type_("9")
        qtbot.waitUntil(lambda: keeper.jobs.under_way == 0, timeout=60_000)
        told = (tmp_path / "trace").read_text("utf-8")
        assert s.PERSON.name not in told
        assert lines(tmp_path / "trace")[-1]["clicks"] == 0
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=made.desk.work.geometry().center())
        qtbot.waitUntil(lambda: lines(tmp_path / "trace")[-1]["clicks"] == 1, timeout=60_000)
    finally:
        trace.close()


def test_how_long_the_screen_stood_still_is_told(qtbot: Any) -> None:
    parent = QObject()
    pulse = Pulse(parent)
    qtbot.waitUntil(lambda: pulse._timer.isActive(), timeout=60_000)
    pulse.take()
    busy = time.thread_time() + 0.03
    QTimer.singleShot(0, parent, lambda: [None for _ in iter(lambda: time.thread_time() < busy, False)])
    qtbot.waitUntil(lambda: pulse._work >= 25, timeout=60_000)
    late, work = pulse.take()
    assert work >= 25
    assert late >= 20
    assert pulse.take()[1] < work
    pulse.stop()
