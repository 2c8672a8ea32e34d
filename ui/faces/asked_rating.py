"""好差评 on a rater or the citizen's screen: asked when a visit's cases are written down, once each.

The clerk has no part in it: nothing on the desk starts it, shows what was said, or asks again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from counter_app.domain.ratings import NOT_RATED, checked
from counter_app.problems import Problem
from counter_app.services.rating import Asking
from counter_app.services.visit_view import VisitView
from drivers.protocols import Rating

if TYPE_CHECKING:
    from ui.viewmodels.desk import DeskModel

SCREEN, RATER = "screen", "rater"


class Side(Protocol):
    """What is needed of whatever asks the citizen."""

    @property
    def is_open(self) -> bool:
        """Whether there is something to rate with."""

    def rate(self, title: str, number: str, then: Callable[[Rating], None]) -> bool:
        """Ask for a rating of one case; an answer always comes, unless this is False."""


class AskedRating(QObject):
    """Asks for one case after the other; what is being asked is never asked twice."""

    def __init__(self, model: DeskModel, side: Side, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._side = model, side
        self._asked: set[str] = set()
        self._busy = False
        model.changed.connect(self._changed)

    def _changed(self, before: VisitView | None, now: VisitView) -> None:
        written = {tile.case_id for tile in now.tiles if tile.number}
        is_all = bool(now.tiles) and len(written) == len(now.tiles)
        if is_all and not self._busy and not written <= self._asked and self._side.is_open:
            self._busy = True
            self._model.jobs.run(self._model.counter.rating_due, self._due, self._nothing)

    def _nothing(self) -> None:
        self._busy = False

    def _due(self, asking: Asking | None) -> None:
        if asking is None or asking.case_id in self._asked:
            self._asked |= {tile.case_id for tile in self._model.view.tiles if tile.number}
            self._busy = False
            return
        self._asked.add(asking.case_id)
        self._busy = self._side.rate(asking.matter, asking.number, partial(self._said, asking))

    def _said(self, asking: Asking, rating: Rating) -> None:
        level, reasons = kept(rating)
        keep = partial(self._model.counter.rate, asking.case_id, level, reasons, channel(rating))
        self._model.jobs.run(keep, self._next, self._nothing)

    def _next(self, _: object) -> None:
        self._model.jobs.run(self._model.counter.rating_due, self._due, self._nothing)


def channel(rating: Rating) -> str:
    """By which way an answer came, in the words of `domain.ratings.CHANNELS`."""
    return SCREEN if rating.device in ("", SCREEN) else RATER


def kept(rating: Rating) -> tuple[int, tuple[str, ...]]:
    """What is written down of an answer; a reason a device made up never loses the answer itself."""
    level = rating.level if rating.outcome == "rated" else NOT_RATED
    try:
        return level, checked(level, rating.reasons)
    except Problem:
        return level, ()
