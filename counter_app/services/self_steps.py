"""A case as single questions, from the same fields, materials and questions as the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from counter_app.catalog.model import TransactionType
from counter_app.services.self_view import Step
from counter_app.services.visit_view import CaseView, FieldView, MaterialView

KNOWN = ("card", "hub", "earlier")  # nobody is asked what a card, the hub or an earlier case has said
OTHER = "other"  # the group of fields about the second person of a pair
SITUATION, OTHER_CARD = "@situation", "@other"
# What only a clerk or a supervisor can answer; unanswered, each means the careful way.
CLERKS = frozenset({"shared_kin", "shared_person", "late_agreed", "licence", "poa_instead"})
# What the one who showed a document is not asked about themselves.
BEARER = frozenset({"bearer_name", "bearer_tel"})
BY_IDENTITY = frozenset({"M_TAKERID"})  # shown by showing one's document at all
# What a kiosk cannot take in: a paper that somebody has to look at, and no promise may stand for.
SIGNED = "signed_form"
BY_COMMIT = "by_commit"  # the field of a form that replaces papers by a commitment


def steps_of(kind: TransactionType, case: CaseView) -> tuple[Step, ...]:
    """Every question of a case in order, whether answered or not; what is known already is not asked."""
    asked = {spec.key: spec.plain_label or "" for spec in kind.fields}
    return (*_situation(case), *_fields(kind, case, asked), *_questions(case), *_materials(kind, case))


def notices_of(kind: TransactionType, steps: Sequence[Step]) -> tuple[str, ...]:
    """What a matter wants told before it is handed in; nothing where it stands beside what is signed."""
    return () if any(step.notices for step in steps) else kind.notices


def _situation(case: CaseView) -> Iterator[Step]:
    if len(case.situations) > 1:
        words = next((c.label for c in case.situations if c.code == case.situation), "")
        told = FieldView(SITUATION, "办理情形", "enum", case.situation, words, True, choices=case.situations)
        yield Step("situation", SITUATION, "您是哪一种情况？", told)


def _fields(kind: TransactionType, case: CaseView, asked: Mapping[str, str]) -> Iterator[Step]:
    wanted = [one for one in case.fields if is_asked(one)]
    if kind.principals == "pair" and any(one.group == OTHER for one in wanted):
        yield Step("other", OTHER_CARD, "请把家人的身份证放到感应区", hint="也可以扫家人手机上的医保码。")
    for one in wanted:
        if one.type == "table":
            yield from _table(one, asked.get(one.key, ""))
        else:
            yield Step("field", one.key, asked.get(one.key, "") or question(one), one, hint=one.hint)


def is_asked(one: FieldView) -> bool:
    """Whether somebody has to answer: it is wanted or was answered wrongly, and nobody else has said it."""
    if not one.editable or (one.key in BEARER and one.value):
        return False
    if one.problem is not None and one.problem.code != "field-required":
        return True
    return one.required and not (one.value and one.source in KNOWN)


def question(one: FieldView) -> str:
    """A field's label as a question."""
    label = one.label.rstrip("：:？?")
    if one.type == "bool":
        return f"{label}，是吗？"
    if one.type == "date":
        return f"{label}是哪一天？"
    verb = "请选择" if one.choices else "请填写"
    return f"{verb}{label}"


def _table(one: FieldView, plain: str) -> Iterator[Step]:
    """A list, row by row and cell by cell; after each row it is asked whether there is another."""
    title = plain or one.label
    for row in range(max(1, len(one.rows))):
        for nth, column in enumerate(one.columns):
            if not column.required:
                continue
            value = one.rows[row][nth] if row < len(one.rows) else ""
            cell = FieldView(
                column.key, column.label, column.type, value, value, True, choices=column.choices
            )
            where = f"{one.key}[{row + 1}].{column.key}"
            words = f"{title}，第 {row + 1} 项：{question(column)}"
            yield Step("cell", where, words, cell, row=row, column=column.key, hint=one.key)
    yield Step("more", f"{one.key}[{len(one.rows) + 1}]", f"{title}，还有下一项吗？", row=len(one.rows))


def _questions(case: CaseView) -> Iterator[Step]:
    for one in case.questions:
        if one.name in CLERKS:
            continue
        told = FieldView(one.name, one.text, "bool", one.answer, required=True)
        yield Step("ask", f"@ask:{one.name}", one.text, told)


def _materials(kind: TransactionType, case: CaseView) -> Iterator[Step]:
    # What is signed comes last: nothing said afterwards may change what the name stands under.
    for one in sorted(case.materials, key=lambda one: one.form == SIGNED):
        if one.code in BY_IDENTITY and one.state == "received":
            continue
        if one.required and one.state in ("missing", "deferred", "committed", "received"):
            told = kind.notices if one.form == SIGNED else ()
            where, title = f"material:{one.code}", material_title(one)
            yield Step("material", where, title, material=one, ways=ways_with(one, case), notices=told)


def material_title(one: MaterialView) -> str:
    """What is asked about a material a kiosk cannot read by itself."""
    if one.form == SIGNED:
        return f"请看清楚，同意后签收：{one.name}"
    return f"还要一份材料：{one.name}"


def ways_with(one: MaterialView, case: CaseView) -> tuple[str, ...]:
    """What somebody at a kiosk can do about a material: sign promise commit defer window, best first.

    To promise is to do the whole matter by a written commitment instead of papers, where the form offers it.
    """
    ways = ["sign"] if one.form == SIGNED else []
    if one.form != SIGNED and any(f.key == BY_COMMIT and f.value != "yes" for f in case.fields):
        ways.append("promise")
    ways += ["commit"] if one.can_commit else []
    ways += ["defer"] if one.can_defer == "yes" else []
    return (*ways, "window")
