"""What a desk did with each key, told line by line to whoever watches: training, trials, measurements.

One JSON object per line, written whenever the desk has come to rest: how many keys and clicks reached the
window, on which page it stands, what it waits for, how long the screen stood still at most. Keys of fields
and counts only; never a word that was typed, never a name.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ui.faces.pulse import Pulse

if TYPE_CHECKING:
    from pathlib import Path

    from ui.faces.keeper import Keeper

TURNS = (
    6  # of the event loop in a row with nothing under way: showing, laying out, painting follow one another
)
AGAIN_MS = 20  # how soon to look again at what is not at rest


class Trace(QObject):
    """Counts what reaches the window and tells when the desk has dealt with it."""

    def __init__(self, keeper: Keeper, path: Path) -> None:
        super().__init__(keeper)
        self._keeper, self._desk = keeper, keeper.desk
        self._file = path.open("w", encoding="utf-8", buffering=1)
        self._keys = self._clicks = self._turns = 0
        self._told: dict[str, Any] = {}
        self._pulse = Pulse(self)
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._look)
        model = keeper.model
        model.changed.connect(self._stir)
        model.page_changed.connect(self._stir)
        model.under_way.connect(self._stir)
        keeper.jobs.quiet.connect(self._stir)
        self._desk.app.focusChanged.connect(self._stir)
        # At the application, before whoever keeps a key back; only where somebody watches, because it is
        # asked about every event.
        self._desk.app.installEventFilter(self)
        self._stir()

    def close(self) -> None:
        """Count and tell nothing more."""
        self._desk.app.removeEventFilter(self)
        self._timer.stop()
        self._pulse.stop()
        self._file.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count a key or a click; a key held down counts once, a modifier as a key of its own."""
        if not watched.isWindowType():  # asked first: of a thousand events of a new page, few are a window's
            return False
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
            return False
        if isinstance(event, QKeyEvent):
            self._keys += not event.isAutoRepeat()
        else:
            self._clicks += 1
        self._stir()
        return False

    def _stir(self, *_: object) -> None:
        self._turns = 0
        if not self._file.closed and not self._timer.isActive():
            self._timer.start(0)

    def _look(self) -> None:
        if not self._is_at_rest():
            self._turns = 0
            self._timer.start(AGAIN_MS)
        elif self._turns < TURNS:
            self._turns += 1
            self._timer.start(0)
        else:
            self._tell()

    def _is_at_rest(self) -> bool:
        desk = self._desk
        return not (
            self._keeper.jobs.under_way
            or desk.held.waits
            or desk.held.is_holding
            or desk.work.prompt.is_settling
            or getattr(desk.work.page, "is_entering", False)
            or (self._keeper.model.page == "check" and not desk.actions_.was_seen)
        )

    def _tell(self) -> None:
        state = self._state()
        if state != self._told:
            self._told = state
            late, work = self._pulse.take()
            line = {**state, "stall_ms": late, "work_ms": work}
            print(json.dumps(line, sort_keys=True), file=self._file, flush=True)

    def _state(self) -> dict[str, Any]:
        view, focus = self._keeper.model.view, QApplication.focusWidget()
        case = view.case
        return {
            "keys": self._keys,
            "clicks": self._clicks,
            "page": self._keeper.model.page,
            "ticket": view.ticket is not None,
            "people": len(view.principals),
            "prompt": view.prompt.kind if view.prompt else "",
            "speaker": view.speaker.kind if view.speaker else "",
            "palette": len(self._desk.palette_.rows) if not self._desk.palette_.isHidden() else -1,
            "type": case.type_id if case else "",
            "rows": max((len(f.rows) for f in case.fields), default=0) if case else 0,
            "scanned": sum(f.source == "scan" for f in case.fields) if case else 0,
            "problems": [p.where or p.code for p in case.problems] if case else [],
            "notices": [n.code for n in self._keeper.notices.current],
            "number": case.number if case else "",
            "sent": sum(paper.state == "sent" for paper in view.papers),
            "focus": type(focus).__name__ if focus is not None else "",
        }
