"""What a type asks of this person in this situation: fields, materials, refusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.catalog.conditions import Context
from counter_app.catalog.model import FieldSpec, MaterialSpec, Region, Situation, TransactionType
from counter_app.catalog.papers import papers_for
from counter_app.domain.people import Agent, PartyKind, Person
from counter_app.domain.value import replace
from counter_app.problems import Problem

__all__ = [
    "form_problems",
    "needed_materials",
    "offered_situations",
    "papers_for",
    "party_problem",
    "visible_fields",
]

PARTY_WORDS = {
    PartyKind.SELF: "本人",
    PartyKind.GUARDIAN: "监护人",
    PartyKind.KIN: "亲友",
    PartyKind.AGENT: "授权代理人",
    PartyKind.HEIR: "继承人",
    PartyKind.EMPLOYER: "单位经办人",
}


def visible_fields(type_: TransactionType, context: Context) -> tuple[FieldSpec, ...]:
    """The fields to show now, in order. An answer to a hidden field counts as not given."""
    shown: list[FieldSpec] = []
    seen: dict[str, Any] = {}
    so_far = replace(context, form=seen)
    for spec in type_.fields:
        if spec.when is None or spec.when.holds(so_far):
            shown.append(spec)
            if spec.key in context.form:
                seen[spec.key] = context.form[spec.key]
    return tuple(shown)


def offered_situations(type_: TransactionType, context: Context) -> tuple[Situation, ...]:
    """The variants that can be chosen here for this person."""
    return tuple(item for item in type_.situations if item.when is None or item.when.holds(context))


def needed_materials(
    type_: TransactionType,
    situation: str,
    context: Context,
    shown: tuple[FieldSpec, ...] | None = None,
) -> tuple[tuple[MaterialSpec, bool], ...]:
    """What this person has to bring in this situation, each with whether acceptance needs it.

    `shown` are the `visible_fields`, when the caller has them already.
    """
    shown = visible_fields(type_, context) if shown is None else shown
    here = _in_situation(_seen(type_, context, shown), situation)
    return tuple(
        (item, item.required) for item in type_.materials if item.when is None or item.when.holds(here)
    )


def form_problems(
    type_: TransactionType, values: Mapping[str, Any], context: Context, region: Region
) -> tuple[Problem, ...]:
    """Every refusal of a form, in the order of its fields: nothing in a required one, a broken rule.

    `values` are canonical; `context.form` is taken from them. `where` is the field's key, for a cell
    of a table `key[row].column`.
    """
    here = replace(context, form=values)
    found: list[Problem] = []
    shown = visible_fields(type_, here)
    seen = replace(here, form={spec.key: values[spec.key] for spec in shown if spec.key in values})
    for spec in shown:
        value = values.get(spec.key)
        if value is None or value == "" or value == []:
            if spec.required:
                found.append(Problem("field-required", spec.key, spec.label))
            continue
        if spec.type == "table":
            found += _row_problems(spec, value, seen)
        if spec.rule is not None and spec.rule.fails(seen):
            found.append(Problem("field-rule", spec.key, spec.rule_text))
    return tuple(found)


def party_problem(
    type_: TransactionType, kind: str, agent: Agent | None = None, person: Person | None = None
) -> Problem | None:
    """Why this party may not act here, or what is missing of them; None when all is well.

    For a deceased person only heirs may act, and only in types meant for it (ALL-07).
    """
    is_deceased = person is not None and person.deceased_on is not None
    if is_deceased and not (type_.deceased and kind == PartyKind.HEIR):
        return Problem("person-deceased", "party")
    if not type_.parties.get(kind, False):
        return Problem("party-not-allowed", "party", PARTY_WORDS.get(PartyKind(kind), kind))
    if kind == PartyKind.SELF:
        return None
    missing = [label for name, label in _AGENT_NEEDS.items() if not getattr(agent, name, "")]
    return Problem("agent-incomplete", "party", "、".join(missing)) if missing else None


_AGENT_NEEDS = {
    "agnter_name": "姓名",
    "agnter_certno": "证件号码",
    "agnter_tel": "电话",
    "agnter_rlts": "与办理对象的关系",
}


def _row_problems(spec: FieldSpec, rows: Any, context: Context) -> list[Problem]:
    found = []
    for place, row in enumerate(rows, 1):
        for column in spec.columns:
            where = f"{spec.key}[{place}].{column.key}"
            if column.required and row.get(column.key) in (None, ""):
                found.append(Problem("field-required", where, column.label))
            elif column.rule is not None and column.rule.fails(replace(context, form=row)):
                found.append(Problem("field-rule", where, column.rule_text))
    return found


def _seen(type_: TransactionType, context: Context, shown: tuple[FieldSpec, ...]) -> Context:
    """The context with the answers to hidden fields left out."""
    keys = {spec.key for spec in shown}
    own = {spec.key for spec in type_.fields}
    form = {key: value for key, value in context.form.items() if key in keys or key not in own}
    return replace(context, form=form)


def _in_situation(context: Context, situation: str) -> Context:
    return replace(context, case={**context.case, "situation": situation or context.case.get("situation")})
