"""Papers on their way out: each handed to the printing lane once, and what became of it written down."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from counter_app.domain.cases import PaperRecord
from counter_app.lane import Lane
from counter_app.problems import Problem
from counter_app.services.printing import Left, note_left, print_paper
from counter_app.services.visit import Visit
from counter_app.services.visit_view import VisitView

SCREEN_FIRST_S = 0.08  # the number is on the screen before the paper is set
RETRY_S = 30.0  # a failed paper is tried again by itself no sooner
log = logging.getLogger(__name__)


class PaperLane:
    """Prints what a visit promised; `tell` hears every snapshot that comes of it, on the services lane."""

    def __init__(self, visit: Visit, services: Lane, tell: Callable[[VisitView], None]) -> None:
        self._visit, self._services, self._tell = visit, services, tell
        self._printing = Lane("printing")
        self._closing = threading.Event()
        self._in_hand: set[str] = set()
        self._later: dict[str, float] = {}

    def wake(self) -> None:
        """On the services lane: hand every promised paper to the printing lane, once."""
        wishes = [(paper, False) for paper in self._visit.office.ports.storage.queued_papers()]
        wishes += self._visit.take_reprints()
        for paper, again in wishes:
            wished = again or self._later.get(paper.paper_id, 0) <= time.monotonic()
            if wished and paper.paper_id not in self._in_hand:
                self._in_hand.add(paper.paper_id)
                self._printing.run(partial(self._print, paper, again))

    def try_again(self) -> None:
        """Another printer is here: what waits is tried at once instead of in half a minute."""
        self._later.clear()
        self._services.run(self.wake)

    def hurry(self) -> None:
        """Wait for no screen any more: the desk is closing."""
        self._closing.set()

    def close(self) -> None:
        """Finish the papers in hand."""
        self._printing.close()

    def _print(self, paper: PaperRecord, again: bool) -> None:
        """On the printing lane: render and print; what became of it is written on the services lane."""
        self._closing.wait(SCREEN_FIRST_S)
        try:
            left = print_paper(self._visit.office.ports, paper, reprint=again)
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
        note_left(office.ports, left, office.actor, office.now())
        self._in_hand.discard(left.paper.paper_id)
        self._tell(self._visit.refreshed())

    def _failed(self, paper: PaperRecord, problem: Problem) -> None:
        self._visit.office.ports.storage.paper_failed(paper.paper_id, problem.code)
        self._in_hand.discard(paper.paper_id)
        self._later[paper.paper_id] = time.monotonic() + RETRY_S
        self._tell(self._visit.tell(problem))
