"""`catalog check`: everything that is wrong with a pack, with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from counter_app.catalog import flows
from counter_app.catalog.conditions import Expression
from counter_app.catalog.kinds import Kind
from counter_app.catalog.model import FieldSpec, Origin, TransactionType
from counter_app.catalog.names import known_names, region_names, row_names
from counter_app.catalog.packs import Reading, read
from counter_app.catalog.papers import PAPERS
from counter_app.catalog.reading import Finding
from counter_app.catalog.shapes import STAGES

DESKS = (
    "参保征缴岗",
    "待遇审核岗",
    "异地业务岗",
    "慢特病岗",
    "生育待遇岗",
    "医疗救助岗",
    "长护岗",
    "两定管理岗",
)
OTHER_DESKS = ("基金财务岗", "稽核岗", "值班主管", "定点医疗机构", "定点护理机构", "税务", "人社", "专家组")
_WITH_BACK_OFFICE = frozenset({"timed", "payment", "expert", "site", "transfer", "task"})


def check(folder: Path | None = None) -> tuple[Finding, ...]:
    """Every fault of a folder (or of the packs that ship), sorted by file and line."""
    reading = read(folder)
    return tuple(sorted({*reading.findings, *examine(reading)}))


def examine(reading: Reading) -> Iterator[Finding]:
    """Faults that show only when everything has been read."""
    of_regions = region_names(reading.regions.values())
    for type_ in reading.types.values():
        known = known_names(type_, of_regions)
        yield from _expressions(type_, known)
        yield from _order(type_)
        yield from _steps(type_, reading)
        yield from _papers(type_, reading)
        yield from _regions(type_, reading)
    yield from _aliases(reading)
    yield from _windows(reading)


def _finding(origin: Origin, code: str, text: str) -> Finding:
    return Finding(origin.file, origin.line, code, text)


def _expressions(type_: TransactionType, known: Mapping[str, Kind]) -> Iterator[Finding]:
    for spec in type_.fields:
        yield from _faults(spec.when, known)
        yield from _faults(spec.rule, known)
        for column in spec.columns:
            yield from _faults(column.rule, row_names(spec))
    for material in type_.materials:
        yield from _faults(material.when, known)
    for situation in type_.situations:
        yield from _faults(situation.when, known)


def _faults(expression: Expression | None, known: Mapping[str, Kind]) -> Iterator[Finding]:
    if expression is not None:
        for text in expression.faults(known):
            yield _finding(expression.origin, "bad-expression", f"{expression.text}：{text}")


def _order(type_: TransactionType) -> Iterator[Finding]:
    """A field may depend only on fields above it, so that a form never jumps back."""
    seen: set[str] = set()
    for spec in type_.fields:
        for name in _form_keys(spec):
            if name not in seen and any(other.key == name for other in type_.fields):
                text = f"{spec.key} 的出现条件用到了它之后的 {name}"
                yield _finding(spec.when.origin if spec.when else spec.origin, "unreachable", text)
        seen.add(spec.key)


def _form_keys(spec: FieldSpec) -> list[str]:
    names = spec.when.names if spec.when is not None else frozenset()
    return sorted(name.split(".")[1] for name in names if name.startswith("form."))


def _steps(type_: TransactionType, reading: Reading) -> Iterator[Finding]:
    origin, desks = reading.at(type_, "flow"), type_.back_office
    flow = flows.FLOWS.get(type_.flow)
    if flow is None:
        yield _finding(origin, "dangling", f"没有流程 {type_.flow}")
        return
    for text in flows.check(flow):
        yield _finding(origin, "unreachable-step", text)
    for place, desk in enumerate(desks):
        if desk not in (*DESKS, *OTHER_DESKS):
            yield _finding(reading.at(type_, "back_office", place), "dangling", f"没有岗位 {desk}")
    if desks and type_.flow not in _WITH_BACK_OFFICE:
        text = f"流程 {type_.flow} 没有后台环节，{desks[0]} 走不到"
        yield _finding(reading.at(type_, "back_office"), "unreachable-step", text)
    if not desks and type_.flow in _WITH_BACK_OFFICE:
        yield _finding(origin, "unreachable-step", f"流程 {type_.flow} 要有后台岗（back_office）")


def _papers(type_: TransactionType, reading: Reading) -> Iterator[Finding]:
    for place, rule in enumerate(type_.papers):
        origin = reading.at(type_, "papers", place)
        if rule.code not in PAPERS:
            yield _finding(origin, "missing-paper", f"没有文书 {rule.code}")
        if rule.when not in STAGES:
            yield _finding(origin, "missing-paper", f"文书 {rule.code} 的时点 {rule.when} 不存在")
    for item in type_.materials:
        if item.commit and not item.commit_text:
            yield _finding(item.origin, "missing-paper", f"可承诺的 {item.code} 没有承诺内容（commit_text）")


def _regions(type_: TransactionType, reading: Reading) -> Iterator[Finding]:
    codes = {"", *(situation.code for situation in type_.situations)}
    for region, situation in type_.limits.promised:
        if region not in reading.regions:
            yield _finding(reading.at(type_, "limits", "promised", region), "dangling", f"没有地区 {region}")
        if situation not in codes:
            yield _finding(type_.origin, "dangling", f"{region} 的承诺时限指向没有的情形 {situation}")
    for region in type_.offered_in:
        if region not in reading.regions:
            yield _finding(reading.at(type_, "offered_in", region), "dangling", f"没有地区 {region}")
    statutory = type_.limits.statutory
    if statutory is not None and not type_.limits.statutory_basis:
        yield _finding(reading.at(type_, "limits", "statutory"), "no-basis", "法定时限没有写依据")


def _aliases(reading: Reading) -> Iterator[Finding]:
    """An id, old or new, leads to one type only."""
    owner = {type_id: type_id for type_id in reading.types}
    for type_ in reading.types.values():
        olds = [alias for alias in type_.aliases if _is_id(alias)]
        olds += [alias for situation in type_.situations for alias in situation.aliases if _is_id(alias)]
        for old in olds:
            if owner.get(old, type_.id) != type_.id:
                yield _finding(type_.origin, "double", f"旧编号 {old} 已属于别的事项")
            owner[old] = type_.id


def _is_id(word: str) -> bool:
    return len(word) == 4 and word[:2].isascii() and word[:2].isalpha() and word[2:].isdecimal()


def _windows(reading: Reading) -> Iterator[Finding]:
    """In every region each domain that is offered has windows."""
    for region in reading.regions.values():
        served = {domain for group in region.groups for domain in group.domains}
        file = f"regions/{region.id}"
        for type_ in reading.types.values():
            offer = type_.offered_in.get(region.id)
            if type_.domain not in served and (offer is None or offer.mode in {"办", "代收转"}):
                yield Finding(file, 1, "dangling", f"{type_.id} 的业务域“{type_.domain}”没有窗口")
        if not region.groups:
            yield Finding(file, 1, "dangling", "没有窗口组")
