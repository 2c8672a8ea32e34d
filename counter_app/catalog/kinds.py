"""What the names of a condition stand for, and whether its parts fit together."""

from __future__ import annotations

from collections.abc import Mapping

from counter_app.catalog.grammar import Chain, Compare, Known, Literal, Name, Node, Shift
from counter_app.domain.value import Value

_ORDERED = {"number", "money", "date", "month"}


class Kind(Value, frozen=True):
    """What a name stands for: `type` (text number money date month bool list) and its codes, if few."""

    type: str
    choices: frozenset[str] = frozenset()


def faults(node: Node, known: Mapping[str, Kind]) -> tuple[str, ...]:
    """What is wrong with a condition where these names are known, in the words of `catalog check`."""
    found: list[str] = []
    kind = _kind(node, known, found)
    if not found and kind.type not in {"bool", "?"}:
        found.append("整个表达式应当是真假，不是值")
    return tuple(dict.fromkeys(found))


def _kind(node: Node, known: Mapping[str, Kind], faults: list[str]) -> Kind:
    if isinstance(node, Literal):
        return Kind(node.type)
    if isinstance(node, Name):
        if node.path not in known:
            faults.append(f"没有这个名称：{node.path}")
        return known.get(node.path, Kind("?"))
    if isinstance(node, Shift):
        return _shifted(node, known, faults)
    if isinstance(node, Compare):
        _check_compare(node, known, faults)
    elif isinstance(node, Known):
        _kind(node.base, known, faults)
    else:
        _check_parts(node.parts if isinstance(node, Chain) else (node.base,), known, faults)
    return Kind("bool")


def _check_parts(parts: tuple[Node, ...], known: Mapping[str, Kind], faults: list[str]) -> None:
    if any(_kind(part, known, faults).type not in {"bool", "?"} for part in parts):
        faults.append("and、or、not 只能连接真假")


def _shifted(node: Shift, known: Mapping[str, Kind], faults: list[str]) -> Kind:
    base = _kind(node.base, known, faults)
    if base.type not in {"date", "month", "?"} or (base.type == "month" and node.unit == "d"):
        faults.append("只有日期可以加减天、月、年，月份只能加减月、年")
    return base


def _check_compare(node: Compare, known: Mapping[str, Kind], faults: list[str]) -> None:
    left, right = _kind(node.left, known, faults), _kind(node.right, known, faults)
    if "?" in {left.type, right.type}:
        return
    wanted = right.type
    if node.op == "in":
        if not wanted.startswith("list"):
            faults.append("in 的右边应当是列表")
            return
        wanted = wanted.partition(":")[2] or "text"
    if left.type != wanted:
        hint = "，金额请写成 300元" if {left.type, wanted} == {"money", "number"} else ""
        faults.append(f"{left.type} 与 {wanted} 不能比较{hint}")
    elif node.op in {"<", "<=", ">", ">="} and wanted not in _ORDERED:
        faults.append(f"{wanted} 不能比大小")
    _check_codes(node.right, left, faults)
    _check_codes(node.left, right, faults)


def _check_codes(node: Node, against: Kind, faults: list[str]) -> None:
    if not isinstance(node, Literal) or not against.choices:
        return
    values = node.value if isinstance(node.value, tuple) else (node.value,)
    strange = [str(value) for value in values if value not in against.choices]
    if strange:
        faults.append(f"选项里没有 {'、'.join(strange)}")
