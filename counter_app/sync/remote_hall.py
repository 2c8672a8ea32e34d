"""The hall around the windows over the network: kiosk, guide desk, board and manager."""

from __future__ import annotations

import urllib.parse
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from counter_app.domain.actor import Actor
from counter_app.domain.tickets import Given, Ticket, TicketState, Wait
from counter_app.seals.boxes import BoxKey
from counter_app.seals.people import PeopleKeys
from counter_app.sync.answers import clerk_body, quoted, ticket_of
from counter_app.sync.remote_hub import RemoteHub
from counter_app.wire.enrol import people_about

_NOBODY = Actor("", "")


class RemoteHall(RemoteHub):
    """Everything the port `Hall` asks, at an address. Raises Problem `hub-away` or what the hub refused."""

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
        actor: Actor = _NOBODY,
        was: Sequence[str] = (),
    ) -> Given:
        """A number with how many wait before and how long it may take."""
        body: dict[str, Any] = {"request_id": request_id, "group": group, "priority": klass, "person": person}
        body |= {"note": note, "needs": list(needs), "booking": booking, "seen": seen, "spare": spare}
        body |= {"why": why, "clerk": clerk_body(actor), "person_was": list(was)}
        if taken_at is not None:
            body["taken_at"] = taken_at.isoformat()
        reply = self.ask("POST", "/v1/tickets", body)
        ticket = ticket_of(reply["ticket"])
        return Given(ticket, reply["ahead"], reply["wait_low_min"], reply["wait_high_min"], reply["repeated"])

    def wait(self, ticket_id: str) -> Wait:
        """Where a number stands now and how long it may still take."""
        told = self.ask("GET", f"/v1/tickets/{quoted(ticket_id)}/wait")
        return Wait(
            told["number"],
            TicketState(told["state"]),
            told["window"],
            told["ahead"],
            told["wait_low_min"],
            told["wait_high_min"],
        )

    def find(self, day: date, number: str = "", person: str = "") -> Sequence[Ticket]:
        """The tickets of a day with a number or of a person."""
        query = urllib.parse.urlencode({"day": day.isoformat(), "number": number, "person": person})
        return tuple(ticket_of(item) for item in self.ask("GET", f"/v1/tickets?{query}")["items"])

    def story(self, ticket_id: str) -> Sequence[Mapping[str, Any]]:
        """Everything that happened to a ticket, in order."""
        return self._items(f"/v1/tickets/{quoted(ticket_id)}/story")

    def set_aside(self, request_id: str, group: str, count: int, holder: str) -> Sequence[str]:
        """Spare numbers, to be given while the hub is away."""
        body = {"request_id": request_id, "group": group, "count": count, "holder": holder}
        return tuple(self.ask("POST", "/v1/spares", body)["numbers"])

    def send(self, request_id: str, package: Mapping[str, Any]) -> bool:
        """Keep a package of filings; False when it was there already."""
        body = {"request_id": request_id, "package": dict(package)}
        return not self.ask("POST", "/v1/filings", body)["repeated"]

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
        """An appointment."""
        body: dict[str, Any] = {"request_id": request_id, "start": start.isoformat(), "group": group}
        body |= {"priority": klass, "person": person, "note": note, "needs": list(needs)}
        return self._item("POST", "/v1/bookings", body)

    def unbook(self, booking_id: str) -> Mapping[str, Any]:
        """Give an appointment up."""
        path = f"/v1/bookings/{quoted(booking_id)}/cancel"
        return self._item("POST", path, {"request_id": f"unbook {booking_id}"[:128]})

    def bookings(self, day: date) -> Sequence[Mapping[str, Any]]:
        """The appointments of a day by time."""
        return self._items(f"/v1/bookings?day={day.isoformat()}")

    # --- windows ------------------------------------------------------------------------------
    def call_this(self, window: str, call_id: str, ticket_id: str, actor: Actor, why: str) -> Ticket:
        """Call somebody out of order."""
        body = {"call_id": call_id, "ticket": ticket_id, "why": why, "clerk": clerk_body(actor)}
        return ticket_of(self.ask("POST", f"/v1/windows/{quoted(window)}/call", body)["ticket"])

    def arrange(
        self,
        window: str,
        actor: Actor,
        own: tuple[str, ...] = (),
        helps: tuple[str, ...] = (),
        why: str = "",
    ) -> None:
        """Say which groups a window serves and helps."""
        body: dict[str, Any] = {"request_id": f"arrange {window}"[:128], "own": list(own)}
        body |= {"helps": list(helps), "why": why, "clerk": clerk_body(actor)}
        self.ask("PUT", f"/v1/windows/{quoted(window)}", body)

    def pause(self, window: str, actor: Actor, why: str, note: str = "") -> None:
        """Pause a window with a reason; "" opens it, and `note` says why."""
        body = {"request_id": f"pause {window}"[:128], "why": why, "note": note, "clerk": clerk_body(actor)}
        self.ask("POST", f"/v1/windows/{quoted(window)}/pause", body)

    def windows(self) -> Sequence[Mapping[str, Any]]:
        """How each window stands."""
        return self._items("/v1/windows")

    # --- the hall -----------------------------------------------------------------------------
    def status(self) -> Mapping[str, Any]:
        """What a kiosk offers, or what it says when no numbers are given."""
        return self._item("GET", "/v1/hall")

    def board(self, last: int = 8) -> Mapping[str, Any]:
        """The last calls and how many wait."""
        return self._item("GET", f"/v1/board?last={last}")

    def close_taking(self, actor: Actor, why: str) -> None:
        """No more numbers, with the words for the kiosk; "" gives them again."""
        self.ask("POST", "/v1/hall/close", {"request_id": "close", "why": why, "clerk": clerk_body(actor)})

    def end_day(self, actor: Actor, why: str) -> Mapping[str, Any]:
        """Let everybody go who still waits; the day's totals."""
        body = {"request_id": "end", "why": why, "clerk": clerk_body(actor)}
        return self._item("POST", "/v1/hall/end", body)

    def totals(self, day: date) -> Mapping[str, Any]:
        """The numbers of a day by what became of them."""
        return self._item("GET", f"/v1/days/{day.isoformat()}")

    # --- people -------------------------------------------------------------------------------
    def people_keys(self) -> PeopleKeys:
        """The hall's keys for marks of persons, readable by this process alone. Raises `seal-broken`."""
        mine = BoxKey()
        body = {"request_id": "people-keys", "public_key": mine.public}
        return unboxed(mine, self.ask("POST", "/v1/people-keys", body)["boxes"])

    # --- devices ------------------------------------------------------------------------------
    def invite(self, role: str, window: str = "", name: str = "", clerk: str = "") -> str:
        """A code by which one device may join."""
        body = {"request_id": "invite", "role": role, "window": window, "name": name, "person": clerk}
        return str(self.ask("POST", "/v1/invitations", body)["code"])

    def devices(self) -> Sequence[Mapping[str, Any]]:
        """Every device that joined."""
        return self._items("/v1/devices")

    def revoke_device(self, device: str, why: str) -> None:
        """A device is lost or leaves."""
        self.ask("POST", f"/v1/devices/{quoted(device)}/revoke", {"request_id": "revoke", "why": why})

    # --- asking -------------------------------------------------------------------------------
    def _items(self, path: str) -> Sequence[Mapping[str, Any]]:
        return list(self.ask("GET", path)["items"])

    def _item(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        item: Mapping[str, Any] = self.ask(method, path, body)["item"]
        return item


def unboxed(mine: BoxKey, boxes: Sequence[Mapping[str, Any]]) -> PeopleKeys:
    """The keys in boxes sealed for `mine`. Raises Problem `seal-broken`."""
    return PeopleKeys({one["version"]: mine.open(one["box"], people_about(one["version"])) for one in boxes})
