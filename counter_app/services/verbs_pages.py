"""Photographed pages of a case's materials: sealed before the case names them, kept with the draft.

A page is named by its case, its material and its place, so that a picture that comes late lands where it was
taken for, whatever the clerk has turned to meanwhile.
"""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.cases import Fact, MaterialState
from counter_app.problems import Problem
from counter_app.services.judge import materials_of
from counter_app.services.state import CaseDraft, Mark
from counter_app.services.verbs_cases import CaseVerbs
from counter_app.services.visit_view import VisitView

MOST_PAGES = 60  # of one material
MOST_BYTES = 1 << 20  # of one page
_JPEG = b"\xff\xd8"


class PageVerbs(CaseVerbs):
    """Add, renew and take away pages of a material while its case is open."""

    def add_page(self, case_id: str, code: str, data: bytes) -> VisitView:
        """Keep one more page (JPEG, at most `MOST_BYTES`); with a page a material is received.

        Raises Problem `page-many`, `page-broken`, `not-open`, `already-accepted`, `store-write`.
        """
        case, mark = self._paged(case_id, code)
        if len(mark.pages) >= MOST_PAGES:
            raise Problem("page-many", f"material:{code}", str(MOST_PAGES))
        return self._with_pages("拍摄", case, code, (*mark.pages, self._kept(code, data)))

    def replace_page(self, case_id: str, code: str, nth: int, data: bytes) -> VisitView:
        """Put another picture in the place of page `nth` (from 0): turned, or taken again. Raises Problem."""
        case, mark = self._paged(case_id, code)
        if not 0 <= nth < len(mark.pages):
            raise Problem("not-found", f"material:{code}", f"第 {nth + 1} 页")
        kept = self._kept(code, data)
        return self._with_pages("改一页", case, code, (*mark.pages[:nth], kept, *mark.pages[nth + 1 :]))

    def mask_page(self, case_id: str, code: str, nth: int, data: bytes) -> VisitView:
        """Put a page with covered places before page `nth` (from 0); the page as it was stays sealed here.

        It is a fact at once, naming both: whoever has to can prove what stood there. Raises Problem.
        """
        case, mark = self._paged(case_id, code)
        if not 0 <= nth < len(mark.pages):
            raise Problem("not-found", f"material:{code}", f"第 {nth + 1} 页")
        kept = self._kept(code, data)
        body = {"material": code, "nth": nth, "page": kept, "original": mark.pages[nth]}
        kind, now = self.office.type(case.type_id), self.office.now()
        with self.office.ports.storage.unit(self.office.actor, now) as unit:
            unit.record(Fact("page.masked", body, case_id, pack=kind.pack or kind.version))
        pages = (*mark.pages[:nth], kept, *mark.pages[nth + 1 :])
        return self._with_pages("遮盖一页", case, code, pages)

    def remove_page(self, case_id: str, code: str, nth: int) -> VisitView:
        """Take page `nth` (from 0) away; undo brings it back. Without a page left nothing was received."""
        case, mark = self._paged(case_id, code)
        if not 0 <= nth < len(mark.pages):
            raise Problem("not-found", f"material:{code}", f"第 {nth + 1} 页")
        return self._with_pages("删一页", case, code, (*mark.pages[:nth], *mark.pages[nth + 1 :]))

    def _paged(self, case_id: str, code: str) -> tuple[CaseDraft, Mark]:
        case = self._state.case(case_id) if case_id else None
        if case is None:
            raise Problem("not-open")
        if case.number:
            raise Problem("already-accepted", "case", case.number)
        spec = next(
            (n.spec for n in materials_of(self.office, self._state, case) if n.spec.code == code), None
        )
        if spec is None:
            raise Problem("field-choice", f"material:{code}", code)
        mark = case.marks.get(code)
        if mark is None or mark.state is not MaterialState.RECEIVED:
            mark = Mark(MaterialState.RECEIVED, spec.copies)
        return case, mark

    def _kept(self, code: str, data: bytes) -> str:
        if not data.startswith(_JPEG) or len(data) > MOST_BYTES:
            raise Problem("page-broken", f"material:{code}", str(MOST_BYTES))
        return self.office.ports.storage.add_page(data)

    def _with_pages(self, label: str, case: CaseDraft, code: str, pages: tuple[str, ...]) -> VisitView:
        _, mark = self._paged(case.case_id, code)
        marks = {key: kept for key, kept in case.marks.items() if key != code}
        if pages:
            marks[code] = replace(mark, pages=pages)
        return self._put(label, replace(case, marks=marks))
