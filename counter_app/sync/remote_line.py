"""The line of a hall over the network: numbers, calls, words for everybody, outages, answers called back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from counter_app.domain.actor import Actor
from counter_app.domain.codec import from_plain
from counter_app.domain.follow_ups import FollowUp
from counter_app.domain.outages import Sorted, Way
from counter_app.domain.tickets import LineState, Ticket
from counter_app.problems import Problem
from counter_app.sync.answers import clerk_body, quoted, target, ticket_of
from counter_app.sync.asking import Asker


class RemoteLine(Asker):
    """What the port `Hub` asks about the line and the people in it."""

    def take(
        self, request_id: str, group: str = "", klass: str = "", person: str = "", note: str = ""
    ) -> Ticket:
        """A number; the same request or the same waiting person gets the same one."""
        body = {"request_id": request_id, "group": group, "priority": klass, "person": person, "note": note}
        return ticket_of(self.ask("POST", "/v1/tickets", body)["ticket"])

    def call(self, window: str, call_id: str, actor: Actor) -> Ticket | None:
        """Next person for a window; the same `call_id` returns the same ticket."""
        body = {"call_id": call_id, "clerk": clerk_body(actor)}
        reply = self.ask("POST", f"/v1/windows/{quoted(window)}/call", body)
        return ticket_of(reply["ticket"]) if reply else None

    def act(
        self, ticket_id: str, verb: str, request_id: str, actor: Actor, why: str = "", to: str = ""
    ) -> Ticket:
        """One verb of `queueing.verbs.NAMES` on a ticket, once per request id."""
        if not verb.isalpha():
            raise Problem("verb-unknown", "verb", verb)
        said = "note" if verb == "describe" else "why"
        body: dict[str, Any] = {"request_id": request_id, said: why, "clerk": clerk_body(actor)}
        body |= target(verb, to)
        reply = self.ask("POST", f"/v1/tickets/{quoted(ticket_id)}/{verb}", body)
        return ticket_of(reply["ticket"])

    def line(self, window: str) -> LineState:
        """How long the window's line is; asking is its sign of life."""
        reply = self.ask("GET", f"/v1/windows/{quoted(window)}/line")
        return LineState(reply["waiting"], reply["priority"], reply["longest_ms"])

    def tickets(self, day: date) -> Sequence[Ticket]:
        """The tickets of a day in the order they were taken."""
        reply = self.ask("GET", f"/v1/tickets?day={day.isoformat()}")
        return tuple(ticket_of(item) for item in reply["items"])

    def ticket(self, ticket_id: str) -> Ticket | None:
        """One ticket, or None."""
        try:
            return ticket_of(self.ask("GET", f"/v1/tickets/{quoted(ticket_id)}")["ticket"])
        except Problem as problem:
            if problem.code == "not-found":
                return None
            raise

    def say(
        self,
        request_id: str,
        kind: str,
        actor: Actor,
        text: str = "",
        window: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> bool:
        """A word for the whole hall; False when it was said before."""
        body = {"request_id": request_id, "kind": kind, "text": text, "window": window}
        more = {"data": dict(data or {}), "clerk": clerk_body(actor)}
        return not self.ask("POST", "/v1/notices", body | more)["repeated"]

    def said(self, day: date, kind: str = "") -> Sequence[Mapping[str, Any]]:
        """What was said to the hall on a day, oldest first."""
        return list(
            self.ask("GET", f"/v1/notices?day={day.isoformat()}&kind={quoted(kind) if kind else ''}")["items"]
        )

    def sort(
        self, outage: str, ticket_id: str, way: Way, request_id: str, actor: Actor, note: str = ""
    ) -> Sorted:
        """What one waiting person is offered in an outage; once per request id."""
        body = {"request_id": request_id, "outage": outage, "way": way.value, "note": note}
        path = f"/v1/waiting/{quoted(ticket_id)}/way"
        return from_plain(Sorted, self.ask("POST", path, {**body, "clerk": clerk_body(actor)}))

    def sorted_in(self, outage: str) -> Sequence[Sorted]:
        """Everybody asked in an outage."""
        reply = self.ask("GET", f"/v1/outages/{quoted(outage)}")
        return tuple(from_plain(Sorted, row) for row in reply["items"])

    def kept_in(self, outage: str) -> tuple[int, int]:
        """Numbers kept in an outage, and how many of them have come back."""
        reply = self.ask("GET", f"/v1/outages/{quoted(outage)}")
        return reply["kept"], reply["redeemed"]

    def follow_ups(self, open_only: bool = True) -> Sequence[FollowUp]:
        """Bad answers and what became of them, the oldest first."""
        reply = self.ask("GET", f"/v1/follow-ups?all={int(not open_only)}")
        return tuple(from_plain(FollowUp, row) for row in reply["items"])

    def follow_up(
        self, id_: str, act: str, request_id: str, actor: Actor, note: str = "", task: str = ""
    ) -> FollowUp:
        """`call_back mend close`, or `task` with the number of its FW06 case; once per request id."""
        body = {"request_id": request_id, "note": note, "task": task, "clerk": clerk_body(actor)}
        reply = self.ask("POST", f"/v1/follow-ups/{quoted(id_)}/{quoted(act)}", body)
        return from_plain(FollowUp, reply)
