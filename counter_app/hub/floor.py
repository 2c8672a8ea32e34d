"""What the hall asks beyond the desk's own line: kiosk, guide desk, board and manager."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from counter_app.database import Database
from counter_app.domain.actor import Actor
from counter_app.domain.tickets import Given, Ticket, TicketState, Wait
from counter_app.hub import arranging, bookings, core, days, estimates, notices, places, rows, spares
from counter_app.hub.commands import (
    Arrange,
    Book,
    Call,
    Close,
    Day,
    EndDay,
    Pause,
    Say,
    Spare,
    Take,
    Unbook,
)
from counter_app.hub.lane import Lane
from counter_app.hub.rows import to_ms
from counter_app.problems import Problem
from counter_app.queueing.rules import Rules

NOBODY = Actor("", "", ("system",))
_PACE_MS = 15_000


class HallClock(Protocol):
    """The one thing needed of a clock."""

    def now(self) -> datetime:
        """An aware moment."""


class Floor:
    """The hall around the windows. `HallHub` fills the fields; any thread may ask."""

    hall: str
    database: Database
    lane: Lane
    _clock: HallClock
    _rules: Rules
    _paces: dict[str, tuple[int, estimates.Known]]

    # --- numbers ------------------------------------------------------------------------------
    def taken(
        self,
        request_id: str,
        group: str = "",
        klass: str = "",
        person: str = "",
        note: str = "",
        *,
        needs: Sequence[str] = (),
        booking: str = "",
        seen: str = "",
        spare: str = "",
        taken_at: datetime | None = None,
        why: str = "",
        actor: Actor = NOBODY,
        was: Sequence[str] = (),
    ) -> Given:
        """A number with how many wait before and how long it may take, for the slip and the kiosk.

        Raises Problem `line-closed`, `group-unknown`, `class-unknown`, `need-unknown`, `booking-state`,
        `number-spare`, `people-key-old`.
        """
        now = self._clock.now()
        told = ",".join(needs)
        pace = self._known(self._rules.group(group).code, to_ms(now)).pace
        wish = Take(
            self.hall, now, request_id, group, klass, person, note, told, booking, seen, spare, taken_at, why,
            pace, tuple(was), self._rules,
        )  # fmt: skip
        return self.lane.do(lambda c: self._given(c, core.take(c, actor, wish)))

    def wait(self, ticket_id: str) -> Wait:
        """Where a number stands now and how long it may still take. Raises Problem `not-found`."""
        with self.database.read() as connection:
            found = rows.seen(connection, self.hall, ticket_id)
            if found is None:
                raise Problem("not-found", "ticket", ticket_id)
            ahead = rows.ahead(connection, self.hall, found)
            ticket = rows.ticket_of(found)
            low, high = self._minutes(connection, ticket, ahead)
        return Wait(ticket.number, ticket.state, ticket.window, ahead, low, high)

    def find(self, day: date, number: str = "", person: str = "") -> Sequence[Ticket]:
        """The tickets of a day with a number or of a person: somebody has lost a slip."""
        with self.database.read() as connection:
            return core.tickets_of(connection, NOBODY, Day(self.hall, day, number, person))

    def story(self, ticket_id: str) -> Sequence[Mapping[str, Any]]:
        """Everything that happened to a ticket: `{kind, at, clerk, window, why, data}` in order."""
        with self.database.read() as connection:
            return rows.story(connection, self.hall, ticket_id)

    def set_aside(self, request_id: str, group: str, count: int, holder: str) -> Sequence[str]:
        """Spare numbers for a kiosk, to be given while the hub is away. Raises Problem `line-closed`."""
        wish = Spare(self.hall, self._clock.now(), request_id, group, count, holder)
        return self.lane.do(lambda c: spares.set_aside(c, NOBODY, wish))

    # --- appointments -------------------------------------------------------------------------
    def book(
        self,
        request_id: str,
        start: datetime,
        group: str = "",
        klass: str = "",
        person: str = "",
        note: str = "",
        needs: Sequence[str] = (),
    ) -> Mapping[str, Any]:
        """An appointment. Raises Problem `booking-time`, `booking-full`, `booking-twice`."""
        now, told = self._clock.now(), ",".join(needs)
        wish = Book(self.hall, now, request_id, start, group, klass, person, told, note)
        return self.lane.do(lambda c: bookings.book(c, NOBODY, wish))

    def unbook(self, booking_id: str) -> Mapping[str, Any]:
        """Give an appointment up. Raises Problem `not-found`, `booking-state`."""
        wish = Unbook(self.hall, self._clock.now(), booking_id)
        return self.lane.do(lambda c: bookings.unbook(c, NOBODY, wish))

    def bookings(self, day: date) -> Sequence[Mapping[str, Any]]:
        """The appointments of a day by time."""
        with self.database.read() as connection:
            return bookings.bookings_of(connection, self.hall, day)

    # --- windows ------------------------------------------------------------------------------
    def call_this(self, window: str, call_id: str, ticket_id: str, actor: Actor, why: str) -> Ticket:
        """Call somebody out of order. Raises Problem `supervisor-needed`, `reason-needed`, `ticket-state`."""
        wish = Call(self.hall, self._clock.now(), window, call_id, ticket_id, why)
        return ticket_in(self.lane.do(lambda c: core.call(c, actor, wish)))

    def arrange(
        self,
        window: str,
        actor: Actor,
        own: tuple[str, ...] = (),
        helps: tuple[str, ...] = (),
        why: str = "",
    ) -> None:
        """Say which groups a window serves and helps."""
        wish = Arrange(self.hall, self._clock.now(), window, own, helps, why)
        self.lane.do(lambda c: arranging.arrange(c, actor, wish))

    def pause(self, window: str, actor: Actor, why: str, note: str = "") -> None:
        """Pause a window with a reason; "" opens it, and `note` says why."""
        wish = Pause(self.hall, self._clock.now(), window, why, note)
        self.lane.do(lambda c: arranging.pause(c, actor, wish))

    def windows(self) -> Sequence[Mapping[str, Any]]:
        """How each window stands."""
        with self.database.read() as connection:
            return places.places(connection, self.hall)

    # --- the hall -----------------------------------------------------------------------------
    def status(self) -> Mapping[str, Any]:
        """What a kiosk offers, or what it says when no numbers are given."""
        now = self._clock.now()
        with self.database.read() as connection:
            return places.hall(connection, self.hall, to_ms(now), self.today(), core.minute_of(now))

    def board(self, last: int = 8) -> Mapping[str, Any]:
        """The last calls and how many wait."""
        with self.database.read() as connection:
            return places.board(connection, self.hall, to_ms(self._clock.now()), self.today(), last)

    def say(
        self,
        request_id: str,
        kind: str,
        actor: Actor,
        text: str = "",
        window: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> bool:
        """A word for the whole hall (`notices.KINDS`). Raises Problem `notice-unknown`."""
        wish = Say(self.hall, self._clock.now(), request_id, kind, text, window, data or {})
        return self.lane.do(lambda c: notices.say(c, actor, wish))

    def said(self, day: date, kind: str = "") -> Sequence[Mapping[str, Any]]:
        """What was said to the hall on a day, oldest first."""
        with self.database.read() as connection:
            return notices.said(connection, self.hall, day, kind)

    def close_taking(self, actor: Actor, why: str) -> None:
        """No more numbers, with the words for the kiosk; "" gives them again."""
        wish = Close(self.hall, self._clock.now(), why)
        self.lane.do(lambda c: arranging.close(c, actor, wish))

    def end_day(self, actor: Actor, why: str) -> Mapping[str, Any]:
        """Let everybody go who still waits; the day's totals. Raises Problem `supervisor-needed`."""
        wish = EndDay(self.hall, self._clock.now(), why)
        return self.lane.do(lambda c: days.end(c, actor, wish))

    def totals(self, day: date) -> Mapping[str, Any]:
        """The numbers of a day by what became of them."""
        with self.database.read() as connection:
            return days.totals(connection, self.hall, day)

    def today(self) -> date:
        """The hall's calendar day."""
        return self._clock.now().astimezone(rows.HALL_TIME).date()

    def _given(self, connection: Connection, verdict: core.Verdict) -> Given:
        ticket = ticket_in(verdict)
        low, high = self._minutes(connection, ticket, verdict.ahead)
        return Given(ticket, verdict.ahead, low, high, verdict.repeated)

    def _minutes(self, connection: Connection, ticket: Ticket, ahead: int) -> tuple[int, int]:
        known, idle = self._known(ticket.group, to_ms(self._clock.now())), 0
        if ahead == 0 and ticket.state is TicketState.WAITING:
            idle = estimates.idle(connection, self.hall, known.windows)
        return estimates.minutes(ticket, ahead, known.pace, self._rules, idle)

    def _known(self, group: str, now: int) -> estimates.Known:
        """How fast a group moves; looked up again when what is known is a quarter of a minute old."""
        known = self._paces.get(group)
        if known is not None and 0 <= now - known[0] < _PACE_MS:
            return known[1]
        with self.database.read() as connection:
            made = estimates.known(connection, self.hall, group, now)
        self._paces[group] = (now, made)
        return made


def ticket_in(verdict: core.Verdict) -> Ticket:
    """The ticket of a command that always answers with one."""
    if verdict.ticket is None:
        raise AssertionError("this command always answers with a ticket")
    return verdict.ticket
