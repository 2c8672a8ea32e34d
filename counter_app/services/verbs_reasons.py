"""我认为有误: what somebody says against a verdict or a sum is written down, and the case goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counter_app.domain.cases import Fact
from counter_app.domain.text import normalise
from counter_app.problems import Problem
from counter_app.services.doubts import pointed_at
from counter_app.services.judge import judged, problems_of
from counter_app.services.state import Objection
from counter_app.services.verbs_cases import CaseVerbs
from counter_app.services.visit_view import VisitView

LONGEST = 500  # characters of what was said


class ReasonVerbs(CaseVerbs):
    """The clerk never has to say “the system does not allow it”."""

    def object_to(self, about: str, words: str, places: Sequence[str] = ()) -> VisitView:
        """Write down an objection to one reason of the current case: what it is about, what was said.

        `places` are the rows the citizen pointed at (`services.doubts`); they stay marked until changed.

        It is a fact at once, with the rules and codes that spoke, whatever becomes of the case; from now
        on the case can be received although something is held against it. Raises Problem `not-open`,
        `already-accepted`, `reason-needed`, `field-too-long`.
        """
        case = self._current_case()
        said = normalise(words, LONGEST, "objection")
        if not said:
            raise Problem("reason-needed", "objection")
        now = self.office.now()
        objected = replace(case, objections=(*case.objections, Objection(about[:80], said, now.isoformat())))
        if places:
            objected = replace(objected, doubts=pointed_at(case, places))
        after = self._state.with_case(objected)
        kind, here = self.office.type(case.type_id), judged(self.office, self._state, case).outcome
        body = {
            "type": case.type_id,
            "situation": case.situation,
            "about": about[:80],
            "words": said,
            "problems": sorted({p.code for p in problems_of(self.office, self._state, case)}),
            "basis": here.basis,
            "due": here.due.isoformat() if here.due else "",
        }
        with self.office.ports.storage.unit(self.office.actor, now) as unit:
            unit.record(Fact("verdict.objected", body, case.case_id, pack=kind.pack or kind.version))
        return self._change("", after, undoable=False)
