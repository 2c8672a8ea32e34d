"""The case in the work area as a snapshot: fields, materials, verdict, papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from counter_app.catalog.model import FieldSpec, TransactionType
from counter_app.catalog.values import choices, display
from counter_app.domain.cases import MaterialState, PaperRecord
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.services import cross, witnessing
from counter_app.services.arrivals import arrive_by
from counter_app.services.doubts import doubt_words
from counter_app.services.judge import (
    SETTLED,
    Needed,
    Outcome,
    judged,
    problems_of,
    questions_of,
)
from counter_app.services.office import Office
from counter_app.services.screened import screened
from counter_app.services.state import CaseDraft, Refusal
from counter_app.services.visit_view import (
    CaseView,
    ChoiceView,
    CrossView,
    EstimateStepView,
    EstimateView,
    FieldView,
    MaterialView,
    PaperView,
    ProblemView,
    QuestionView,
    VerdictView,
)

if TYPE_CHECKING:
    from counter_app.services import estimate
    from counter_app.services.core import VisitCore
else:
    estimate = late("counter_app.services.estimate")

FIXED = {"psn_name", "certno", "psn_cert_type", "gend", "brdy"}  # proven by a document: not for typing


def case_view(visit: VisitCore, case: CaseDraft, papers: Sequence[PaperView]) -> CaseView:
    """The current case as the work area shows it."""
    office, state = visit.office, visit.state
    kind = office.type(case.type_id)
    wrong = problems_of(office, state, case) if not case.number else ()
    here = judged(office, state, case)
    own = {p.number for p in office.ports.storage.papers(case.number)} if case.number else set()
    return CaseView(
        case_id=case.case_id,
        type_id=kind.id,
        name=kind.title(case.situation),
        situation=case.situation,
        situations=tuple(ChoiceView(s.code, s.name) for s in kind.situations),
        step=step_of(case, wrong),
        principal_key=case.principal_key,
        fields=tuple(_field(visit, case, spec, wrong) for spec in here.fields),
        materials=tuple(_material(n, wrong, case) for n in here.needed),
        questions=tuple(_question(q.name, q.text, case) for q in questions_of(office, state, case)),
        problems=tuple(problem_view(p) for p in wrong) if case.tried else (),
        verdict=_verdict(visit, case, kind, here.outcome),
        last_time=visit.last_time(case),
        checked=case.checked,
        number=case.number,
        papers=tuple(p for p in papers if p.number in own),
        offline_class=kind.offline,
        estimate=_estimate(visit, case),
        provisional=case.is_provisional,
        filing=case.came.filing_id,
        signed=tuple(one.how for one in case.signed),
        witnesses=witnessing.witnesses_of(case.witnessed),
        cross=_cross(office, case, kind),
        situation_doubt=doubt_words(case, "@situation"),
        objections=tuple((one.about, one.words) for one in case.objections),
    )


def _cross(office: Office, case: CaseDraft, kind: TransactionType) -> CrossView | None:
    found = cross.places_for(office, kind)
    if not found:
        return None
    came = case.came
    offered = tuple(ChoiceView(code, name) for code, name in found.items())
    return CrossView(offered, came.place, found.get(came.place, came.place), came.clock)


def step_of(case: CaseDraft, wrong: Sequence[Problem]) -> str:
    """Which of the five steps a case is at."""
    if case.number:
        return "done"
    if case.checked:
        return "check"
    places = {p.where for p in wrong}
    if places & {"identity", "party"}:
        return "identify"
    if any(not w.startswith("material:") for w in places):
        return "fill"
    return "materials" if places else "check"


def paper_view(office: Office, paper: PaperRecord) -> PaperView:
    """One paper and what became of it."""
    title = office.ports.documents.kinds().get(paper.kind, paper.kind)
    return PaperView(paper.number, paper.kind, title, paper.state, paper.reprints)


def _field(visit: VisitCore, case: CaseDraft, spec: FieldSpec, wrong: Sequence[Problem]) -> FieldView:
    office = visit.office
    refusal = case.refused.get(spec.key)
    value = case.values.get(spec.key)
    source = case.sources.get(spec.key, "") if value not in (None, "") else ""
    shown = (
        display(spec, value, office.region) if value not in (None, "", []) and spec.type != "table" else ""
    )
    return FieldView(
        key=spec.key,
        label=spec.label,
        type=spec.type,
        value=refusal.text if refusal else screened(visit, case, spec, _text(spec, value), source),
        display=screened(visit, case, spec, shown, source),
        required=spec.required,
        editable=not (spec.key in FIXED and source == "card") and not case.number,
        wide=spec.wide or spec.type == "table",
        source=source,
        hint=spec.hint,
        group=spec.group,
        sensitive=spec.sensitive,
        choices=_choices(spec, office),
        problem=_shown_problem(case, spec.key, wrong, refusal),
        columns=tuple(_column(c, office) for c in spec.columns),
        rows=_rows(spec, case, visit) if spec.type == "table" else (),
        doubt=doubt_words(case, spec.key),
    )


def _column(spec: FieldSpec, office: Office) -> FieldView:
    return FieldView(spec.key, spec.label, spec.type, required=spec.required, choices=_choices(spec, office))


def _choices(spec: FieldSpec, office: Office) -> tuple[ChoiceView, ...]:
    return tuple(ChoiceView(c.code, c.label, " ".join(c.aliases)) for c in choices(spec, office.region))


def _rows(spec: FieldSpec, case: CaseDraft, visit: VisitCore) -> tuple[tuple[str, ...], ...]:
    lines: list[tuple[str, ...]] = []
    for index, row in enumerate(case.values.get(spec.key) or []):
        lines.append(tuple(_cell(spec, column, index, row, case, visit) for column in spec.columns))
    return tuple(lines)


def _cell(
    spec: FieldSpec, column: FieldSpec, index: int, row: Mapping[str, Any], case: CaseDraft, visit: VisitCore
) -> str:
    refusal = case.refused.get(f"{spec.key}[{index + 1}].{column.key}")
    if refusal is not None:
        return refusal.text
    value = row.get(column.key)
    shown = display(column, value, visit.office.region) if value not in (None, "") else ""
    return screened(visit, case, column, shown, case.sources.get(spec.key, ""))


def _text(spec: FieldSpec, value: Any) -> str:
    """The text an editor starts from: codes for choices, plain figures for money."""
    if value in (None, "") or spec.type == "table":
        return ""
    if spec.type == "money":
        return f"{value // 100}.{value % 100:02d}"
    if spec.type == "bool":
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(str(v) for v in value)
    return str(value)


def _shown_problem(
    case: CaseDraft, key: str, wrong: Sequence[Problem], refusal: Refusal | None
) -> ProblemView | None:
    """A refused text is said at once; what is merely missing only after the first check."""
    found = next((p for p in wrong if p.where == key), None)
    if found is None or not (case.tried or refusal is not None):
        return None
    return problem_view(found)


def _material(needed: Needed, wrong: Sequence[Problem], case: CaseDraft) -> MaterialView:
    spec, mark = needed.spec, needed.mark
    place = f"material:{spec.code}"
    found = next((p for p in wrong if p.where == place), None)
    settled = mark.state in SETTLED
    return MaterialView(
        code=spec.code,
        name=spec.name,
        state=mark.state.value if needed.required or settled else MaterialState.NOT_NEEDED.value,
        required=needed.required,
        form=spec.form,
        copies=mark.copies or spec.copies,
        core=spec.core,
        can_defer="no" if spec.core else spec.defer,
        can_commit=spec.commit,
        why_not_defer="material-no-defer" if spec.core or spec.defer == "no" else "",
        due_on=_day(mark.due_on if mark.state is MaterialState.DEFERRED else None),
        pages=mark.pages,
        note=spec.note,
        problem=problem_view(found) if found is not None and case.tried else None,
        doubt=doubt_words(case, place),
    )


def _question(name: str, text: str, case: CaseDraft) -> QuestionView:
    answer = case.asked.get(name)
    doubt = doubt_words(case, f"@ask:{name}")
    return QuestionView(name, text, "" if answer is None else ("yes" if answer else "no"), doubt)


def _verdict(visit: VisitCore, case: CaseDraft, kind: TransactionType, outcome: Outcome) -> VerdictView:
    stated = outcome.promised_days is not None or outcome.statutory_days is not None
    return VerdictView(
        kind="instant" if outcome.instant else ("limited" if stated else "unknown"),
        due_on=outcome.due.isoformat() if outcome.due else "",
        estimated=outcome.estimated,
        statutory_days=outcome.statutory_days,
        promised_days=outcome.promised_days,
        statutory_due=_day(outcome.clocks.statutory_due),
        promised_due=_day(outcome.clocks.promised_due),
        target_due=_day(outcome.clocks.target_due),
        arrive_by=_minute(arrive_by(visit.office.region, case.values)),
        basis=outcome.basis,
        pack=kind.pack or kind.version,
        warnings=("offline-provisional",) if case.is_provisional or _is_offline(visit, case, kind) else (),
    )


def _is_offline(visit: VisitCore, case: CaseDraft, kind: TransactionType) -> bool:
    """Whether accepting now would leave something to be verified."""
    return not case.number and kind.offline == "accept_only" and not visit.office.online()


def _minute(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _estimate(visit: VisitCore, case: CaseDraft) -> EstimateView | None:
    trial = estimate.of_draft(visit.office, visit.state, case)
    if trial is None:
        return None
    steps = tuple(
        EstimateStepView(s.text, s.parameter, s.value, s.region, s.effective, s.source)
        for s in trial.result.steps
    )
    return EstimateView(trial.amount, trial.caption, steps, trial.missing, trial.because)


def problem_view(problem: Problem) -> ProblemView:
    """A refusal as a face shows it."""
    return ProblemView(
        problem.code, problem.title, problem.cause, problem.advice, problem.where, problem.retry
    )
