"""One case as a reviewer sees it: form, materials, life, sum; masked until a look is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from counter_app.catalog.model import Catalogue, FieldSpec, Region
from counter_app.catalog.values import display
from counter_app.domain import masks
from counter_app.domain.actor import Actor
from counter_app.domain.laid import COVERED
from counter_app.domain.money import display as yuan
from counter_app.domain.value import Value
from counter_app.policy.life import review_desks
from counter_app.problems import Problem
from counter_app.services.estimate import Trial
from counter_app.services.review import offers, work_row
from counter_app.services.review_view import (
    AnswerLine,
    CaseSheet,
    MaterialLine,
    MessageLine,
    ObjectionLine,
    PartLine,
    SumLine,
    SumView,
    TurnLine,
)

Plain = Mapping[str, Any]
_MESSAGE_KINDS = {"done": "ok", "settled": "ok", "unknown": "warn", "refused": "err", "absent": "err"}
AGENT = "agnter_certno"  # who came for the principal: sealed beside the answers
_LABELS = {AGENT: "到场人证件号码"}
HIDDEN = "••••"  # sealed at the device that accepted the case


class Eyes(Value, frozen=True):
    """Who looks, by which packs, and how a sealed value is opened (None = not on this machine)."""

    actor: Actor
    catalogue: Catalogue
    region: Region
    open_sealed: Callable[[str, str], str] | None = None


def sheet(plain: Plain, eyes: Eyes, trial: Trial | None = None, revealed: bool = False) -> CaseSheet:
    """One case whole; masked unless `revealed` (whose recording comes first)."""
    form: Plain = plain.get("form", {})
    row = work_row({**plain, "person": _person(plain, form, revealed)}, eyes.actor)
    materials = tuple(_material(m) for m in form.get("materials", ()))
    return CaseSheet(
        row=row,
        step=plain["step"],
        accepted_on=str(plain.get("accepted_on") or ""),
        received_on=str(plain.get("received_on") or ""),
        party=form.get("party", ""),
        agent=_agent(form, revealed),
        situation=form.get("situation", ""),
        answers=_answers(plain, form, eyes, revealed),
        materials=materials,
        commitments=tuple(m.name for m in materials if m.state == "committed"),
        history=tuple(_turn(turn) for turn in plain.get("history", ())),
        parts=tuple(PartLine(p["desk"], p["step"], p["holder"]) for p in plain.get("parts", ())),
        offers=offers(plain, eyes.actor),
        amount=plain.get("amount"),
        paid=int(plain.get("paid", 0)),
        sum=_sum(trial) if trial is not None else None,
        desks=_desks(plain, eyes),
        revealed=revealed,
        online=bool(form.get("online", True)),
        objections=tuple(_objection(one) for one in plain.get("objections", ())),
        messages=tuple(_message(one) for one in plain.get("messages", ())),
        covered=tuple(one["page"] for one in plain.get("covers", ())),
        laid=tuple((one["page"], tuple(map(tuple, one["boxes"]))) for one in plain.get("laid", ())),
    )


def _person(plain: Plain, form: Plain, revealed: bool) -> str:
    name = str(form.get("principal_name") or plain.get("person") or "")
    return name if revealed or "*" in name else masks.name(name)


def _agent(form: Plain, revealed: bool) -> str:
    agent = form.get("agent") or {}
    name = str(agent.get("agnter_name", ""))
    if not name:
        return ""
    relation = str(agent.get("agnter_rlts", ""))
    return (name if revealed else masks.name(name)) + (f"（{relation}）" if relation else "")


def _answers(plain: Plain, form: Plain, eyes: Eyes, revealed: bool) -> tuple[AnswerLine, ...]:
    kind = eyes.catalogue.types.get(plain["type"])
    specs = {field.key: field for field in kind.fields} if kind else {}
    given: Plain = form.get("answers", {})
    keys = [*(k for k in specs if k in given), *(k for k in given if k not in specs)]
    lines = [_answer(plain["id"], key, given[key], specs.get(key), eyes, revealed) for key in keys]
    lines.append(_answer(plain["id"], AGENT, _agents_number(form), None, eyes, revealed))
    return tuple(line for line in lines if line is not None)


def _agents_number(form: Plain) -> Any:
    """The number of whoever came for the principal, sealed; "" where nobody did."""
    return (form.get("agent") or {}).get(AGENT, "")


def _answer(
    case_id: str, key: str, value: Any, spec: FieldSpec | None, eyes: Eyes, revealed: bool
) -> AnswerLine | None:
    label = spec.label if spec else _LABELS.get(key, key)
    if value in (None, "", []):
        return None
    if isinstance(value, Mapping) and "sealed" in value:
        if not revealed or eyes.open_sealed is None:
            return AnswerLine(key, label, HIDDEN, True)
        try:
            value = eyes.open_sealed(str(value["sealed"]), f"{case_id}|{key}")
        except Problem as problem:
            return _unopened(key, label, problem)
    shown = display(spec, value, eyes.region) if spec else str(value)
    kept = shown if revealed else _masked(spec, key, shown)
    return AnswerLine(key, label, kept, kept != shown)


def _unopened(key: str, label: str, problem: Problem) -> AnswerLine:
    """One value that cannot be opened hides no other; without the hub nothing is shown at all."""
    if problem.code == "hub-away":
        raise problem
    return AnswerLine(key, label, HIDDEN, True, f"{problem.cause}{problem.advice}")


def sealed_labels(plain: Plain, catalogue: Catalogue) -> tuple[str, ...]:
    """What of a case is sealed, in the words of its form: what a look at it opens."""
    kind = catalogue.types.get(plain["type"])
    labels = _LABELS | ({field.key: field.label for field in kind.fields} if kind else {})
    form: Plain = plain.get("form", {})
    given = {**form.get("answers", {}), AGENT: _agents_number(form)}
    return tuple(labels.get(k, k) for k, v in given.items() if isinstance(v, Mapping) and "sealed" in v)


def _masked(spec: FieldSpec | None, key: str, shown: str) -> str:
    if key.endswith("_name") and spec is not None and spec.sensitive == "name":
        return masks.name(shown)
    if key == "psn_name":
        return masks.name(shown)
    return masks.mask(shown, spec.sensitive, spec.type) if spec else shown


def _material(told: Plain) -> MaterialLine:
    return MaterialLine(
        told["code"],
        told["name"],
        told["state"],
        told.get("form", ""),
        int(told.get("copies", 0)),
        tuple(told.get("pages", ())),
        told.get("due_on") or "",
    )


def _turn(told: Plain) -> TurnLine:
    clerk, no = told.get("clerk_name", ""), told.get("clerk_no", "")
    who = f"{clerk} {no}".strip() or "系统"
    detail = "" if told["act"] == COVERED else told.get("detail", "")  # there, boxes for a machine
    said = [told.get("reason", ""), detail]
    if told.get("amount") is not None:
        said.append(f"{yuan(told['amount'])} 元")
    if told.get("days"):
        said.append(f"{told['days']} 个工作日")
    at, words = _minute(told["at"]), "；".join(filter(None, said))
    return TurnLine(at, told["name"], who, told.get("desk", ""), words)


def _objection(told: Plain) -> ObjectionLine:
    return ObjectionLine(_minute(told["at"]), told["about"], told["words"], told.get("basis", ""))


def _message(told: Plain) -> MessageLine:
    kind = _MESSAGE_KINDS.get(told["state"], "quiet")
    return MessageLine(told["title"], told["state_name"], told["words"], kind)


def _minute(at: object) -> str:
    return str(at)[:16].replace("T", " ")


def _sum(trial: Trial) -> SumView:
    if trial.because:
        return SumView(because=f"按所填内容不能试算：{trial.because}")
    if trial.missing:
        return SumView(because=f"本地尚未公布：{'、'.join(trial.missing)}。不作试算。")
    lines = tuple(
        SumLine(step.text, "，".join(part for part in (step.effective, step.source) if part))
        for step in trial.result.steps
    )
    return SumView(trial.caption, trial.amount, lines)


def _desks(plain: Plain, eyes: Eyes) -> tuple[str, ...]:
    """Where a case may be transferred: every reviewing desk the packs know, but the one it lies on."""
    known = {desk for kind in eyes.catalogue.types.values() for desk in review_desks(kind.back_office)}
    return tuple(sorted(known - {plain.get("desk", "")}))
