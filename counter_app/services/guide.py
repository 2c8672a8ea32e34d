"""The guide desk (引导台): numbers, their stories, what to bring, calls for help. No store of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from counter_app.catalog.model import Catalogue, Region, TransactionType
from counter_app.catalog.search import Index, prepare
from counter_app.domain import idnumbers
from counter_app.domain.actor import Actor
from counter_app.domain.checklist import Checklist
from counter_app.domain.ids import new_id
from counter_app.domain.ticket_slip import TicketSlip, slip_of
from counter_app.domain.tickets import (
    Given,
    Ticket,
    TicketClass,
    TicketState,
    class_for_age,
)
from counter_app.domain.value import replace
from counter_app.problems import Problem
from counter_app.services.elders import elder_age
from counter_app.services.guide_view import GuideRow, HallNow, HelpCall, Matter, StoryLine, Wanted
from counter_app.services.guide_words import EASE, FORMS, story_line
from counter_app.services.hall_port import Hall
from counter_app.services.number_line import NumberLine
from counter_app.services.ports import Clock
from counter_app.services.spare_numbers import Wish
from counter_app.services.spoken_tongue import tongue_of_ticket
from counter_app.services.tell import listed
from drivers.protocols import Fault, PrintJob

OPEN = (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.PARKED, TicketState.MISSED)
PLACE = "引导台"


class Slips(Protocol):
    """Sets the two slips of a guide desk."""

    def ticket(self, slip: TicketSlip) -> PrintJob:
        """A number."""

    def checklist(self, told: Checklist) -> PrintJob:
        """What to bring."""


class Guide:
    """Verbs of the guide desk; each may take as long as the hub does, so on a lane. Raise Problem."""

    def __init__(
        self,
        hub: Hall,
        actor: Actor,
        catalogue: Catalogue,
        region: Region,
        clock: Clock,
        slips: Slips,
        printer: Callable[[PrintJob], object],
        is_demo: bool = False,
        line: NumberLine | None = None,
        tongues: Sequence[str] = (),
    ) -> None:
        self.actor, self.region = actor, region
        self._hub, self._catalogue, self._clock = hub, catalogue, clock
        self._slips, self._printer, self._is_demo = slips, printer, is_demo
        self._tongues = tongues
        self._index: Index | None = None
        self._groups: tuple[tuple[str, str], ...] = ()
        self._line = line or NumberLine(hub)

    # --- looking -----------------------------------------------------------------------------
    def now(self) -> HallNow:
        """Every number of today, the open ones first, and who rang. Raises Problem `hub-away`."""
        told, moment = self._line.status(), self._clock.now()
        self._line.tend(told)
        self._groups = tuple((str(g["id"]), str(g["name"])) for g in told["groups"])
        rows = [self._row(one, moment) for one in self._hub.tickets(moment.date())]
        rows.sort(key=lambda row: (row.ticket.state not in OPEN, row.ticket.taken_at))
        notices = told["notices"]
        return HallNow(
            rows=tuple(rows),
            calls=tuple(self._call(one) for one in notices if one["kind"] == "help.asked"),
            groups=self._groups,
            closed="" if told["open"] else str(told["words"]),
            waiting=sum(row.ticket.state is TicketState.WAITING for row in rows),
            outage=next((str(one["why"]) for one in notices if one["kind"] == "outage.announced"), ""),
        )

    def _row(self, ticket: Ticket, moment: datetime) -> GuideRow:
        taken = ticket.taken_at.astimezone(moment.tzinfo)
        waits = None
        if ticket.state is TicketState.WAITING:
            waits = max(0, int((moment - taken).total_seconds()) // 60)
        return GuideRow(ticket, f"{taken:%H:%M}", waits)

    def _call(self, notice: Mapping[str, Any]) -> HelpCall:
        at = datetime.fromisoformat(str(notice["at"])).astimezone(self._clock.now().tzinfo)
        return HelpCall(str(notice["window"]), f"{at:%H:%M}", str(notice["why"]))

    def story(self, ticket_id: str) -> tuple[StoryLine, ...]:
        """Everything that happened to a number, in order: it ends quarrels."""
        zone = self._clock.now().tzinfo
        return tuple(story_line(fact, zone) for fact in self._hub.story(ticket_id))

    def lost(self, number: str) -> Sequence[Ticket]:
        """Tickets of today with a printed number."""
        return self._hub.find(self._today(), number.strip().upper())

    # --- numbers -----------------------------------------------------------------------------
    def take(
        self,
        group: str,
        klass: str,
        needs: Sequence[str],
        note: str = "",
        why: str = "",
        certno: str = "",
    ) -> tuple[TicketSlip, bool]:
        """A number for somebody, and whether its paper came out; a spare one while the hub is away.

        `certno` is the number of their document, "" for nobody in particular: who waits already gets the
        number they have. Raises Problem `line-closed`, `idno-…`, `spare-none`.
        """
        request, number = self._new_id(), None
        if certno.strip():
            number = idnumbers.check(certno, self._today(), "certno")
        wish = Wish(group, self._class(klass, number), (), tuple(needs), note)
        try:
            given = self._line.give(request, wish, number.text if number else "", self.actor, why)
        except Problem as problem:
            if problem.code != "hub-away":
                raise
            raise Problem("spare-none", "line") from problem
        slip = self._slip(request, given)
        return slip, self._printed(self._slips.ticket(slip))

    def spares(self) -> int:
        """How many numbers can still be given while the hub is away."""
        return self._line.spare_count()

    def promote(self, ticket_id: str, klass: str, why: str) -> Ticket:
        """Another class, with a reason."""
        return self._act(ticket_id, "promote", why, klass)

    def describe(self, ticket_id: str, needs: Sequence[str], note: str) -> Ticket:
        """How somebody has to be spoken to; it travels to the window."""
        return self._act(ticket_id, "describe", note, ",".join(needs))

    def assist(self, ticket_id: str, helper: str) -> Ticket:
        """Who of the staff helps (帮办); "" = nobody any more."""
        return self._act(ticket_id, "assist", "", helper)

    def merge(self, ticket_id: str, number: str, why: str) -> Ticket:
        """Two numbers of one person become one: the other stays. Raises Problem `not-found`, `merge-…`."""
        stays = next((t for t in self.lost(number) if t.state in OPEN), None)
        if stays is None:
            raise Problem("not-found", "number", number)
        return self._act(ticket_id, "merge", why, stays.ticket_id)

    def reissue(self, ticket_id: str, why: str) -> tuple[TicketSlip, bool]:
        """Another slip for a lost one; the number keeps its place."""
        ticket = self._act(ticket_id, "reissue", why)
        wait = self._hub.wait(ticket_id)
        given = Given(ticket, wait.ahead, wait.low_min, wait.high_min)
        slip = self._slip(ticket_id, given)
        return slip, self._printed(self._slips.ticket(slip))

    def revive(self, ticket_id: str) -> Ticket:
        """Somebody who missed their call is back."""
        return self._act(ticket_id, "revive")

    def cancel(self, ticket_id: str, why: str) -> Ticket:
        """A number nobody needs any more."""
        return self._act(ticket_id, "cancel", why)

    # --- help --------------------------------------------------------------------------------
    def answer(self, place: str) -> None:
        """Somebody goes there: the call is answered, and by whom."""
        self._hub.say(self._new_id(), "help.answered", self.actor, "", place)

    # --- what to bring -----------------------------------------------------------------------
    def matters(self, text: str) -> tuple[Matter, ...]:
        """Types by words, pinyin or code, best first."""
        if self._index is None:
            self._index = prepare(self._catalogue, self.region.id)
        return tuple(Matter(e.key, e.label, e.hint) for e in self._index.find(text, {}))

    def situations(self, code: str) -> tuple[tuple[str, str], ...]:
        """The situations of a type."""
        return tuple((s.code, s.name) for s in self._type(code).situations)

    def wanted(self, code: str, situation: str = "") -> tuple[Wanted, ...]:
        """What has to be brought, as far as it is known before anybody asks more."""
        lines = listed(self._catalogue, self.region.id, self._today(), self._type(code), situation)
        return tuple(
            Wanted(one.name, FORMS.get(one.form, one.form), EASE.get(one.source, "")) for one in lines
        )

    def tell(self, code: str, situation: str, items: Sequence[Wanted]) -> bool:
        """Print what to bring; whether the paper came out."""
        kind = self._type(code)
        told = Checklist(
            hall=self._hall(),
            matter=kind.plain_name or kind.name,
            situation=next((s.name for s in kind.situations if s.code == situation), ""),
            items=tuple((_words(one), one.has) for one in items),
            told=kind.notices,
            printed_at=f"{self._clock.now():%Y-%m-%d %H:%M}",
            hotline=self.region.texts.get("hotline", ""),
            is_demo=self._is_demo,
        )
        return self._printed(self._slips.checklist(told))

    def _class(self, klass: str, number: idnumbers.IdNumber | None) -> str:
        """The class that was chosen; who is old enough by their document need not be told apart by hand."""
        if number is None or klass not in ("", TicketClass.ORDINARY):
            return klass
        return class_for_age(number.age(self._today()), elder_age(self.region, self._today())).value

    # --- inside ------------------------------------------------------------------------------
    def _act(self, ticket_id: str, verb: str, why: str = "", to: str = "") -> Ticket:
        return self._hub.act(ticket_id, verb, self._new_id(), self.actor, why, to)

    def _type(self, code: str) -> TransactionType:
        found = self._catalogue.types.get(code.partition("/")[0])
        if found is None:
            raise Problem("type-unknown", "matter", code)
        return found

    def _slip(self, request: str, given: Given) -> TicketSlip:
        group = dict(self._groups).get(given.ticket.group, "")
        slip = slip_of(request, given, self._hall(), group, self._clock.now().tzinfo, self._is_demo)
        return replace(slip, tongue=tongue_of_ticket(given.ticket, self._tongues))

    def _printed(self, job: PrintJob) -> bool:
        try:
            self._printer(job)
        except Fault:
            return False
        return True

    def _hall(self) -> str:
        return self.region.agency.get("hall", "")

    def _today(self) -> date:
        return self._clock.now().date()

    def _new_id(self) -> str:
        return new_id(int(self._clock.now().timestamp() * 1000))


def _words(one: Wanted) -> str:
    more = "，".join(part for part in (one.form, one.ease) if part)
    return f"{one.name}（{more}）" if more else one.name
