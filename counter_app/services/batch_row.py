"""One row of a list: filled into a case of its own and judged by the rules of the desk's form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from counter_app.catalog.evaluate import offered_situations
from counter_app.catalog.model import FieldSpec
from counter_app.domain.cases import Came, MaterialState
from counter_app.domain.idnumbers import check as check_idno
from counter_app.domain.people import Evidence, EvidenceKind, PartyKind, Person
from counter_app.domain.sheets import Cell, Line
from counter_app.problems import Problem
from counter_app.seals.canonical import canonical
from counter_app.seals.receipts import content_hash
from counter_app.services import filling, prefill
from counter_app.services.batch_columns import HANDED_IN, fields_of
from counter_app.services.batch_list import EVERYTHING, Checked, Row
from counter_app.services.judge import context, materials_of, problems_of
from counter_app.services.office import Office
from counter_app.services.state import CaseDraft, Mark, PrincipalDraft, Refusal, SpeakerDraft, VisitState


def judged(office: Office, checked: Checked, line: Line) -> Row:
    """The row as a case, with every reason why it cannot be accepted, one per column."""
    principal, differs = _principal(office, checked, line)
    case = CaseDraft(office.new_id(), checked.kind.id, principal.key)
    state = VisitState(principals=(principal,), current_principal=principal.key)
    state = replace(state, opened_at=office.now().isoformat())
    case, problems = _situated(office, checked, line, state.with_case(case), case)
    case = filling.with_defaults(office, checked.kind, prefill.filled(checked.kind, case, state))
    case, at_once = _filled(office, checked, line, case)
    state = state.with_case(replace(case, came=_came(office, checked, line)))
    state = _with_materials(office, checked, line, state)
    found = [*problems, *differs, *at_once, *problems_of(office, state, state.cases[0])]
    return Row(line, _learned(state), tuple(_once(found)))


def _once(problems: Sequence[Problem]) -> Iterator[Problem]:
    """One reason per column is enough to correct it."""
    seen: set[str] = set()
    for problem in problems:
        if problem.where not in seen:
            seen.add(problem.where)
            yield problem


def _principal(office: Office, checked: Checked, line: Line) -> tuple[PrincipalDraft, list[Problem]]:
    wish = checked.wish
    if checked.kind.applicant == "employer":
        assert wish.employer is not None
        draft = PrincipalDraft(wish.employer.emp_id, employer=wish.employer, speaker=wish.handler)
        return replace(draft, speaker=replace(wish.handler, kind=PartyKind.EMPLOYER)), []
    person, known = _person(office, checked, line)
    doubts = ("identity",) if known else ("identity", "insurance")
    evidence = Evidence(EvidenceKind.LIST, at=office.now().isoformat(), unverified=doubts)
    speaker = wish.handler if checked.kind.parties.get(wish.handler.kind.value) else SpeakerDraft()
    name = _text(checked, line, "psn_name")
    differs = []
    if known and name and name != person.psn_name:
        differs = [Problem("batch-name-differs", "psn_name")]
    return PrincipalDraft(person.person_id, person, None, evidence, known, False, speaker), differs


def _person(office: Office, checked: Checked, line: Line) -> tuple[Person, bool]:
    """Who the row is about; a number that is none is refused later, in its own column."""
    try:
        number = check_idno(_text(checked, line, "certno"))
    except Problem:
        return Person(office.new_id(), ""), False
    found = office.ports.storage.person_by_certno(number.text)
    if found is not None:
        return found, True
    return Person(office.new_id(), "", certno=number.text, gend=number.sex, brdy=number.birth), False


def _learned(state: VisitState) -> VisitState:
    """A person nobody here knew gets the name and the rest that the row says."""
    principal, case = state.principals[0], state.cases[0]
    if principal.person is None or principal.known:
        return state
    keys = ("psn_name", "certno", "gend", "naty", "tel", "addr", "insutype", "psn_type", "insuplc_admdvs")
    said = {key: str(case.values[key]) for key in keys if case.values.get(key)}
    return state.with_principal(replace(principal, person=replace(principal.person, **said)))  # type: ignore[arg-type]


def _situated(
    office: Office, checked: Checked, line: Line, state: VisitState, case: CaseDraft
) -> tuple[CaseDraft, list[Problem]]:
    here = offered_situations(checked.kind, context(office, state, case))
    word = _text(checked, line, "situation")
    if not word:
        first = checked.wish.situation or (here[0].code if here else "")
        return replace(case, situation=first), []
    meant = next((s.code for s in here if word in (s.code, s.name, *s.aliases)), None)
    if meant is None:
        return case, [Problem("field-choice", "situation", word[:20])]
    return replace(case, situation=meant), []


def _filled(office: Office, checked: Checked, line: Line, case: CaseDraft) -> tuple[CaseDraft, list[Problem]]:
    tables: dict[str, dict[str, str]] = {}
    for spec in fields_of(checked.kind):
        cell = _cell(checked, line, spec.key)
        if not cell.text.strip() and not cell.fault:
            continue
        table, _, column = spec.key.partition(".")
        if column and not cell.fault:
            tables.setdefault(table, {})[column] = cell.text
        else:
            case = _taken(office, case, spec, cell)
    for spec in checked.kind.fields:
        if spec.key in tables:
            case = _line_of_table(office, case, spec, tables[spec.key])
    return _asked(checked, line, case)


def _taken(office: Office, case: CaseDraft, spec: FieldSpec, cell: Cell) -> CaseDraft:
    if cell.fault:
        table, _, column = spec.key.partition(".")
        where = f"{table}[1].{column}" if column else spec.key
        refused = {**case.refused, where: Refusal(cell.fault, spec.label, cell.text[: filling.KEPT])}
        return replace(case, refused=refused)
    return filling.typed(office, case, spec, cell.text)


def _line_of_table(office: Office, case: CaseDraft, table: FieldSpec, cells: Mapping[str, str]) -> CaseDraft:
    """One row of the list is one line of the table, each cell refused for itself."""
    made: dict[str, object] = {}
    refused = dict(case.refused)
    for spec in table.columns:
        alone = filling.typed(office, CaseDraft("", "", ""), spec, cells.get(spec.key, ""))
        if spec.key in alone.values:
            made[spec.key] = alone.values[spec.key]
        refused |= {f"{table.key}[1].{spec.key}": one for one in alone.refused.values()}
    return replace(filling.with_value(case, table.key, [made]), refused=refused)


def _asked(checked: Checked, line: Line, case: CaseDraft) -> tuple[CaseDraft, list[Problem]]:
    answers, wrong = dict(case.asked), []
    for question in checked.kind.questions:
        word = _text(checked, line, f"ask.{question.name}")
        if word in ("是", "否"):
            answers[question.name] = word == "是"
        elif word:
            wrong.append(Problem("field-choice", f"ask.{question.name}", word[:20]))
    return replace(case, asked=answers), wrong


def _with_materials(office: Office, checked: Checked, line: Line, state: VisitState) -> VisitState:
    case, wish = state.cases[0], checked.wish
    marks: dict[str, Mark] = {}
    for needed in materials_of(office, state, case):
        code = needed.spec.code
        word = _text(checked, line, f"material.{code}")
        told = HANDED_IN.get(word) if word else None
        named = code in wish.received or (EVERYTHING in wish.received and needed.required)
        if not word and named:
            told = MaterialState.RECEIVED.value
        may = needed.spec.commit if told == MaterialState.COMMITTED else True
        if told and may:
            marks[code] = Mark(MaterialState(told), needed.spec.copies)
    return state.with_case(replace(case, marks=marks))


def _came(office: Office, checked: Checked, line: Line) -> Came:
    """How this row came; `key` finds the same person's row again, `row` whether it says the same."""
    said = {c.key: _text(checked, line, c.key) for c in checked.columns if _text(checked, line, c.key)}
    numbers = [
        _text(checked, line, spec.key).upper() for spec in fields_of(checked.kind) if spec.type == "cert_no"
    ]
    whole = canonical({"type": checked.kind.id, "said": said}).decode("utf-8")
    for_people = f"batch|{checked.kind.id}|{'|'.join(numbers)}"
    has_lines = any(f.type == "table" and not _names_people(f) for f in checked.kind.fields)
    key = for_people if any(numbers) and not has_lines else whole
    blind = office.ports.secrets.blind
    return Came(channel="import", key=blind(key), row=content_hash({"blind": blind(whole)}))


def _names_people(table: FieldSpec) -> bool:
    return any(column.type == "cert_no" for column in table.columns)


def _cell(checked: Checked, line: Line, key: str) -> Cell:
    place = checked.place.places.get(key)
    return Cell() if place is None else line.cell(place)


def _text(checked: Checked, line: Line, key: str) -> str:
    return _cell(checked, line, key).text.strip()[:2000]
