"""The heart of the visit: one state, its undo stack and its draft. The verbs are in `verbs_*`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from counter_app.catalog.model import Catalogue
from counter_app.domain.cases import Fact, PaperRecord
from counter_app.domain.codec import as_text, from_plain
from counter_app.domain.tickets import LineState
from counter_app.domain.value import replace
from counter_app.problems import Problem
from counter_app.services.office import Office
from counter_app.services.session_view import SessionView
from counter_app.services.state import CaseDraft, PrincipalDraft, VisitState
from counter_app.services.visit_view import VisitView

REVEAL = timedelta(seconds=5)
UNDO_DEPTH = 200


class VisitCore:
    """Holds the state; every change goes through `_change`, which saves the draft before it returns."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._state = VisitState()
        self._undo: list[tuple[str, VisitState]] = []
        self._redo: list[tuple[str, VisitState]] = []
        self._revision = 0
        self._saved_at = ""
        self._revealed: dict[str, datetime] = {}
        self._notices: list[Problem] = []
        self._line = LineState()
        self._locked = False
        self._reprints: list[PaperRecord] = []
        self._usage = office.ports.storage.usage(office.actor.clerk_no)
        self._held: Sequence[VisitState] = ()
        self._next: Catalogue | None = None  # packs that count from the next visit on
        self._restore()

    @property
    def state(self) -> VisitState:
        """The state as it is now; for the snapshot and for tests."""
        return self._state

    def view(self) -> VisitView:
        """The snapshot a face draws."""
        raise NotImplementedError  # the Visit assembled from the verbs provides it

    # --- what the snapshot asks for ------------------------------------------------------------
    @property
    def revision(self) -> int:
        """Grows by one per change."""
        return self._revision

    @property
    def line(self) -> LineState:
        """The line as last heard."""
        return self._line

    @property
    def notices(self) -> tuple[Problem, ...]:
        """Refusals that belong to no field, newest last."""
        return tuple(self._notices)

    @property
    def saved_at(self) -> str:
        """When the draft was last saved."""
        return self._saved_at

    @property
    def locked(self) -> bool:
        """Whether the screen is covered."""
        return self._locked

    @property
    def session(self) -> SessionView:
        """Who is here; the session verbs override it."""
        return SessionView()

    @property
    def undo_label(self) -> str:
        """What undo would take back, "" for nothing."""
        return self._undo[-1][0] if self._undo else ""

    @property
    def redo_label(self) -> str:
        """What redo would bring back, "" for nothing."""
        return self._redo[-1][0] if self._redo else ""

    def held(self) -> Sequence[VisitState]:
        """Visits put aside, newest first."""
        return self._held

    def usage(self) -> Mapping[str, int]:
        """How often this clerk opened each type lately."""
        return self._usage

    def last_time(self, case: CaseDraft) -> Mapping[str, str]:
        """What could be brought over from the last case of this type; the case verbs override it."""
        return {}

    # --- changes ----------------------------------------------------------------------------
    def _change(self, label: str, state: VisitState, undoable: bool = True) -> VisitView:
        """Take a new state: saved durably, undoable unless a fact came out of it."""
        if state == self._state:
            return self.view()
        if undoable:
            self._undo = [*self._undo[-UNDO_DEPTH:], (label, self._state)]
        else:
            self._undo = []
        self._redo = []
        self._state = state
        self._save()
        return self.view()

    def undo(self) -> VisitView:
        """Go back one change. Raises Problem `nothing-to-undo`."""
        if not self._undo:
            raise Problem("nothing-to-undo")
        label, before = self._undo.pop()
        self._redo.append((label, self._state))
        self._state = before
        self._save()
        return self.view()

    def redo(self) -> VisitView:
        """Take back the last undo. Raises Problem `nothing-to-undo`."""
        if not self._redo:
            raise Problem("nothing-to-undo")
        label, after = self._redo.pop()
        self._undo.append((label, self._state))
        self._state = after
        self._save()
        return self.view()

    # --- drafts -----------------------------------------------------------------------------
    def _save(self) -> None:
        self._revision += 1
        now = self.office.now()
        with self.office.ports.storage.unit(self.office.actor, now) as unit:
            if self._state.is_open:
                unit.save_draft(self._state.visit_id, draft_text(self._state))
        self._saved_at = now.isoformat()

    def _restore(self) -> None:
        """Take up the visit that was on this window when the program stopped."""
        drafts = self._drafts()
        self._held = [state for state in drafts if state.held]
        for state in drafts:
            if not state.held and state.window == self.office.window:
                self._state = state
                return

    def _drafts(self) -> Sequence[VisitState]:
        return [from_plain(VisitState, json.loads(body)) for _, body, _ in self.office.ports.storage.drafts()]

    # --- small shared steps -----------------------------------------------------------------
    def _opened(self) -> VisitState:
        """The state with an open visit; opening one is a fact of its own."""
        if self._state.is_open:
            return self._state
        self._adopt()
        now = self.office.now()
        opened = replace(
            self._state,
            visit_id=self.office.new_id(),
            opened_at=now.isoformat(),
            window=self.office.window,
            clerk_no=self.office.actor.clerk_no,
            told=(),
        )
        self._record(Fact("visit.opened", {"visit_id": opened.visit_id, "window": opened.window}))
        return opened

    def renew(self, catalogue: Catalogue) -> VisitView:
        """Use other packs from the next visit on; one under way ends with those it began with.

        Packs without this desk's own region change nothing. Raises Problem `not-found`.
        """
        if self.office.region.id not in catalogue.regions:
            raise Problem("not-found", "region", self.office.region.id)
        self._next = catalogue
        if not self._state.is_open:
            self._adopt()
        return self.refreshed()

    def _adopt(self) -> None:
        if self._next is not None:
            region = self._next.regions[self.office.region.id]
            self.office, self._next = replace(self.office, catalogue=self._next, region=region), None

    def _record(self, *facts: Fact) -> None:
        with self.office.ports.storage.unit(self.office.actor, self.office.now()) as unit:
            for fact in facts:
                unit.record(fact)

    def _current_case(self) -> CaseDraft:
        case = self._state.case()
        if case is None:
            raise Problem("not-open")
        if case.number:
            raise Problem("already-accepted", "case", case.number)
        return case

    def _current_principal(self) -> PrincipalDraft:
        principal = self._state.principal()
        if principal is None:
            raise Problem("nobody-identified")
        return principal

    def tell(self, problem: Problem) -> VisitView:
        """Add a notice that belongs to no field."""
        self._notices = [*self._notices[-4:], problem]
        return self.refreshed()

    def refreshed(self) -> VisitView:
        """A new snapshot of a visit that did not change, while the store did."""
        self._revision += 1
        return self.view()

    def dismiss_notices(self) -> VisitView:
        """Clear the notices."""
        self._notices = []
        self._revision += 1
        return self.view()

    def is_revealed(self, key: str) -> bool:
        """Whether a masked value is open for these five seconds."""
        until = self._revealed.get(key)
        return until is not None and self.office.now() < until

    @property
    def has_opened(self) -> bool:
        """Whether anything masked is open now."""
        return any(map(self.is_revealed, self._revealed))

    def reveal(self, key: str) -> VisitView:
        """Show one masked value for five seconds; the look is recorded (`access.read`)."""
        self._record(Fact("access.read", {"what": key, "visit_id": self._state.visit_id}))
        self._revealed[key] = self.office.now() + REVEAL
        self._revision += 1
        return self.view()


def draft_text(state: VisitState) -> str:
    """A state as the text kept in the store (which is encrypted as a whole)."""
    return as_text(state)
