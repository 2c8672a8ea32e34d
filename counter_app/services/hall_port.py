"""The hall around the windows as kiosk, guide desk, board and manager ask it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from counter_app.domain.actor import Actor
from counter_app.domain.tickets import Given, Ticket, Wait
from counter_app.seals.people import PeopleKeys
from counter_app.services.hub_port import Hub


class Hall(Hub, Protocol):
    """The hub as kiosk, guide desk, board and manager ask it. Plain objects are those of docs/hub.md."""

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
        actor: Actor = ...,
        was: Sequence[str] = (),
    ) -> Given:
        """A number with its wait. Raises Problem `line-closed`: its cause is what the kiosk says."""

    def people_keys(self) -> PeopleKeys:
        """The hall's keys for marks of persons. Raises Problem `token-role`."""

    def wait(self, ticket_id: str) -> Wait:
        """Where a number stands now. Raises Problem `not-found`."""

    def find(self, day: date, number: str = "", person: str = "") -> Sequence[Ticket]:
        """Tickets of a day by printed number or person's key."""

    def story(self, ticket_id: str) -> Sequence[Mapping[str, Any]]:
        """Everything that happened to a ticket: `{kind, at, clerk, window, why, data}`."""

    def set_aside(self, request_id: str, group: str, count: int, holder: str) -> Sequence[str]:
        """Spare numbers of today, to be given while the hub is away."""

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

    def unbook(self, booking_id: str) -> Mapping[str, Any]:
        """Give an appointment up. Raises Problem `not-found`, `booking-state`."""

    def bookings(self, day: date) -> Sequence[Mapping[str, Any]]:
        """The appointments of a day by time."""

    def call_this(self, window: str, call_id: str, ticket_id: str, actor: Actor, why: str) -> Ticket:
        """Call somebody out of order. Raises Problem `supervisor-needed`, `reason-needed`."""

    def arrange(
        self,
        window: str,
        actor: Actor,
        own: tuple[str, ...] = (),
        helps: tuple[str, ...] = (),
        why: str = "",
    ) -> None:
        """Say which groups a window serves and helps."""

    def pause(self, window: str, actor: Actor, why: str, note: str = "") -> None:
        """Pause a window with a reason; "" opens it, and `note` says why."""

    def windows(self) -> Sequence[Mapping[str, Any]]:
        """How each window stands."""

    def status(self) -> Mapping[str, Any]:
        """What a kiosk offers, or what it says when no numbers are given."""

    def board(self, last: int = 8) -> Mapping[str, Any]:
        """The last calls and how many wait."""

    def close_taking(self, actor: Actor, why: str) -> None:
        """No more numbers, with the words for the kiosk; "" gives them again."""

    def end_day(self, actor: Actor, why: str) -> Mapping[str, Any]:
        """Let everybody go who still waits; the day's totals. Raises Problem `supervisor-needed`."""

    def totals(self, day: date) -> Mapping[str, Any]:
        """The numbers of a day: `numbers done missed cancelled carried open spare_unused gaps`."""
