"""A desk's talk with its hub: what waits goes there, what happened there comes here, nobody waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar

from counter_app.lane import Lane
from counter_app.problems import Problem
from counter_app.services import filings
from counter_app.services.life import follow
from counter_app.services.ports import News
from counter_app.services.visit import Visit
from counter_app.services.visit_view import VisitView
from counter_app.sync.drain import drain
from counter_app.sync.pull import pull

T = TypeVar("T")
FETCH_S = 20.0  # how often the hub is asked for filings while people are served


class SyncLane:
    """Pushes and hears in a lane of its own; what is written is written on the services lane."""

    def __init__(
        self, visit: Visit, services: Lane, hand_over: Callable[[], int], tell: Callable[[VisitView], None]
    ) -> None:
        self._visit, self._services, self._hand_over, self._tell = visit, services, hand_over, tell
        self._lane = Lane("sync")
        self._syncing = threading.Event()
        self._fetched = 0.0

    def run(self, call: Callable[[], T]) -> Future[T]:
        """Queue a call of somebody else behind what is under way. RuntimeError after `close`."""
        return self._lane.run(call)

    def wake(self) -> None:
        """Have the lane drain the outbox, once however often it is asked meanwhile."""
        if not self._syncing.is_set():
            self._syncing.set()
            self._lane.run(self._drain)

    def fetch_soon(self) -> None:
        """Ask the hub for filings when its turn comes."""
        self._lane.run(self._fetch)

    def close(self) -> None:
        """Finish what is under way."""
        self._lane.close()

    def _drain(self) -> None:
        """On the sync lane: push, then hear; what comes back is written on the services lane."""
        self._syncing.clear()
        ports = self._visit.office.ports
        try:
            news = drain(ports.storage, ports.hub, self._settle)
            news += pull(ports.storage, ports.hub, self._follow)
            self._hand_over()
            if news:
                self._tell(self._services.run(self._visit.refreshed).result())
            if time.monotonic() - self._fetched > FETCH_S:
                self._fetched = time.monotonic()
                self._fetch()  # what people left at a kiosk is there when they come to the window
        except RuntimeError:
            return  # the counter is closing; what waits is pushed next time

    def _follow(self, page: News) -> int:
        return self._services.run(partial(follow, self._visit.office, page)).result()

    def _fetch(self) -> None:
        """On the sync lane: what came for this hall; written on the services lane. Away is no matter."""
        office = self._visit.office
        try:
            page = filings.asked(office)
            if page.filings:
                self._services.run(partial(filings.receive, office, page.filings)).result()
        except (Problem, RuntimeError):
            return  # the hub is away, or the counter is closing: they come next time

    def _settle(self, verdicts: Sequence[Mapping[str, Any]]) -> None:
        self._services.run(partial(self._visit.office.ports.storage.settle, verdicts)).result()
