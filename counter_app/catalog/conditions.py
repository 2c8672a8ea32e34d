"""The one small total language of `when` and `rule`: parsed once, checked at load, then only asked.

A value that is missing is *unknown*. Unknown spreads as in SQL (`unknown or true` is true,
`unknown and false` is false, every comparison with it is unknown), and `holds` takes it as false:
a field nobody has answered never makes another one appear. `is known` asks for the value itself.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from counter_app.catalog import grammar, kinds
from counter_app.catalog.grammar import Chain, Compare, Known, Literal, Name, Node, Not, ParseError, Shift
from counter_app.catalog.kinds import Kind
from counter_app.catalog.model import Origin
from counter_app.domain.value import Value, field
from counter_app.problems import Problem

NOWHERE = Origin()
_OPS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Context(Value, frozen=True):
    """What a condition may look at. Values are canonical (ISO dates as text, money in 分)."""

    today: date
    form: Mapping[str, Any] = field(default_factory=dict)
    person: Mapping[str, Any] = field(default_factory=dict)
    party: Mapping[str, Any] = field(default_factory=dict)
    region: Mapping[str, Any] = field(default_factory=dict)
    ask: Mapping[str, Any] = field(default_factory=dict)
    case: Mapping[str, Any] = field(default_factory=dict)

    def look_up(self, path: str) -> Any:
        """The value behind a name, None when missing or empty."""
        if path == "today":
            return self.today
        if path == "this_month":
            return f"{self.today:%Y-%m}"
        group, _, word = path.partition(".")
        value = getattr(self, group).get(word) if group in _GROUPS else None
        if value is None and "." in word and group in {"form", "person"}:
            value = _derived(getattr(self, group), word)
        return None if value == "" or value == () or value == [] else value


_GROUPS = frozenset({"form", "person", "party", "region", "ask", "case"})


def _derived(values: Mapping[str, Any], word: str) -> Any:
    """Of a table `invoices.count` and the sum `invoices.amount`; of a place its `insuplc.province`."""
    name, _, part = word.partition(".")
    whole = values.get(name)
    if part == "province":
        return whole[:2] if isinstance(whole, str) else None
    if not isinstance(whole, list | tuple):
        return None
    if part == "count":
        return len(whole)
    cells = [row.get(part) for row in whole if isinstance(row, Mapping)]
    return sum(cell for cell in cells if isinstance(cell, int)) if cells else None


class Expression(Value, frozen=True):
    """A parsed condition. `text` is what was written, `origin` where."""

    text: str
    node: Node
    origin: Origin = NOWHERE

    @property
    def names(self) -> frozenset[str]:
        """Every name it looks up."""
        return frozenset(node.path for node in _walk(self.node) if isinstance(node, Name))

    def value(self, context: Context) -> bool | None:
        """True, False, or None for unknown."""
        found = _evaluate(self.node, context)
        return found if isinstance(found, bool) else None

    def holds(self, context: Context) -> bool:
        """Whether it is certainly true."""
        return self.value(context) is True

    def fails(self, context: Context) -> bool:
        """Whether it is certainly false: what a broken rule is."""
        return self.value(context) is False

    def faults(self, known: Mapping[str, Kind]) -> tuple[str, ...]:
        """What is wrong with it where these names are known: dangling names, types that do not fit."""
        return kinds.faults(self.node, known)


def parse(text: str, origin: Origin = NOWHERE) -> Expression:
    """Parse a condition. Raises Problem `pack-broken` at `origin`."""
    try:
        return Expression(text, grammar.parse(text), origin)
    except ParseError as error:
        raise Problem("pack-broken", f"{origin.file}:{origin.line}", f"{text}：{error}") from error


def _walk(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Chain):
        for part in node.parts:
            yield from _walk(part)
    elif isinstance(node, Compare):
        yield from _walk(node.left)
        yield from _walk(node.right)
    elif isinstance(node, Not | Known | Shift):
        yield from _walk(node.base)


# --- asking ---------------------------------------------------------------------------------------


def _evaluate(node: Node, context: Context) -> Any:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Name):
        return context.look_up(node.path)
    if isinstance(node, Known):
        return _evaluate(node.base, context) is not None
    if isinstance(node, Not):
        base = _evaluate(node.base, context)
        return not base if isinstance(base, bool) else None
    if isinstance(node, Chain):
        return _chain(node, context)
    if isinstance(node, Shift):
        return _shift(_evaluate(node.base, context), node)
    return _compare(node.op, _evaluate(node.left, context), _evaluate(node.right, context))


def _chain(node: Chain, context: Context) -> bool | None:
    decisive: bool = node.op == "or"
    is_known = True
    for part in node.parts:
        value = _evaluate(part, context)
        if value is decisive:  # nothing after it can change the answer
            return bool(decisive)
        is_known = is_known and isinstance(value, bool)
    return not decisive if is_known else None


def _compare(op: str, left: Any, right: Any) -> bool | None:
    if left is None or right is None:
        return None
    if op == "in":
        if not isinstance(right, tuple | list | frozenset | set):
            return None
        return any(_compare("==", left, item) for item in right)
    pair = _align(left, right)
    return None if pair is None else _OPS[op](*pair)


def _align(left: Any, right: Any) -> tuple[Any, Any] | None:
    """Bring canonical text and a typed value together; None when they have nothing in common."""
    if isinstance(left, str) and not isinstance(right, str):
        left = _as_type_of(right, left)
    elif isinstance(right, str) and not isinstance(left, str):
        right = _as_type_of(left, right)
    if left is None or right is None or isinstance(left, bool) is not isinstance(right, bool):
        return None
    same = type(left) is type(right) or {type(left), type(right)} <= {int, Decimal}
    return (left, right) if same else None


def _as_type_of(wanted: Any, text: str) -> Any:
    try:
        if isinstance(wanted, date):
            return date.fromisoformat(text[:10])
        if isinstance(wanted, int | Decimal) and not isinstance(wanted, bool):
            return Decimal(text)
    except (ValueError, InvalidOperation):
        return None
    return None


def _shift(value: Any, node: Shift) -> Any:
    is_month = isinstance(value, str) and len(value) == 7
    try:
        start = date.fromisoformat(f"{value}-01" if is_month else str(value)[:10])
        moved = shift_date(start, node.sign * node.count, node.unit)
    except (ValueError, OverflowError):
        return None
    return f"{moved:%Y-%m}" if is_month else moved


def shift_date(start: date, count: int, unit: str) -> date:
    """Move a date by days (d), months (m) or years (y); a day the month lacks becomes its last.

    Raises ValueError or OverflowError outside years 1 to 9999.
    """
    if unit == "d":
        return start + timedelta(days=count)
    months = start.year * 12 + start.month - 1 + count * (12 if unit == "y" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.replace(day=min(start.day, (following - timedelta(days=1)).day))
