"""The cable of a demo hall: what lies beyond it can be cut off and healed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from counter_app.domain.actor import Actor
from counter_app.domain.filings import FilingPage
from counter_app.domain.follow_ups import FollowUp
from counter_app.domain.life import Wish
from counter_app.domain.outages import Sorted, Way
from counter_app.domain.tickets import LineState, Ticket
from counter_app.problems import Problem
from counter_app.seals.trust import TrustStore
from counter_app.services.hub_port import Hub, News
from counter_app.services.ports import Vouchers
from drivers.protocols import Fault, VoucherPerson


@dataclass
class Cable:
    """Whether the way to hub and resolver is whole."""

    whole: bool = True

    def check(self) -> None:
        """Raise Problem `hub-away` when it is cut."""
        if not self.whole:
            raise Problem("hub-away", "hub")


class HubBehindCable:
    """The port `Hub` reached over a cable."""

    def __init__(self, hub: Hub, cable: Cable) -> None:
        self._hub, self._cable = hub, cable

    def take(self, request_id: str, group: str = "", klass: str = "", person: str = "") -> Ticket:
        """See the port."""
        self._cable.check()
        return self._hub.take(request_id, group, klass, person)

    def call(self, window: str, call_id: str, actor: Actor) -> Ticket | None:
        """See the port."""
        self._cable.check()
        return self._hub.call(window, call_id, actor)

    def act(
        self, ticket_id: str, verb: str, request_id: str, actor: Actor, why: str = "", to: str = ""
    ) -> Ticket:
        """See the port."""
        self._cable.check()
        return self._hub.act(ticket_id, verb, request_id, actor, why, to)

    def line(self, window: str) -> LineState:
        """See the port."""
        self._cable.check()
        return self._hub.line(window)

    def tickets(self, day: date) -> Sequence[Ticket]:
        """See the port."""
        self._cable.check()
        return self._hub.tickets(day)

    def ticket(self, ticket_id: str) -> Ticket | None:
        """See the port."""
        self._cable.check()
        return self._hub.ticket(ticket_id)

    def push(self, batch: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """See the port."""
        self._cable.check()
        return self._hub.push(batch)

    def feed(self, after: int = 0) -> News:
        """See the port."""
        self._cable.check()
        return self._hub.feed(after)

    def work(self, desk: str = "", limit: int = 200) -> Sequence[Mapping[str, Any]]:
        """See the port."""
        self._cable.check()
        return self._hub.work(desk, limit)

    def case(self, case_id: str) -> Mapping[str, Any] | None:
        """See the port."""
        self._cable.check()
        return self._hub.case(case_id)

    def move(self, case_id: str, wish: Wish, actor: Actor) -> Mapping[str, Any]:
        """See the port."""
        self._cable.check()
        return self._hub.move(case_id, wish, actor)

    def filings(self, after: int, trust: TrustStore, now: datetime) -> FilingPage:
        """See the port."""
        self._cable.check()
        return self._hub.filings(after, trust, now)

    def claim(self, filing_id: str, actor: Actor) -> None:
        """See the port."""
        self._cable.check()
        self._hub.claim(filing_id, actor)

    def release(self, filing_id: str, actor: Actor) -> None:
        """See the port."""
        self._cable.check()
        self._hub.release(filing_id, actor)

    def say(
        self,
        request_id: str,
        kind: str,
        actor: Actor,
        text: str = "",
        window: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> bool:
        """See the port."""
        self._cable.check()
        return self._hub.say(request_id, kind, actor, text, window, data)

    def said(self, day: date, kind: str = "") -> Sequence[Mapping[str, Any]]:
        """See the port."""
        self._cable.check()
        return self._hub.said(day, kind)

    def sort(
        self, outage: str, ticket_id: str, way: Way, request_id: str, actor: Actor, note: str = ""
    ) -> Sorted:
        """See the port."""
        self._cable.check()
        return self._hub.sort(outage, ticket_id, way, request_id, actor, note)

    def sorted_in(self, outage: str) -> Sequence[Sorted]:
        """See the port."""
        self._cable.check()
        return self._hub.sorted_in(outage)

    def kept_in(self, outage: str) -> tuple[int, int]:
        """See the port."""
        self._cable.check()
        return self._hub.kept_in(outage)

    def follow_ups(self, open_only: bool = True) -> Sequence[FollowUp]:
        """See the port."""
        self._cable.check()
        return self._hub.follow_ups(open_only)

    def follow_up(
        self, id_: str, act: str, request_id: str, actor: Actor, note: str = "", task: str = ""
    ) -> FollowUp:
        """See the port."""
        self._cable.check()
        return self._hub.follow_up(id_, act, request_id, actor, note, task)

    def __getattr__(self, name: str) -> Any:
        """Whatever kiosk, guide desk and others ask beyond the desk's own line, over the same cable."""
        self._cable.check()
        return getattr(self._hub, name)

    def online(self) -> bool:
        """Whether hub and cable are whole."""
        return self._cable.whole and self._hub.online()


class VouchersBehindCable:
    """The port `Vouchers` reached over a cable."""

    def __init__(self, vouchers: Vouchers, cable: Cable) -> None:
        self._vouchers, self._cable = vouchers, cable

    def resolve(self, code: str, business: str) -> VoucherPerson:
        """See the port; a cut cable is the Fault `voucher-away`."""
        if not self._cable.whole:
            raise Fault("voucher-away")
        return self._vouchers.resolve(code, business)
