"""A desk that is up gets what no card waited for: the hub, the palette's index, the citizen's screen."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.faces.quiet_work import QuietWork
from ui.registry import citizen_parts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.faces.keeper import Keeper

BETWEEN_MS = 20  # between two steps: somebody may be typing already
MOST_WAITS = 150  # turns that are left to whoever types; then the citizen's screen comes all the same


class Settling(QObject):
    """One step a turn of a quiet desk. `citizen_screen` is the setting of that name."""

    def __init__(self, app: QApplication, keeper: Keeper, citizen_screen: str) -> None:
        super().__init__(keeper)
        self._app, self._keeper, self._citizen_screen = app, keeper, citizen_screen
        self.work = QuietWork(keeper)
        self.waited = 0
        self._steps = chain(citizen_parts(), (self._join_citizen, keeper.ask_citizens))
        self._timer = QTimer(self, interval=BETWEEN_MS)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()
        keeper.look()
        keeper.counter.settle_in()

    def end(self) -> None:
        """Begin nothing more."""
        self._timer.stop()
        self.work.end()

    def _go_on(self) -> None:
        if self.waited < MOST_WAITS and not self.work.is_quiet():
            self.waited += 1
            return
        step = next(self._steps, None)
        if step is None:
            self._timer.stop()
        else:
            step()

    def _join_citizen(self) -> None:
        if self._citizen_screen != "off":
            self._keeper.join_citizen(self._app, self._citizen_screen)
