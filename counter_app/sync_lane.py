"""The sync lane of a counter: the outbox goes to the hub, what the hub has comes back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from counter_app.lane import Lane
from counter_app.late import late
from counter_app.late_hub import LateHub
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.services import filings
    from counter_app.services.office import Office
    from counter_app.services.visit import Visit
    from counter_app.services.visit_view import VisitView
    from counter_app.sync.turn import SyncTurn
else:
    filings = late("counter_app.services.filings")

FETCH_S = 20.0  # how often the hub is asked for filings while people are served


class SyncLane:
    """Pushes, then hears; what comes back is written on the services lane."""

    def __init__(
        self,
        visit: Visit,
        services: Lane,
        turn: SyncTurn,
        tell: Callable[[VisitView], None],
        settled: bool,
    ) -> None:
        self._visit, self._services, self._turn, self._tell = visit, services, turn, tell
        self._lane = Lane("sync")
        self._asked = threading.Event()
        self._settled = settled  # a desk that is still starting asks the hub nothing
        self._fetched = 0.0

    @property
    def _office(self) -> Office:
        return self._visit.office

    def settle(self, hub: object) -> None:
        """From now on the hub is asked; one that cannot be opened is told at once, not at the first call."""
        self._settled = True
        if isinstance(hub, LateHub):
            self._lane.run(partial(self._open, hub))

    def wake(self) -> None:
        """Have the outbox drained, once however often it is asked meanwhile."""
        if self._settled and not self._asked.is_set():
            self._asked.set()
            self._lane.run(self._drain)

    def fetch_soon(self) -> None:
        """Have the hub asked for filings."""
        self._lane.run(self._fetch)

    def close(self) -> None:
        """Finish what is queued."""
        self._lane.close()

    def _open(self, hub: LateHub) -> None:
        try:
            hub.opened()
        except Problem as problem:
            self._tell(self._services.run(partial(self._visit.tell, problem)).result())

    def _drain(self) -> None:
        self._asked.clear()
        try:
            if self._turn.run(self._office.now()):
                self._tell(self._services.run(self._visit.refreshed).result())
            if time.monotonic() - self._fetched > FETCH_S:
                self._fetched = time.monotonic()
                self._fetch()  # what people left at a kiosk is there when they come to the window
        except RuntimeError:
            return  # the counter is closing; what waits is pushed next time

    def _fetch(self) -> None:
        """What came for this hall. Away is no matter."""
        try:
            if self._office.ports.marks is not None:
                self._office.ports.marks.keep_fresh()
            page = filings.asked(self._office)
            if page.filings:
                received = self._services.run(partial(filings.receive, self._office, page.filings)).result()
                for problem in received.changed:
                    self._tell(self._services.run(partial(self._visit.tell, problem)).result())
        except (Problem, RuntimeError):
            return  # the hub is away, or the counter is closing: they come next time
