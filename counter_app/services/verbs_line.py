"""The clerk and the line: call, recall, miss, park, walk-in, hold, resume, finish."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.domain.cases import Fact
from counter_app.domain.tickets import Ticket
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.services.core import VisitCore
from counter_app.services.state import PromptDraft, VisitState
from counter_app.services.visit_view import VisitView

if TYPE_CHECKING:
    from counter_app.services import by_hand
else:
    by_hand = late("counter_app.services.by_hand")


class LineVerbs(VisitCore):
    """Who comes to the window, and how a visit ends."""

    def call_next(self) -> VisitView:
        """Call the next number; a visit that is all done ends by it, an unfinished one asks first.

        Raises Problem `ticket-none` when nobody waits, `line-away` when the line cannot be asked.
        """
        if self._unfinished():
            return self._change(
                "", replace(self._state, prompt=PromptDraft("leave", ("stay", "finish", "hold")))
            )
        if self._state.is_open:
            self.finish()
        ticket = self._called()
        if ticket is None:
            raise Problem("ticket-none", "line")
        return self._change("", replace(self._opened(), ticket=ticket), undoable=False)

    def recall(self) -> VisitView:
        """Call the current number again. Raises Problem `recall-limit`."""
        return self._ticket_verb("recall")

    def miss(self) -> VisitView:
        """The number did not come: 过号; the visit ends."""
        if self._state.ticket is None or not self._state.ticket.is_by_hand:
            self._ticket_verb("miss")
        return self._close("missed")

    def park(self, why: str) -> VisitView:
        """Put the number aside with a reason and keep the work."""
        return self._put_aside(why)

    def serve_walk_in(self) -> VisitView:
        """Serve somebody without a number."""
        return self._change("", self._opened(), undoable=False)

    def serve_number(self, number: str) -> VisitView:
        """Serve who holds a paper with a number while the line cannot be asked; 人工叫号.

        Who was identified before the number was typed keeps it. Raises Problem `number-typed`,
        `visit-open` (another number is being served), `line-there` when the line can be asked again.
        """
        return self._serve_by_hand(by_hand.ticket(self.office, number))

    def _slip_scanned(self, text: str) -> VisitView:
        """A slip under the scanner does what its number typed does; that of who is here changes nothing."""
        ticket = by_hand.ticket_of_slip(self.office, text)
        if self._state.ticket is not None and self._state.ticket.number == ticket.number:
            return self.view()
        return self._serve_by_hand(ticket)

    def _serve_by_hand(self, ticket: Ticket) -> VisitView:
        if self._state.is_open and not self._unfinished():
            self.finish()
        if self._state.ticket is not None:
            raise Problem("visit-open")
        return self._change("", replace(self._opened(), ticket=ticket), undoable=False)

    def serve_self(self) -> VisitView:
        """Begin a visit at a kiosk, where people serve themselves; every case of it says so."""
        if self._state.is_open:
            return self.view()
        state = self._opened()
        return self._change("", replace(state, came=replace(state.came, channel="kiosk")), undoable=False)

    def hold(self) -> VisitView:
        """Put the visit aside; everything in it is kept and can be resumed."""
        return self._put_aside("hold")

    def _put_aside(self, why: str) -> VisitView:
        """Hold the visit and tell the hub, so that the next call brings somebody else."""
        if not self._state.is_open:
            raise Problem("nobody-identified")
        if self._state.ticket is not None:
            self._quietly("park", why)
        self._change("", replace(self._state, held=True, prompt=None), undoable=False)
        self._state = VisitState()
        self._held = [state for state in self._drafts() if state.held]
        self._revision += 1
        return self.view()

    def resume(self, visit_id: str) -> VisitView:
        """Take up a visit that was put aside. Raises Problem `visit-open`, `not-found`."""
        if self._state.is_open:
            raise Problem("visit-open")
        found = next((s for s in self._drafts() if s.visit_id == visit_id), None)
        if found is None:
            raise Problem("not-found", "visit", visit_id)
        self._held = [state for state in self._held if state.visit_id != visit_id]
        view = self._change("", replace(found, held=False, window=self.office.window), undoable=False)
        if found.ticket is None:
            return view
        self._quietly("serve")
        return self.view()

    def finish(self) -> VisitView:
        """End the visit; with unfinished cases ask stay / finish / hold first."""
        unfinished = any(not case.number for case in self._state.cases)
        asked = self._state.prompt is not None and self._state.prompt.kind == "leave"
        if unfinished and not asked:
            return self._change(
                "", replace(self._state, prompt=PromptDraft("leave", ("stay", "finish", "hold")))
            )
        if self._state.ticket is not None:
            self._quietly("done")
        return self._close("finished")

    def refresh_line(self) -> VisitView:
        """Ask the hub how long the line is; the desk does so every few seconds."""
        try:
            line = self.office.ports.hub.line(self.office.window)
        except Problem:
            return self.view()
        if line != self._line:
            self._line = line
            self._revision += 1
        return self.view()

    def _unfinished(self) -> bool:
        """Whether somebody stands at the window whose business is not done."""
        cases, batches = self._state.cases, self._state.batches
        return self._state.is_open and (not (cases or batches) or any(not case.number for case in cases))

    def _called(self) -> Ticket | None:
        call_id = self.office.new_id()
        try:
            return self.office.ports.hub.call(self.office.window, call_id, self.office.actor)
        except Problem as problem:
            if problem.code != "hub-away":
                raise
            raise Problem("line-away", "line") from problem

    def _ticket_verb(self, verb: str, why: str = "") -> VisitView:
        ticket = self._state.ticket
        if ticket is None:
            raise Problem("ticket-state", "line", "无号")
        if ticket.is_by_hand:
            raise Problem("number-by-hand", "line", ticket.number)
        acted = self.office.ports.hub.act(
            ticket.ticket_id, verb, self.office.new_id(), self.office.actor, why
        )
        return self._change("", replace(self._state, ticket=acted), undoable=False)

    def _quietly(self, verb: str, why: str = "") -> None:
        """Tell the hub; the paper does not depend on its answer."""
        if self._state.ticket is not None and self._state.ticket.is_by_hand:
            return  # its facts tell it all
        try:
            self._ticket_verb(verb, why)
        except Problem as problem:
            self.tell(problem)

    def _close(self, how: str) -> VisitView:
        closed = Fact("visit.closed", {"visit_id": self._state.visit_id, "how": how})
        ticket = self._state.ticket
        with self.office.ports.storage.unit(self.office.actor, self.office.now()) as unit:
            unit.record(closed)
            if how == "finished" and ticket is not None and ticket.is_by_hand:
                for fact in by_hand.last_word(self.office, self._state):
                    unit.record(fact)
            unit.drop_draft(self._state.visit_id)
        self._state = VisitState()
        self._undo, self._redo, self._revealed = [], [], {}
        self._revision += 1
        return self.view()
