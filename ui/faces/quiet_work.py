"""What nobody waits for, done while nobody touches the desk: small steps ahead, and sweeping after a visit.

Two threads that both work hand the interpreter to and fro and each takes more than twice its time, and no
thread works while the interpreter looks for what is held in circles. So neither may fall into a key's turn.
"""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from concurrent.futures import Future

    from counter_app.services.visit_view import VisitView
    from ui.faces.keeper import Keeper

LOOK_MS = 30  # between two steps, and how soon to look again at a desk that is in use
QUIET_S = 0.3  # without key, click, device, snapshot: longer than between two keys of somebody typing


class QuietWork(QObject):
    """Lives as long as the desk. A step is begun only on a quiet desk; at most one is under way.

    A step that fails is the last: the first paper fails at the same place, and says so.
    """

    def __init__(self, keeper: Keeper) -> None:
        super().__init__(keeper)
        self._keeper = keeper
        self._step: Future[bool] | None = None
        self.has_steps, self.has_swept = True, True
        self._is_open, self._stirred = True, time.monotonic()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        keeper.model.changed.connect(self._follow)
        keeper.bridge.arrived.connect(self._stir)
        self._timer.start()

    def end(self) -> None:
        """Begin nothing more."""
        self._is_open = False
        self._timer.stop()

    def is_quiet(self) -> bool:
        """Whether nobody has touched the desk for a moment, and nothing on it has changed."""
        return time.monotonic() - max(self._stirred, self._keeper.touched) > QUIET_S

    def _stir(self, *_: object) -> None:
        self._stirred = time.monotonic()

    def _follow(self, before: VisitView | None, view: VisitView) -> None:
        self._stir()
        if before is not None and before.visit_open and not view.visit_open:
            self.has_swept = False
            if self._is_open:
                self._timer.start()

    def _look(self) -> None:
        if self._step is not None and not self._step.done():
            return
        if self._step is not None and (self._step.exception() or not self._step.result()):
            self.has_steps = False
            gc.freeze()  # what papers are made with stays for good, too
        self._step = None
        if not self.is_quiet():
            return
        if self.has_steps:
            self._step = self._keeper.counter.get_ready()
        elif not self.has_swept and not self._keeper.model.view.visit_open:
            self.has_swept = True
            gc.collect()
        else:
            self._timer.stop()
