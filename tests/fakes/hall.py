"""A real hub over HTTP for the hall's screens: windows that call, a door that can be shut and opened."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.domain.tickets import Ticket
from counter_app.hub.local import LocalHub
from counter_app.hub.server import Served, serving
from counter_app.hub.tokens import Bearer
from counter_app.sync.remote_hub import RemoteHub
from tests.fakes.office import HandClock
from tests.hub.stores import GROUPS, HALL, RULES, clerk


@dataclass
class Hall:
    """One hall's hub with its own store; `shut` takes it off the network, `open` puts it back."""

    folder: Path
    clock: HandClock
    hub: LocalHub
    served: Served | None = None
    asked: int = 0
    port: int = 0
    _serving: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def open(self) -> None:
        """On the network, at the port it had."""
        self.served = self._serving.enter_context(serving({HALL: self.hub}, port=self.port))
        self.port = self.served.port

    def shut(self) -> None:
        """Off the network; the store goes on."""
        self._serving.close()
        self.served = None

    def where(self) -> tuple[str, str]:
        """Address and a board's token, as `sync.doors` gives them."""
        return f"http://127.0.0.1:{self.port}", self.token("board")

    def token(self, role: str = "device", window: str = "", person: str = "") -> str:
        """A fresh token."""
        return self.hub.issue(Bearer(HALL, role, window, person))

    def remote(self, role: str = "device", window: str = "") -> RemoteHub:
        """A client of this hall."""
        return RemoteHub(f"http://127.0.0.1:{self.port}", self.token(role, window))

    def take(self, group: str = "", klass: str = "") -> Ticket:
        """Somebody takes a number."""
        self.asked += 1
        return self.hub.take(f"take-{self.asked}", group, klass)

    def call(self, window: str) -> Ticket:
        """A window calls the next person, at the hub itself."""
        self.asked += 1
        found = self.hub.call(window, f"call-{self.asked}", clerk(window))
        assert found is not None
        return found

    def act(self, ticket: Ticket, verb: str, why: str = "") -> Ticket:
        """One verb on a ticket."""
        self.asked += 1
        return self.hub.act(ticket.ticket_id, verb, f"act-{self.asked}", clerk(ticket.window), why)

    def serve(self, window: str) -> Ticket:
        """A whole service at a window: take, call, serve, done."""
        self.take()
        called = self.call(window)
        self.act(called, "serve")
        return self.act(called, "done")


@contextlib.contextmanager
def open_hall(folder: Path) -> Iterator[Hall]:
    """A hall that is open."""
    clock = HandClock()
    hall = Hall(folder, clock, LocalHub(folder, bytes(32), HALL, clock, RULES))
    try:
        hall.open()
        yield hall
    finally:
        hall.shut()
        hall.hub.close()


__all__ = ["GROUPS", "HALL", "Hall", "open_hall"]
