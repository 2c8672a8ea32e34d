"""The visit at the window as a plain object: persons, cases, step, drafts, undo, who takes the next Scan.

No Qt, no SQL, no words. Every method returns a fresh `VisitView` or raises Problem with nothing changed.
All methods are called on the services lane (or by the scripted face, which has only one thread).
"""

from __future__ import annotations

from counter_app.domain.cases import CaseRecord
from counter_app.services import decide, view
from counter_app.services.printing import Left, print_paper
from counter_app.services.verbs_end import EndVerbs
from counter_app.services.visit_view import VisitView


class Visit(EndVerbs):
    """All verbs of the window joined; see the `verbs_*` modules."""

    def view(self) -> VisitView:
        """The snapshot a face draws."""
        return view.snapshot(self)

    def reprint(self, number: str) -> Left:
        """Print a paper again with 补打 and its count. Raises Problem `not-found`, `printer-…`."""
        ports = self.office.ports
        paper = ports.storage.paper(number)
        if paper is None:
            decide.refuse_unknown(number)
        assert paper is not None
        return print_paper(ports, paper, reprint=bool(paper.printed))

    def decide(self, number: str, outcome: str, reason: str = "", amount: int | None = None) -> CaseRecord:
        """A reviewer's decision on an accepted case; see `services.decide`."""
        return decide.decide(self.office, number, outcome, reason, amount)
