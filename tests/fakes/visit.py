"""A working visit with no store and no rule: it keeps what was asked, and answers with a snapshot."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PIL import Image

from counter_app.policy.deadlines import Light
from counter_app.problems import Problem
from counter_app.services.arrivals import ArrivalDue
from counter_app.services.repairs import Repair
from counter_app.services.visit_view import (
    CaseTile,
    CaseView,
    PaperView,
    PersonView,
    ProblemView,
    SpeakerView,
    VisitView,
)


def turned(data: bytes, degrees: int) -> bytes:
    """A picture turned clockwise, as the document camera's host does it."""
    picture = io.BytesIO()
    Image.open(io.BytesIO(data)).rotate(-degrees, expand=True).save(picture, "JPEG")
    return picture.getvalue()


PERSON = PersonView(
    key="p1",
    name="李*芳",
    gend="2",
    age=78,
    certno="370102********1526",
    evidence="card",
    card_present=True,
    insutype="310",
    psn_type="1201",
    insured_state="1",
    insuplc="371102",
    balance=321840,
    tel="138****6620",
    flags=("高龄优先", "慢特病 1 种"),
)


class FakeVisit:
    """Plain verbs over one snapshot. Verbs it does not know answer the snapshot unchanged."""

    def __init__(self, view: VisitView, cases: dict[str, CaseView] | None = None) -> None:
        self.now = view
        self.cases = dict(cases or {})
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        self.refusals: dict[str, Exception] = {}
        self.answers: dict[str, Any] = {}  # what a verb answers instead of the snapshot
        self.pages: dict[str, bytes] = {}
        self.gate = threading.Event()
        self.gate.set()
        self._ui_thread = threading.get_ident()

    def __getattr__(self, verb: str) -> Callable[..., VisitView]:
        if verb.startswith("_"):
            raise AttributeError(verb)
        return lambda *arguments: self._do(verb, arguments)

    def report_fault(self, device: str, symptom: str) -> Repair:
        self._do("report_fault", (device, symptom))
        at = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
        return Repair("261122-001-A2B-0009-M", device, symptom, at, ArrivalDue(at, 30, Light.YELLOW))

    def verbs(self, verb: str) -> list[tuple[Any, ...]]:
        """The arguments of every call of a verb."""
        return [arguments for name, arguments in self.asked if name == verb]

    def _do(self, verb: str, arguments: tuple[Any, ...]) -> VisitView:
        assert threading.get_ident() != self._ui_thread, f"{verb} was called on the UI thread"
        assert self.gate.wait(10)
        if verb not in ("view", "refresh_line"):
            self.asked.append((verb, arguments))
        if verb in self.refusals:
            raise self.refusals[verb]
        act = getattr(type(self), f"_{verb}", None)
        if act is not None:
            after = act(self, *arguments)
            if after != self.now:
                self.now = replace(after, revision=self.now.revision + 1)
        return self.answers.get(verb, self.now)

    # --- the few verbs with an effect -------------------------------------------------------
    def _call_next(self) -> VisitView:
        return replace(self.now, visit_open=True)

    def _type_certno(self, text: str) -> VisitView:
        return self._with(PERSON)

    def _take(self, event: object) -> VisitView:
        return self._with(PERSON)

    def _with(self, person: PersonView) -> VisitView:
        return replace(
            self.now,
            visit_open=True,
            principals=(person,),
            current_principal=person.key,
            speaker=SpeakerView("self"),
        )

    def _open_case(self, type_id: str, situation: str = "") -> VisitView:
        case = self.cases[type_id]
        tile = CaseTile(case.case_id, len(self.now.tiles) + 1, case.name, self.now.principals[0].name, "fill")
        return replace(self.now, case=case, tiles=(*self.now.tiles, tile))

    def _focus_case(self, case_id: str) -> VisitView:
        case = next(case for case in self.cases.values() if case.case_id == case_id)
        return replace(self.now, case=case)

    def _set_field(self, key: str, text: str) -> VisitView:
        case = self._case()
        fields = tuple(replace(f, value=text, display="") if f.key == key else f for f in case.fields)
        return self._put(replace(case, fields=fields))

    def _set_cell(self, key: str, row: int, column: str, text: str) -> VisitView:
        case = self._case()
        table = next(f for f in case.fields if f.key == key)
        names = [c.key for c in table.columns]
        rows = [list(r) for r in table.rows]
        if row == len(rows):
            rows.append([""] * len(names))
        rows[row][names.index(column)] = text
        changed = replace(table, rows=tuple(tuple(r) for r in rows))
        return self._put(replace(case, fields=tuple(changed if f.key == key else f for f in case.fields)))

    def _remove_row(self, key: str, index: int) -> VisitView:
        case = self._case()
        fields = tuple(
            replace(f, rows=f.rows[:index] + f.rows[index + 1 :]) if f.key == key else f for f in case.fields
        )
        return self._put(replace(case, fields=fields))

    def _receive(self, code: str) -> VisitView:
        return self._mark(code, "received")

    def _take_back(self, code: str) -> VisitView:
        return self._mark(code, "missing")

    def _add_page(self, case_id: str, code: str, data: bytes) -> VisitView:
        return self._paged(code, lambda pages: (*pages, self._kept(data)))

    def _replace_page(self, case_id: str, code: str, nth: int, data: bytes) -> VisitView:
        return self._paged(code, lambda pages: (*pages[:nth], self._kept(data), *pages[nth + 1 :]))

    _mask_page = _replace_page

    def _remove_page(self, case_id: str, code: str, nth: int) -> VisitView:
        return self._paged(code, lambda pages: (*pages[:nth], *pages[nth + 1 :]))

    def _kept(self, data: bytes) -> str:
        name = f"page-{len(self.pages)}"
        self.pages[name] = data
        return name

    def _paged(self, code: str, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> VisitView:
        case = self._case()
        found = tuple(
            replace(m, pages=change(m.pages), state="received") if m.code == code else m
            for m in case.materials
        )
        return self._put(replace(case, materials=found))

    def _defer(self, code: str) -> VisitView:
        return self._mark(code, "deferred")

    def _mark(self, code: str, state: str) -> VisitView:
        case = self._case()
        marked = tuple(replace(m, state=state) if m.code == code else m for m in case.materials)
        return self._put(replace(case, materials=marked))

    def _check(self, confirmed: bool = True) -> VisitView:
        case = self._case()
        empty = [f for f in case.fields if f.required and not f.value and not f.rows and f.type != "table"]
        problems = tuple(
            ProblemView("field-required", "此栏必填", f"“{f.label}”还没有填写。", "请补填后再提交。", f.key)
            for f in empty
        )
        said = {p.where: p for p in problems}
        fields = tuple(replace(f, problem=said.get(f.key)) for f in case.fields)
        checked = confirmed and not problems
        return self._put(replace(case, fields=fields, problems=problems, checked=checked))

    def _submit(self) -> VisitView:
        case = self._case()
        if case.number:
            return self.now
        if not case.checked:
            raise Problem("check-needed", "case")
        number = "261122-001-A2B-0001-K"
        paper = PaperView(number, "YWHZ", "业务办理回执", "queued")
        done = replace(case, number=number, step="done", papers=(paper,))
        tiles = tuple(replace(t, number=number) if t.case_id == case.case_id else t for t in self.now.tiles)
        return replace(self._put(done), tiles=tiles)

    def _lock(self) -> VisitView:
        return replace(self.now, locked=True)

    def _sign_in(self, number: str, *proof: str) -> VisitView:
        session = replace(self.now.session, is_signed_in=True)
        return replace(self.now, locked=False, session=session, clerk_no=number, clerk_name="陈静")

    def _sign_out(self, sealed: object = None) -> VisitView:
        session = replace(self.now.session, is_signed_in=False)
        return replace(self.now, locked=True, session=session, clerk_no="", clerk_name="")

    def _unlock(self, *proof: str) -> VisitView:
        return replace(self.now, locked=False)

    def _finish(self) -> VisitView:
        return replace(
            self.now,
            visit_open=False,
            ticket=None,
            principals=(),
            current_principal="",
            case=None,
            tiles=(),
            speaker=None,
        )

    def _hold(self) -> VisitView:
        return self._finish()

    def _answer(self, option: str) -> VisitView:
        return replace(self.now, prompt=None)

    def _dismiss_notices(self) -> VisitView:
        return replace(self.now, notices=())

    def _case(self) -> CaseView:
        assert self.now.case is not None
        return self.now.case

    def _put(self, case: CaseView) -> VisitView:
        self.cases = {k: (case if v.case_id == case.case_id else v) for k, v in self.cases.items()}
        return replace(self.now, case=case)
