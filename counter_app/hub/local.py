"""The hub inside the desk: the same core on a file of its own in the data folder.

It fits the port `Hub` of the services without knowing them. Everything it does also works when it
is served to other programs on this machine, because it is nothing but `core` in a lane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from counter_app.database import Database, open_database
from counter_app.domain.actor import Actor
from counter_app.domain.tickets import LineState, Ticket
from counter_app.hub import batches, core, feed, ratings, rows, upgrades
from counter_app.hub.commands import Accept, Act, Arrange, Call, Close, Day, Feed, Look, Pause, Rate, Take
from counter_app.hub.halls import open_hall
from counter_app.hub.lane import HubLane
from counter_app.queueing.rules import Rules

FILE_NAME = "hub.db"


class LocalClock(Protocol):
    """The one thing needed of a clock."""

    def now(self) -> datetime:
        """An aware moment."""


class LocalHub:
    """One hall's hub in this process. Any thread may ask; one lane writes.

    Only one process may write: the caller holds the data folder's lock. Raises Problem on opening:
    `store-key`, `store-newer`, `store-sqlite`, `store-write`.
    """

    def __init__(
        self, folder: Path, key: bytes, hall: str, clock: LocalClock, rules: Rules | None = None
    ) -> None:
        self.hall = hall
        self._clock = clock
        self._database: Database = open_database(folder / FILE_NAME, key, upgrades)
        self._lane = HubLane(self._database)
        self._lane.do(lambda c: open_hall(c, hall, rules or Rules()))

    # --- the port ---------------------------------------------------------------------------
    def take(
        self, request_id: str, group: str = "", klass: str = "", person: str = "", note: str = ""
    ) -> Ticket:
        """A number; the same request or the same waiting person gets the same one.

        Raises Problem `line-closed`, `group-unknown`, `class-unknown`.
        """
        return self._ticket(self.taken(request_id, group, klass, person, note))

    def call(self, window: str, call_id: str, actor: Actor) -> Ticket | None:
        """Next person for a window; the same `call_id` returns the same ticket.

        Raises Problem `window-paused`, `call-lapsed`, `request-reused`.
        """
        wish = Call(self.hall, self._clock.now(), window, call_id)
        return self._lane.do(lambda c: core.call(c, actor, wish)).ticket

    def act(
        self, ticket_id: str, verb: str, request_id: str, actor: Actor, why: str = "", to: str = ""
    ) -> Ticket:
        """`recall serve park transfer miss revive done cancel promote`, once per request id."""
        wish = Act(self.hall, self._clock.now(), ticket_id, verb, request_id, why, to)
        return self._ticket(self._lane.do(lambda c: core.act(c, actor, wish)))

    def line(self, window: str) -> LineState:
        """How long the window's line is; asking is its sign of life."""
        wish = Look(self.hall, self._clock.now(), window)
        return self._lane.do(lambda c: core.look(c, Actor("", "", ("system",), "", window), wish))

    def tickets(self, day: date) -> Sequence[Ticket]:
        """The tickets of a day in the order they were taken."""
        with self._database.read() as connection:
            return core.tickets_of(connection, _NOBODY, Day(self.hall, day))

    def ticket(self, ticket_id: str) -> Ticket | None:
        """One ticket, or None."""
        with self._database.read() as connection:
            return core.ticket(connection, self.hall, ticket_id)

    def push(self, batch: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """Take in envelopes: `{event_id, verdict, code, durable_upto}` each, in order."""
        wish = Accept(self.hall, self._clock.now(), batch)
        rulings = self._lane.do(lambda c: batches.accept(c, _NOBODY, wish))
        return [ruling.as_dict() for ruling in rulings]

    def online(self) -> bool:
        """True: this hub is as near as the desk itself."""
        return True

    # --- more than the desk needs -------------------------------------------------------------
    def taken(
        self, request_id: str, group: str = "", klass: str = "", person: str = "", note: str = ""
    ) -> core.Verdict:
        """Like `take`, with how many wait before, for the ticket and the kiosk."""
        wish = Take(self.hall, self._clock.now(), request_id, group, klass, person, note)
        return self._lane.do(lambda c: core.take(c, _NOBODY, wish))

    def call_this(self, window: str, call_id: str, ticket_id: str, actor: Actor, why: str) -> Ticket:
        """Call somebody out of order. Raises Problem `supervisor-needed`, `reason-needed`, `ticket-state`."""
        wish = Call(self.hall, self._clock.now(), window, call_id, ticket_id, why)
        return self._ticket(self._lane.do(lambda c: core.call(c, actor, wish)))

    def arrange(
        self, window: str, actor: Actor, own: tuple[str, ...] = (), helps: tuple[str, ...] = ()
    ) -> None:
        """Say which groups a window serves and helps."""
        wish = Arrange(self.hall, self._clock.now(), window, own, helps)
        self._lane.do(lambda c: core.arrange(c, actor, wish))

    def pause(self, window: str, actor: Actor, why: str) -> None:
        """Pause a window with a reason; "" opens it."""
        wish = Pause(self.hall, self._clock.now(), window, why)
        self._lane.do(lambda c: core.pause(c, actor, wish))

    def close_taking(self, actor: Actor, why: str) -> None:
        """No more numbers, with the words for the kiosk; "" gives them again."""
        wish = Close(self.hall, self._clock.now(), why)
        self._lane.do(lambda c: core.close(c, actor, wish))

    def rate(self, request_id: str, case_id: str, level: int, indicators: tuple[str, ...] = ()) -> bool:
        """Keep a citizen's answer (1–5, 0 = 未评). Raises Problem `already-rated`, `rating-level`."""
        wish = Rate(self.hall, self._clock.now(), request_id, case_id, level, indicators)
        return self._lane.do(lambda c: ratings.rate(c, _NOBODY, wish))

    def feed(self, after: int = 0, limit: int = 500) -> feed.FeedPage:
        """What happened to cases after a place, in commit order."""
        with self._database.read() as connection:
            return feed.read_feed(connection, _NOBODY, Feed(self.hall, after, limit))

    def story(self, ticket_id: str) -> Sequence[Mapping[str, Any]]:
        """Everything that happened to a ticket: `{kind, at, clerk, window, why, data}` in order."""
        with self._database.read() as connection:
            return rows.story(connection, self.hall, ticket_id)

    def durable_upto(self, device: str, epoch: int) -> int:
        """The highest seq below which nothing of a device is missing here."""
        with self._database.read() as connection:
            return batches.durable_upto(connection, device, epoch)

    def close(self) -> None:
        """Finish what is under way and close the store."""
        self._lane.close()
        self._database.close()

    @staticmethod
    def _ticket(verdict: core.Verdict) -> Ticket:
        if verdict.ticket is None:
            raise AssertionError("this command always answers with a ticket")
        return verdict.ticket


_NOBODY = Actor("", "", ("system",))


def read_tickets(folder: Path, key: bytes, hall: str, day: date | None) -> Sequence[Ticket]:
    """The tickets of a day (None: of all days), read beside a running desk.

    Raises Problem `store-missing`, `store-key`.
    """
    database = open_database(folder / FILE_NAME, key, upgrades, read_only=True)
    try:
        with database.read() as connection:
            return core.tickets_of(connection, _NOBODY, Day(hall, day))
    finally:
        database.close()
