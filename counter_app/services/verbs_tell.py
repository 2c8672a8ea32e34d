"""The clerk tells what to bring: for the case in hand, or for any type somebody asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_app.catalog.model import TransactionType
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.services.state import PrincipalDraft
from counter_app.services.verbs_end import EndVerbs
from counter_app.services.visit_view import VisitView

if TYPE_CHECKING:
    from counter_app.services import card_unlock, tell
else:
    tell = late("counter_app.services.tell")
    card_unlock = late("counter_app.services.card_unlock")


class TellVerbs(EndVerbs):
    """一次性告知, with or without somebody identified."""

    def tell_once(self, type_id: str = "", situation: str = "") -> VisitView:
        """Print the 一次性告知单 of a type, or without one of the current case.

        With somebody at the window it lists what this person needs, whether or not the case is opened.
        Nobody need be identified and no visit be open. Raises Problem `type-unknown`, `not-open`.
        """
        case = self._state.case()
        if type_id:
            asked = self._asked(*self._meant(type_id, situation))
        elif case is not None:
            asked = tell.of_case(self.office, self._state, case)
        else:
            raise Problem("not-open")
        papers = tell.tell(self.office, asked)
        return self._change("", tell.with_told(self._state, papers), undoable=False)

    def tell_card_unlock(self) -> VisitView:
        """Print where a locked or forgotten card password is put right; nobody need be identified."""
        paper = card_unlock.slip(self.office)
        return self._change("", tell.with_told(self._state, (paper,)), undoable=False)

    def _asked(self, kind: TransactionType, situation: str) -> tell.Asked:
        """For whoever is at the window, if the type is meant for such as them; else for anybody."""
        principal = self._state.principal()
        if principal is None or not _is_meant_for(kind, principal):
            return tell.of_type(self.office, kind, situation)
        case = self._drafted(self._state, kind, principal.key, situation)
        return tell.of_person(self.office, self._state, case)


def _is_meant_for(kind: TransactionType, principal: PrincipalDraft) -> bool:
    known = principal.person if kind.applicant == "individual" else principal.employer
    return known is not None and kind.applicant in ("individual", "employer")
