"""The visit at the window as a plain object: persons, cases, step, drafts, undo, who takes the next Scan.

No Qt, no SQL, no words. Every method returns a fresh `VisitView` or raises Problem with nothing changed.
All methods are called on the services lane (or by the scripted face, which has only one thread).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_app.domain.cases import CaseRecord, PaperRecord
from counter_app.domain.life import Wish
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.services import view
from counter_app.services.verbs_day import DayVerbs
from counter_app.services.verbs_sign import SignVerbs
from counter_app.services.visit_view import VisitView

if TYPE_CHECKING:
    from counter_app.services import decide, repairs
    from counter_app.services.repairs import Repair
else:
    decide = late("counter_app.services.decide")
    repairs = late("counter_app.services.repairs")


class Visit(SignVerbs, DayVerbs):
    """All verbs of the window joined; see the `verbs_*` modules."""

    def view(self) -> VisitView:
        """The snapshot a face draws."""
        return view.snapshot(self, self.hall)

    def reprint(self, number: str) -> VisitView:
        """Wish for a paper again, with 补打 and its count. Raises Problem `not-found`."""
        paper = self.office.ports.storage.paper(number)
        if paper is None:
            raise Problem("not-found", "number", number)
        self._reprints = [*self._reprints, paper]
        return self.refreshed()

    def take_reprints(self) -> list[tuple[PaperRecord, bool]]:
        """The reprints wished for since last asked, each with whether it is a 补打."""
        wishes, self._reprints = self._reprints, []
        return [(paper, bool(paper.printed)) for paper in wishes]

    def report_fault(self, device: str, symptom: str) -> Repair:
        """报修 one of the hall's devices; the visit stays as it is. Raises what `repairs.report` raises."""
        return repairs.report(self.office, device, symptom)

    def decide(self, number: str, wish: Wish) -> CaseRecord:
        """One move of a case already written down; see `services.decide`."""
        return decide.decide(self.office, number, wish)
