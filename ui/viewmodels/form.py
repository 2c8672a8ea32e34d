"""A case as a form: which rows, in which places, and the call each one's text becomes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from counter_app.domain.value import Value
from counter_app.services.visit_view import CaseView, ChoiceView, FieldView, ProblemView
from ui.viewmodels.choices import YES_NO
from ui.viewmodels.edits import Call

SITUATION = "@situation"
ASK = "@ask:"
FOLD = "@fold:"
FOLD_FROM = 4  # rows; fewer are not worth folding
GROUPS: Mapping[str, str] = {
    "other": "对方信息",
    "agent": "代办人",
    "person": "办理人",
    "bank": "收款账户",
    "account": "收款账户",
    "employer": "单位信息",
    "contact": "联系方式",
}
PLACEHOLDERS: Mapping[str, str] = {
    "date": "如 20261122",
    "month": "如 202611",
    "datetime": "如 20261122 0930",
    "money": "0.00",
    "phone": "手机或座机",
    "cert_no": "18 位证件号码",
    "uscc": "18 位统一社会信用代码",
    "bank_card": "12 至 30 位账号",
    "ratio": "0 至 1",
}


class Place(Value, frozen=True):
    """Where one row of the form stands. `span` is 1 or the number of columns."""

    line: int
    column: int
    span: int


def fields_to_show(case: CaseView) -> tuple[FieldView, ...]:
    """The situation first, then the fields, then the clerk's questions: all rows of one kind."""
    rows: list[FieldView] = []
    if len(case.situations) > 1:
        value = next((c.label for c in case.situations if c.code == case.situation), "")
        rows.append(
            FieldView(
                SITUATION,
                "办理情形",
                "enum",
                case.situation,
                value,
                True,
                choices=case.situations,
                doubt=case.situation_doubt,
            )
        )
    rows += case.fields
    for question in case.questions:
        rows.append(
            FieldView(
                ASK + question.name,
                question.text,
                "bool",
                question.answer,
                wide=True,
                required=True,
                group="@ask",
                doubt=question.doubt,
            )
        )
    return tuple(rows)


def first_open(fields: Sequence[FieldView]) -> FieldView | None:
    """The row to start at: the first that is asked for and empty, else the first that may be edited.

    An empty list right before it comes first: a hospital out of the list spares its name being typed.
    """
    rows = [field for field in fields if field.editable and field.type != "fold"]
    asked = [n for n, f in enumerate(rows) if f.required and not f.value and not f.rows]
    if not asked:
        return rows[0] if rows else None
    before = rows[asked[0] - 1] if asked[0] else None
    goal = rows[asked[0]]
    is_list = before is not None and before.type == "institution_code" and not before.value
    return before if is_list and goal.type == "text" else goal


def folded(fields: Sequence[FieldView], opened: Collection[str]) -> tuple[FieldView, ...]:
    """The same rows with every group that is wholly known drawn together into one line.

    A group folds when nobody has to look at it: filled by card or hub, nothing required is empty,
    nothing is wrong. The line's value is what it holds, in one sentence.
    """
    groups: dict[str, list[FieldView]] = {}
    for field in fields:
        groups.setdefault(field.group, []).append(field)
    found: list[FieldView] = []
    for field in fields:
        members = groups[field.group]
        if field.group in opened or not _is_known(members):
            found.append(field)
        elif field is members[0]:
            said = "　".join(f"{m.label} {m.display or m.value}" for m in members if m.value)
            words = group_words(field.group)
            found.append(FieldView(FOLD + field.group, words, "fold", said, wide=True, group=field.group))
    return tuple(found)


def _is_known(members: Sequence[FieldView]) -> bool:
    filled = [m for m in members if m.value]
    return (
        bool(group_words(members[0].group))
        and len(members) >= FOLD_FROM
        and len(filled) * 2 >= len(members)
        and all(m.source in ("card", "hub", "earlier") for m in filled)
        and not any(m.problem or (m.required and not m.value) or m.type == "table" for m in members)
        and not any(m.doubt for m in members)
    )


def call_for(key: str, text: str) -> Call:
    """The verb a row's text becomes."""
    if key == SITUATION:
        return lambda visit: visit.set_situation(text)
    if key.startswith(ASK):
        return lambda visit: visit.ask(key[len(ASK) :], text == "yes")
    return lambda visit: visit.set_field(key, text)


def cell_call(key: str, row: int, column: str, text: str) -> Call:
    """The verb one cell's text becomes."""
    return lambda visit: visit.set_cell(key, row, column, text)


def choices_of(field: FieldView) -> tuple[ChoiceView, ...]:
    """What may be chosen; yes and no where nothing else is said."""
    return YES_NO if field.type == "bool" else field.choices


# Names of hospitals and diagnoses are told apart by their ends: they get a line of their own.
LONG_TYPES = ("table", "multi_enum", "icd", "institution_code")


def places(
    fields: Sequence[FieldView], columns: int
) -> tuple[tuple[Place, ...], tuple[tuple[int, str], ...]]:
    """A place for each field, and the lines where a group's heading stands with its words."""
    groups = [field.group for field in fields]
    headed = len(set(groups) - {"@ask"}) > 1
    found: list[Place] = []
    heads: list[tuple[int, str]] = []
    line, column, group = 0, 0, groups[0] if groups else ""
    if headed and group_words(group) and not fields[0].key.startswith(FOLD):
        heads.append((0, group_words(group)))
        line = 1
    for field in fields:
        if field.group != group:
            group = field.group
            line, column = (line + 1, 0) if column else (line, 0)
            if headed and group_words(group) and not field.key.startswith(FOLD):
                heads.append((line, group_words(group)))
                line += 1
        wide = field.wide or field.type in LONG_TYPES
        if wide and column:
            line, column = line + 1, 0
        found.append(Place(line, column, columns if wide else 1))
        column = columns if wide else column + 1
        if column >= columns:
            line, column = line + 1, 0
    return tuple(found), tuple(heads)


def group_words(group: str) -> str:
    """The heading of a group; codes nobody has named have none."""
    return GROUPS.get(group, "" if group.isascii() else group)


def cell_problems(problems: Sequence[ProblemView], key: str) -> Mapping[tuple[int, str], ProblemView]:
    """Problems of a table's cells, by row (from 0) and column key."""
    found: dict[tuple[int, str], ProblemView] = {}
    for problem in problems:
        table, at, name = cell_of(problem.where)
        if table == key and name:
            found[(at, name)] = problem
    return found


def cell_of(where: str) -> tuple[str, int, str]:
    """Table, row (from 0) and column of a place: `key.0.column`, or `key[1].column` counted from 1."""
    match = re.fullmatch(r"(.+?)(?:\.(\d+)|\[(\d+)\])\.(\w+)", where)
    if match is None:
        return where, 0, ""
    return match[1], int(match[2]) if match[2] else int(match[3]) - 1, match[4]


def total(rows: Sequence[Sequence[str]], at: int) -> int | None:
    """The sum of a column of amounts in 分; None when one of them is no amount."""
    amount = 0
    for row in rows:
        text = row[at].replace(",", "").replace("¥", "").replace("元", "").strip()
        whole, _, part = text.partition(".")
        if not text:
            continue
        if not whole.isdecimal() or len(part) > 2 or not (part or "0").isdecimal():
            return None
        amount += int(whole) * 100 + int((part + "00")[:2])
    return amount


def yuan(amount: int) -> str:
    """分 as `¥1,234.50`."""
    sign, amount = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}¥{amount // 100:,}.{amount % 100:02d}"


def problem_line(problem: ProblemView, label: str = "") -> str:
    """One line for a refusal: the same words in the summary and beside the field."""
    said = f"{problem.title}：{problem.advice}" if problem.advice else problem.title
    return f"{label}　{said}" if label else said
