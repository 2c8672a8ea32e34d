"""Typed rows into the frozen values of `model`, with shared parts from `_common.toml` filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from counter_app.catalog.model import (
    Choice,
    FieldSpec,
    Limits,
    MaterialSpec,
    MessageRule,
    Offer,
    Origin,
    PaperRule,
    Question,
    Situation,
    TransactionType,
)
from counter_app.catalog.reading import Finding, Row, Sheet
from counter_app.catalog.shapes import SHAPES

_APART = {"parties", "uses", "closes", "waives", "note"}
_PLAIN = [key.name for key in SHAPES["type"] if ":" not in key.kind and key.name not in _APART]


@dataclass(slots=True)
class Common:
    """What `_common.toml` shares with every type."""

    enums: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    groups: dict[str, tuple[FieldSpec, ...]] = field(default_factory=dict)
    materials: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    party_materials: tuple[MaterialSpec, ...] = ()
    questions: tuple[Question, ...] = ()


def common(sheet: Sheet) -> Common:
    """Read the shared parts."""
    row = sheet.row("common")
    made = Common()
    for name, items in row.get("enum", {}).items():
        made.enums[name] = choices(sheet, items, ("enum", name), made)
    for name, items in row.get("group", {}).items():
        made.groups[name] = _group(sheet, items, ("group", name), made)
    for code, item in row.get("material", {}).items():
        whole = {"code": code, **item} if isinstance(item, Mapping) else item
        made.materials[code] = sheet.row("material", whole, ("material", code)).values
    made.party_materials = tuple(
        material(sheet, item, made, is_named=True) for item in row.get("party_material", ())
    )
    made.questions = _questions(row.get("questions", ()))
    return made


def _group(sheet: Sheet, items: Any, path: tuple[str | int, ...], shared: Common) -> tuple[FieldSpec, ...]:
    if not isinstance(items, list):
        sheet.fault("bad-type", path, "字段组应当是若干个表")
        return ()
    rows = [sheet.row("field", item, (*path, place)) for place, item in enumerate(items)]
    return tuple(field_spec(sheet, row, shared) for row in rows)


def choices(sheet: Sheet, items: Any, path: tuple[str | int, ...], shared: Common) -> tuple[Choice, ...]:
    """A named enum, or a list of `{ code, label, aliases }`, or plain words that are their own code."""
    if isinstance(items, str):
        if items not in shared.enums:
            sheet.fault("dangling", path, f"没有名为 {items} 的选项表")
        return shared.enums.get(items, ())
    if not isinstance(items, list):
        sheet.fault("bad-type", path, "选项应当是列表或选项表的名称")
        return ()
    made = []
    for place, item in enumerate(items):
        whole = {"code": item, "label": item} if isinstance(item, str) else item
        row = sheet.row("choice", whole, (*path, place))
        made.append(Choice(row.get("code", ""), row.get("label", ""), row.get("aliases", ())))
    _doubles(sheet, "选项", [choice.code for choice in made], path)
    return tuple(made)


def field_spec(sheet: Sheet, row: Row, shared: Common) -> FieldSpec:
    """One question of a form."""
    values = dict(row.values)
    if "choices" in values:
        values["choices"] = choices(sheet, values["choices"], (*row.path, "choices"), shared)
    columns = [field_spec(sheet, column, shared) for column in values.get("columns", ())]
    values["columns"] = tuple(columns)
    spec = FieldSpec(**{"key": "", "label": ""} | values | {"origin": row.origin})
    _check_field(sheet, spec, row.path)
    return spec


def _check_field(sheet: Sheet, spec: FieldSpec, path: tuple[str | int, ...]) -> None:
    if spec.type in {"enum", "multi_enum"} and not spec.choices:
        sheet.fault("no-choices", path, f"{spec.key} 是选择栏，但没有选项")
    if spec.type == "table" and not spec.columns:
        sheet.fault("no-columns", path, f"{spec.key} 是明细表，但没有列")
    if spec.rule is not None and not spec.rule_text:
        sheet.fault("no-rule-text", path, f"{spec.key} 有规则，但没有写不符时的提示（rule_text）")
    _doubles(sheet, "列", [column.key for column in spec.columns], path)


def material(sheet: Sheet, row: Row, shared: Common, is_named: bool = False) -> MaterialSpec:
    """One thing to bring: the shared template of its code with this row's keys over it."""
    code = row.get("code", "")
    values = {**shared.materials.get(code, {}), **row.values}
    if "name" not in values:
        what = "共用材料里没有" if not is_named else "没有写名称的"
        sheet.fault("dangling", row.path, f"{what} {code}，请在此写出 name")
    if values.get("core") and values.get("defer", "no") != "no":
        sheet.fault("core-deferred", row.path, f"{code} 是主要材料，不能容缺")
    return MaterialSpec(**{"code": code, "name": code} | values | {"origin": row.origin})


def transaction(sheet: Sheet, shared: Common, pack: str) -> TransactionType:
    """A whole type from its file."""
    row = sheet.row("type")
    given = {name: row.get(name) for name in _PLAIN if row.get(name) is not None}
    empty = dict.fromkeys(("id", "name", "category", "applicant", "domain", "flow", "offline"), "")
    parties = row.get("parties", ("self",))
    fields = (
        *_used(sheet, row, "uses", shared),
        *(field_spec(sheet, item, shared) for item in row.get("field", ())),
        *_used(sheet, row, "closes", shared),
    )
    own = tuple(material(sheet, item, shared) for item in row.get("material", ()))
    waived = {*row.get("waives", ()), *(item.code for item in own)}
    proofs = tuple(
        item for item in shared.party_materials if item.code not in waived and _concerns(item, parties)
    )
    _waivers(sheet, row, shared)
    _twice(sheet, "栏目", [(spec.key, spec.origin) for spec in fields])
    _twice(sheet, "材料", [(item.code, item.origin) for item in own])
    return TransactionType(
        **{
            **empty,
            **given,
            "plain_name": given.get("plain_name", given.get("name", "")),
            "parties": {party: True for party in parties},
            "fields": fields,
            "materials": (*own, *proofs),
            "situations": situations(sheet, row.get("situations", ())),
            "questions": (*_questions(row.get("questions", ())), *shared.questions),
            "papers": tuple(PaperRule(**item.values) for item in row.get("papers", ()) if item.get("code")),
            "limits": limits(sheet, row.get("limits")),
            "message": message(sheet, row.get("message"), {spec.key for spec in fields}),
            "offered_in": {name: offer(item) for name, item in row.get("offered_in", {}).items()},
            "pack": pack,
            "origin": row.origin,
        }
    )


def _used(sheet: Sheet, row: Row, key: str, shared: Common) -> Iterable[FieldSpec]:
    for place, name in enumerate(row.get(key, ())):
        if name not in shared.groups:
            sheet.fault("dangling", (key, place), f"没有名为 {name} 的字段组")
        yield from shared.groups.get(name, ())


def _waivers(sheet: Sheet, row: Row, shared: Common) -> None:
    known = {item.code for item in shared.party_materials}
    for place, code in enumerate(row.get("waives", ())):
        if code not in known:
            sheet.fault("dangling", ("waives", place), f"没有代办材料 {code}")


def _concerns(spec: MaterialSpec, parties: Iterable[str]) -> bool:
    """Whether a proof is asked of anybody who may speak in this type."""
    text = spec.when.text if spec.when is not None else ""
    return any(f"'{party}'" in text for party in parties)


def situations(sheet: Sheet, rows: Iterable[Row]) -> tuple[Situation, ...]:
    """The variants of a type."""
    made = tuple(Situation(**{"code": "", "name": ""} | row.values) for row in rows)
    _doubles(sheet, "情形", [situation.code for situation in made], ("situations",))
    return made


def _questions(rows: Iterable[Row]) -> tuple[Question, ...]:
    return tuple(Question(row.get("name", ""), row.get("text", "")) for row in rows)


def message(sheet: Sheet, row: Row | None, keys: set[str]) -> MessageRule | None:
    """What a core platform is told, None = nothing."""
    if row is None or not row.get("send"):
        return None
    for key in row.get("each", ()):
        if key not in keys:
            sheet.fault("dangling", row.path, f"没有名为 {key} 的栏目")
    return MessageRule(**row.values)


def offer(row: Row) -> Offer:
    """How a region offers it."""
    return Offer(row.get("mode", "办"), row.get("level", ""), row.get("to", ""))


def limits(sheet: Sheet, row: Row | None) -> Limits:
    """Time limits; `promised` is `region = days` or `region = { situation = days }`."""
    if row is None:
        return Limits()
    promised: dict[tuple[str, str], int] = {}
    for region, days in row.get("promised", {}).items():
        for situation, count in (days if isinstance(days, Mapping) else {"": days}).items():
            if isinstance(count, int) and not isinstance(count, bool) and count >= 0:
                promised[region, situation] = count
            else:
                sheet.fault("bad-type", (*row.path, "promised", region), "时限应当是不小于 0 的整数")
    basis, reference = row.get("statutory_basis", ""), row.get("reference", "")
    return Limits(row.get("statutory"), basis, promised, reference)


def _twice(sheet: Sheet, what: str, items: list[tuple[str, Origin]]) -> None:
    seen: set[str] = set()
    for name, origin in items:
        if name in seen:
            sheet.findings.append(Finding(origin.file, origin.line, "double", f"{what} {name} 出现了两次"))
        seen.add(name)


def _doubles(sheet: Sheet, what: str, names: list[str], path: tuple[str | int, ...]) -> None:
    for name in sorted({name for name in names if names.count(name) > 1}):
        place = len(names) - 1 - names[::-1].index(name)
        sheet.fault("double", (*path, place), f"{what} {name} 出现了两次")
