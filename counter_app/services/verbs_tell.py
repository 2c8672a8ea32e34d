"""The clerk tells what to bring: for the case in hand, or for any type somebody asks about."""

from __future__ import annotations

from counter_app.problems import Problem
from counter_app.services import tell
from counter_app.services.verbs_end import EndVerbs
from counter_app.services.visit_view import VisitView


class TellVerbs(EndVerbs):
    """一次性告知, with or without somebody identified."""

    def tell_once(self, type_id: str = "", situation: str = "") -> VisitView:
        """Print the 一次性告知单 of a type, or without one of the current case.

        Nobody need be identified and no visit be open. Raises Problem `type-unknown`, `not-open`.
        """
        case = self._state.case()
        if type_id:
            asked = tell.of_type(self.office, *self._meant(type_id, situation))
        elif case is not None:
            asked = tell.of_case(self.office, self._state, case)
        else:
            raise Problem("not-open")
        papers = tell.tell(self.office, asked)
        return self._change("", tell.with_told(self._state, papers), undoable=False)
