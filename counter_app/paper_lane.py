"""The printing lane of a counter: every promised paper is rendered and printed, once."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from counter_app.lane import Lane
from counter_app.late import late
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.domain.cases import PaperRecord
    from counter_app.services import printing
    from counter_app.services.printing import Left
    from counter_app.services.visit import Visit
    from counter_app.services.visit_view import VisitView
else:
    printing = late("counter_app.services.printing")

SCREEN_FIRST_S = 0.08  # the number is on the screen before the paper is set
RETRY_S = 30.0  # a failed paper is tried again by itself no sooner
log = logging.getLogger(__name__)


class PaperLane:
    """What is wished for is read on the services lane, printed here, and what became of it written there."""

    def __init__(
        self, visit: Visit, services: Lane, closing: threading.Event, tell: Callable[[VisitView], None]
    ) -> None:
        self._visit, self._services, self._closing, self._tell = visit, services, closing, tell
        self._lane = Lane("printing")
        self._in_hand: set[str] = set()
        self._later: dict[str, float] = {}

    def print_waiting(self) -> None:
        """On the services lane: hand every promised paper to the printing lane, once."""
        storage = self._visit.office.ports.storage
        wishes = [(paper, False) for paper in storage.queued_papers()]
        wishes += self._visit.take_reprints()
        for paper, again in wishes:
            wished = again or self._later.get(paper.paper_id, 0) <= time.monotonic()
            if wished and paper.paper_id not in self._in_hand:
                self._in_hand.add(paper.paper_id)
                self._lane.run(partial(self._print, paper, again))

    def retry_now(self) -> None:
        """What failed is not put off any longer: another printer is here."""
        self._later.clear()

    def close(self) -> None:
        """Finish what is queued."""
        self._lane.close()

    def _print(self, paper: PaperRecord, again: bool) -> None:
        self._closing.wait(SCREEN_FIRST_S)
        try:
            left = printing.print_paper(self._visit.office.ports, paper, reprint=again)
        except Problem as problem:
            self._services.run(partial(self._failed, paper, problem))
        except Exception:
            log.exception("a paper of kind %s could not be made", paper.kind)
            refusal = Problem("printer-refused", paper.number, paper.kind)
            self._services.run(partial(self._failed, paper, refusal))
        else:
            self._services.run(partial(self._left, left))

    def _left(self, left: Left) -> None:
        office = self._visit.office
        printing.note_left(office.ports, left, office.actor, office.now())
        self._in_hand.discard(left.paper.paper_id)
        self._tell(self._visit.refreshed())

    def _failed(self, paper: PaperRecord, problem: Problem) -> None:
        self._visit.office.ports.storage.paper_failed(paper.paper_id, problem.code)
        self._in_hand.discard(paper.paper_id)
        self._later[paper.paper_id] = time.monotonic() + RETRY_S
        self._tell(self._visit.tell(problem))
