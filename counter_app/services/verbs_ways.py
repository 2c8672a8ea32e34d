"""Other ways in, at the same window: lists, filings, other districts, home visits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from counter_app.domain.people import Agent, Employer, Evidence, EvidenceKind, PartyKind
from counter_app.domain.sheets import Sheet
from counter_app.domain.uscc import check as check_uscc
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.services.state import SpeakerDraft, VisitState
from counter_app.services.verbs_people import agent_of
from counter_app.services.verbs_tell import TellVerbs
from counter_app.services.visit_view import VisitView

if TYPE_CHECKING:
    from counter_app.services import batch, batch_accept, cross, filings, home_visits, parking
    from counter_app.services.batch import Checked, Wish
    from counter_app.services.batch_accept import BatchDone
    from counter_app.services.filings import Received
else:
    batch = late("counter_app.services.batch")
    batch_accept = late("counter_app.services.batch_accept")
    cross = late("counter_app.services.cross")
    home_visits = late("counter_app.services.home_visits")
    parking = late("counter_app.services.parking")
    filings = late("counter_app.services.filings")


VILLAGE, EMPLOYER = "村（社区）工作人员", "单位经办人"
_NEEDS = {"agnter_name": "姓名", "agnter_certno": "证件号码", "agnter_tel": "电话"}


class WaysVerbs(TellVerbs):
    """Every verb ends in the same acceptance as a case opened at the window."""

    # --- lists --------------------------------------------------------------------------------
    def list_wish(
        self, type_id: str, situation: str = "", received: Sequence[str] = (), agent: Agent | None = None
    ) -> Wish:
        """What is wanted of a list, by whoever stands at the window (or `agent`, named by the clerk).

        Raises Problem `batch-handler`, `agent-incomplete`, `type-unknown`.
        """
        kind, situation = self._meant(type_id, situation)
        principal = self._state.principal()
        employer = principal.employer if principal else None
        handler = self._handler(employer) if agent is None else self._named(agent, employer)
        missing = [label for name, label in _NEEDS.items() if not getattr(handler.agent, name)]
        if missing:
            raise Problem("agent-incomplete", "party", "、".join(missing))
        return batch.Wish(kind.id, handler, situation, tuple(received), employer)

    def check_list(self, wish: Wish, sheets: Sequence[Sheet]) -> Checked:
        """Judge a list; nothing is written. Raises what `batch.check` raises."""
        return batch.check(self.office, wish, sheets)

    def accept_list(self, checked: Checked) -> BatchDone:
        """Accept every good row of a list at once; the paper is queued. Earlier rows stay as they are."""
        fresh = batch.renewed(self.office, checked)
        done = batch_accept.accept_batch(self.office, self._opened(), fresh)
        self._undo, self._redo = [], []
        self._state = done.state
        self._revision += 1
        return done

    def with_employer(self, uscc: str) -> VisitView:
        """Make an employer the principal of the visit, spoken for by nobody yet. Raises Problem `uscc-…`."""
        code = check_uscc(uscc)
        found = self.office.ports.storage.employer_by_uscc(code)
        if found is None:
            raise Problem("not-found", "employer", code)
        return self._change("单位", self._with_employer(self._opened(), found, known=True))

    def _handler(self, employer: Employer | None) -> SpeakerDraft:
        principal = self._state.principal()
        if principal is None:
            raise Problem("batch-handler", "identity")
        if employer is not None:
            agent = replace(
                principal.speaker.agent, agnter_rlts=principal.speaker.agent.agnter_rlts or EMPLOYER
            )
            return replace(principal.speaker, kind=PartyKind.EMPLOYER, agent=agent)
        assert principal.person is not None
        agent = replace(agent_of(principal.person), agnter_rlts=VILLAGE)
        return SpeakerDraft(PartyKind.AGENT, agent, principal.evidence, principal.person.person_id)

    def _named(self, agent: Agent, employer: Employer | None) -> SpeakerDraft:
        kind = PartyKind.EMPLOYER if employer else PartyKind.AGENT
        told = replace(agent, agnter_rlts=agent.agnter_rlts or (EMPLOYER if employer else VILLAGE))
        evidence = Evidence(EvidenceKind.TYPED, at=self.office.now().isoformat(), unverified=("identity",))
        return SpeakerDraft(kind, told, evidence)

    # --- filings ------------------------------------------------------------------------------
    def take(self, event: object) -> VisitView:
        """Take what a device said; whoever left something unfinished at a kiosk is told to the clerk."""
        before = self._state.principal()
        view = super().take(event)
        now = self._state.principal()
        person = now.person if now is not None else None
        if now == before or person is None or self.office.actor.may("kiosk"):
            return view
        left = parking.unfinished_of(self.office, person.certno) if person.certno else ()
        return self.tell(Problem("kiosk-parked", "identity", left[0].title)) if left else view

    def fetch_filings(self) -> Received:
        """Ask the hub for filings that came since the last time. Raises Problem `hub-away`."""
        page = filings.asked(self.office)
        received = filings.receive(self.office, page.filings)
        for problem in received.changed:
            self.tell(problem)
        return replace(received, problems=(*page.problems, *received.problems))

    def pick_up(self, filing_id: str) -> VisitView:
        """Take a filing into the visit: its principal, its case, all it says already filled in.

        Raises Problem `not-found`, `filing-done`, `filing-refused`, `filing-expired`, `filing-type`,
        `filing-person`, `filing-elsewhere`, `home-visit-staff`.
        """
        own = next((c for c in self._state.cases if c.came.filing_id == filing_id), None)
        if own is not None:
            return self.focus_case(own.case_id)
        filing, state = filings.opened(self.office, self._state, filing_id)
        if filing.channel == home_visits.CHANNEL:
            home_visits.two_of(state.cases[-1].came.staff)
        self._claim(filing_id)
        base = self._opened()
        same = {name: getattr(base, name) for name in ("visit_id", "opened_at", "window", "clerk_no")}
        return self._change("取外来件", replace(state, **same))

    def _claim(self, filing_id: str) -> None:
        """Keep the other windows off it; a hub that is away keeps nobody off, the facts tell later."""
        actor = replace(self.office.actor, window=self.office.window)
        try:
            self.office.ports.hub.claim(filing_id, actor)
        except Problem as problem:
            if problem.code != "hub-away":
                raise

    def drop_case(self, case_id: str = "") -> VisitView:
        """Throw an unaccepted case away; the filing it was made from is any window's again."""
        return self._with_claims(partial(super().drop_case, case_id))

    def undo(self) -> VisitView:
        """Go back one change; a filing that comes back with it is taken again, one that goes is given back.

        Raises Problem `nothing-to-undo`, `filing-elsewhere` (another window has taken it meanwhile).
        """
        if self._undo:
            self._take_again(self._undo[-1][1])
        return self._with_claims(super().undo)

    def redo(self) -> VisitView:
        """Take back the last undo; filings as with `undo`. Raises what `undo` raises."""
        if self._redo:
            self._take_again(self._redo[-1][1])
        return self._with_claims(super().redo)

    def _close(self, how: str) -> VisitView:
        return self._with_claims(partial(super()._close, how))

    def _take_again(self, after: VisitState) -> None:
        for filing_id in after.filings_in_hand - self._state.filings_in_hand:
            self._claim(filing_id)

    def _with_claims(self, act: Callable[[], VisitView]) -> VisitView:
        """Do something; whatever filing is no longer in the visit afterwards is given back."""
        before = self._state.filings_in_hand
        view = act()
        for filing_id in before - self._state.filings_in_hand:
            self._release(filing_id)
        return view

    def _release(self, filing_id: str) -> None:
        """A hub that is away hears nothing: there the claim lapses by itself."""
        actor = replace(self.office.actor, window=self.office.window)
        try:
            self.office.ports.hub.release(filing_id, actor)
        except Problem as problem:
            if problem.code != "hub-away":
                raise

    def send_back(self, filing_id: str, reason: str) -> VisitView:
        """Refuse a filing with a reason. Raises Problem `reason-needed`, `not-found`, `filing-…`."""
        filings.refuse(self.office, filing_id, reason)
        kept = tuple(c for c in self._state.cases if c.came.filing_id != filing_id or c.number)
        current = kept[-1].case_id if kept else ""
        return self._change("", replace(self._state, cases=kept, current_case=current), undoable=False)

    # --- other districts ----------------------------------------------------------------------
    def accept_for(self, place: str) -> VisitView:
        """Accept the current case for the district where the person is insured (全域通办); "" takes it back.

        Raises Problem `cross-not-offered`, `cross-here`, `field-admdvs`, `not-open`.
        """
        case = self._current_case()
        if not place:
            return self._put("全域通办", replace(case, came=replace(case.came, place="", clock="")))
        found = cross.cross_of(self.office, self.office.type(case.type_id), place)
        came = replace(case.came, place=found.place, clock=found.clock)
        return self._put("全域通办", replace(case, came=came))

    # --- home visits --------------------------------------------------------------------------
    def book_visit(self, number: str, type_id: str, staff: Sequence[str], situation: str = "") -> VisitView:
        """Put what is to be done at a home into the list, from the number of an accepted 上门服务预约.

        Raises what `home_visits.book` raises, and Problem `type-unknown`.
        """
        kind, situation = self._meant(type_id.strip(), situation)
        home_visits.book(self.office, number.strip(), kind.id, staff, situation)
        return self.refreshed()

    def start_home_visit(self, staff: Sequence[str]) -> VisitView:
        """Begin a visit at somebody's home; every case of it says so. Two people go, always.

        Raises Problem `home-visit-staff`, `visit-open`.
        """
        numbers = home_visits.two_of(staff)
        if self._state.is_open:
            raise Problem("visit-open")
        state = self._opened()
        came = replace(state.came, channel=home_visits.CHANNEL, staff=numbers)
        return self._change("上门", replace(state, came=came), undoable=False)
