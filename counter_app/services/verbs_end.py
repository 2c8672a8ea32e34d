"""The end of a case: the citizen checks, the counter accepts or refuses, paper leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.domain.cases import CaseRecord, CaseState, Clocks, Fact, MaterialState, Paused
from counter_app.domain.papers import PaperContent
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.services.core import draft_text
from counter_app.services.judge import SETTLED, judged, materials_of, problems_of
from counter_app.services.state import CaseDraft
from counter_app.services.verbs_pages import PageVerbs
from counter_app.services.visit_view import VisitView

if TYPE_CHECKING:
    from counter_app.services import accept as acceptance
    from counter_app.services import contents, due, filings, life, verification
else:
    acceptance = late("counter_app.services.accept")
    contents = late("counter_app.services.contents")
    due = late("counter_app.services.due")
    filings = late("counter_app.services.filings")
    life = late("counter_app.services.life")
    verification = late("counter_app.services.verification")


Words = Callable[[PaperContent], PaperContent]


class EndVerbs(PageVerbs):
    """Check, submit, refuse, give notice, lock."""

    def check(self, confirmed: bool = True) -> VisitView:
        """The citizen has read the answers and agrees (or took that back).

        With anything wrong or missing, the error summary appears instead.
        """
        case = self._current_case()
        wrong = problems_of(self.office, self._state, case)
        agreed = confirmed and not wrong
        return self._change("核对", self._state.with_case(replace(case, tried=True, checked=agreed)))

    def submit(self) -> VisitView:
        """Accept the current case. A second call finds it accepted and changes nothing.

        With problems the error summary appears; unchecked answers raise Problem `check-needed`.
        """
        case = self._state.case()
        if case is None:
            raise Problem("not-open")
        if case.number:
            return self.view()
        if problems_of(self.office, self._state, case):
            return self._change("", self._state.with_case(replace(case, tried=True, checked=False)))
        if not case.checked:
            raise Problem("check-needed", "case")
        accepted = acceptance.accept(self.office, self._state, case)
        return self._accepted(accepted)

    def submit_all(self) -> VisitView:
        """Accept every checked case of the visit; those with problems stay, with their summary."""
        for case in self._state.cases:
            if not case.number and case.checked:
                self.focus_case(case.case_id)
                self.submit()
        return self.view()

    def refuse(self, reason: str, basis: str = "", go_to: str = "") -> VisitView:
        """Do not accept the current case (不予受理) and say why, on paper.

        Raises Problem `reason-needed`.
        """
        if not reason.strip():
            raise Problem("reason-needed", "refuse")
        remedy = self.office.region.texts.get("remedy", "")

        def words(content: PaperContent) -> PaperContent:
            law = [basis] if basis else []
            return replace(content, reasons=[reason], basis=law, go_to=go_to, remedy=remedy)

        return self._without_accepting("BYSL", CaseState.NOT_ACCEPTED, words)

    def give_notice(self) -> VisitView:
        """List everything that is missing, once (一次性补正告知书); the case is received, not accepted."""
        case = self._current_case()
        missing = [p.cause for p in problems_of(self.office, self._state, case)]
        if not missing:
            raise Problem("usage", "case", "没有需要补正的内容")
        remedy = self.office.region.texts.get("remedy", "")
        return self._without_accepting(
            "BZGZ", CaseState.RECEIVED, lambda content: replace(content, corrections=missing, remedy=remedy)
        )

    def receive_only(self) -> VisitView:
        """Take the materials without accepting yet (材料接收凭证)."""
        case = self._current_case()
        states = [n.mark.state for n in materials_of(self.office, self._state, case)]
        if not any(s is MaterialState.RECEIVED for s in states):
            raise Problem("material-missing", "case", "尚未收到任何材料")
        return self._without_accepting("CLJS", CaseState.RECEIVED, lambda content: content)

    def verify(self, agrees: bool = True, why: str = "", number: str = "") -> VisitView:
        """Say what comparing a case with the hub has shown: its mark 待核 goes, or stays.

        The current case, or the one of a number, whoever accepted it and when. Raises Problem as
        `verification.verified` does.
        """
        case = next((c for c in self._state.cases if number and c.number == number), None)
        case = case if number else self._state.case()
        if case is None and not number:
            raise Problem("not-open")
        verification.verified(self.office, number or (case.number if case else ""), agrees, why)
        if case is None:
            self._mark_held(number, agrees)
            return self.refreshed()
        after = self._state.with_case(replace(case, is_provisional=not agrees))
        return self._change("", after, undoable=False)

    def lock(self) -> VisitView:
        """Cover the screen at once; everything stays."""
        self._locked = True
        self._revision += 1
        return self.view()

    def unlock(self, passphrase: str = "") -> VisitView:
        """Uncover the screen. A demo hall asks for nothing; issue of logins belongs to the keyring."""
        self._locked = False
        self._revision += 1
        return self.view()

    # --- inside -----------------------------------------------------------------------------
    def _mark_held(self, number: str, agrees: bool) -> None:
        """A visit put aside keeps its own marks: taken up again, it must not show an old one."""
        for state in self._drafts():
            for case in (c for c in state.cases if c.number == number):
                kept = state.with_case(replace(case, is_provisional=not agrees))
                with self.office.ports.storage.unit(self.office.actor, self.office.now()) as unit:
                    unit.save_draft(state.visit_id, draft_text(kept))
        self._held = [state for state in self._drafts() if state.held]

    def _accepted(self, accepted: acceptance.Accepted) -> VisitView:
        if self._state.ticket is not None and self._state.ticket.state.value == "called":
            self._state = accepted.state
            self._quietly("serve")
            accepted = replace(accepted, state=self._state)
        self._undo, self._redo = [], []
        self._state = accepted.state
        self._revision += 1
        return self.view()

    def _without_accepting(self, paper: str, state: CaseState, words: Words) -> VisitView:
        """Write down a case that was not accepted, with the paper that says so."""
        case, now = self._current_case(), self.office.now()
        here = judged(self.office, self._state, case)
        with self.office.ports.storage.unit(self.office.actor, now) as unit:
            number = unit.next_number(now.date())
            made = acceptance.record_of(self.office, self._state, case, here, number)
            record = self._unaccepted(made, state, paper)
            unit.save_case(record)
            filings.settle(self.office, unit, record)
            unit.record(
                Fact(
                    "case.received",
                    {"number": number, "type": record.type_id, "state": state.value}
                    | life.received(self.office, record),
                    record.case_id,
                    schema=2,
                )
            )
            for one in here.needed:
                if one.mark.state in SETTLED and one.mark.state is MaterialState.RECEIVED:
                    body = {"code": one.spec.code, "name": one.spec.name, "copies": one.mark.copies}
                    unit.record(Fact("material.received", body, record.case_id))
            printed = contents.Printed(number, number, paper, self._nth(case), len(self._state.cases))
            content = contents.compose(self.office, self._state, case, here, printed)
            content = replace(content, accepted_at="", due_on="", seals=list(acceptance.seals_for(paper)))
            acceptance.issue(self.office, unit, record, words(content))
            after = self._state.with_case(replace(case, number=number, outcome=state.value))
            unit.save_draft(after.visit_id, draft_text(after))
        return self._accepted(acceptance.Accepted(after, number, ()))

    def _unaccepted(self, made: CaseRecord, state: CaseState, paper: str) -> CaseRecord:
        """Refused, no clock runs; received, the statutory one does, but stands still for corrections."""
        bare = replace(made, state=state, accepted_at=None, due_on=None, clocks=Clocks())
        if state is not CaseState.RECEIVED:
            return bare
        pauses = (Paused(due.CORRECTED, self.office.today()),) if paper == "BZGZ" else ()
        kept = Clocks(statutory_days=made.clocks.statutory_days, pauses=pauses)
        counted = due.counted(self.office.calendar, kept, bare.received_on, None)
        return replace(bare, clocks=counted, due_on=counted.statutory_due)

    def _nth(self, case: CaseDraft) -> int:
        return next(i for i, c in enumerate(self._state.cases, 1) if c.case_id == case.case_id)
