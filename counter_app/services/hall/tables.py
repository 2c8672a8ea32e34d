"""Statistics of the hall as tables, each with its plot. By window, type and hour, never by clerk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from counter_app.domain.tickets import CLASS_NAMES
from counter_app.domain.value import Value
from counter_app.services.hall.sentences import bare

SPANS = (("today", "今天"), ("week", "近 7 天"), ("month", "近 30 天"), ("quarter", "近 90 天"))
_DAYS = {"today": 1, "week": 7, "month": 30, "quarter": 90}
NOTHING = "—"
TOTAL = "合计"
NOTE = (
    "等候：取号到最后一次叫号；办理：开始办理到办结。单位分钟，半数以内、九成以内、最长。"
    "按窗口、事项、时段统计，不按柜员排名。"
)
Line = tuple[str | int, ...]


class Bars(Value, frozen=True):
    """What a plot shows: one bar a line, `value` its length; `second` a mark on it (None = none)."""

    unit: str
    value: int
    second: int | None = None
    value_name: str = ""
    second_name: str = ""


class HallTable(Value, frozen=True):
    """One table: `headings` name the columns of `lines`; the first is the label of a bar.

    `minutes` are the columns that count minutes; the others count people or cases.
    """

    id: str
    title: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    bars: Bars
    span: str = ""
    note: str = NOTE
    minutes: tuple[int, ...] = ()


_HEADINGS = ("取号", "办结", "过号", "取消", "等候半数", "等候九成", "等候最长", "办理半数", "办理九成")
_MIN = ("wait_median_ms", "wait_p90_ms", "wait_max_ms", "service_median_ms", "service_p90_ms")


def span_of(name: str, today: date) -> tuple[date, date]:
    """The first and last day of a span that ends today."""
    return today - timedelta(days=_DAYS[name] - 1), today


def tables(
    told: Mapping[str, Any], types: Mapping[str, str], groups: Mapping[str, str]
) -> tuple[HallTable, ...]:
    """Every table of one answer of the hub; `types` and `groups` are names by code."""
    span = f"{told['first']} 至 {told['last']}" if told["first"] != told["last"] else str(told["first"])
    classes = {str(klass): name for klass, name in CLASS_NAMES.items()}
    made = [
        ("windows", "各窗口", "窗口", lambda key: f"{bare(key)} 号窗口", Bars("件", 2, None, "办结")),
        ("hours", "各时段", "取号时段", _hour, Bars("人", 1, None, "取号")),
        ("groups", "各业务组", "业务组", lambda key: groups.get(key, key), _WAITS),
        ("classes", "各类人群", "人群", lambda key: classes.get(key, key), _WAITS),
        ("days", "逐日", "日期", lambda key: key, Bars("人", 1, None, "取号")),
    ]
    found = [_table(id_, title, first, name, bars, told, span) for id_, title, first, name, bars in made]
    return (_types(told, types, span), *found)


_WAITS = Bars("分钟", 5, 6, "等候半数", "等候九成")


def _table(
    id_: str,
    title: str,
    first: str,
    name: Callable[[str], str],
    bars: Bars,
    told: Mapping[str, Any],
    span: str,
) -> HallTable:
    rows: Sequence[Mapping[str, Any]] = told[id_]
    lines = [_line(name(row["key"]), row) for row in rows]
    if lines:
        lines.append(_line(TOTAL, told["total"]))
    minutes = tuple(range(len(_HEADINGS) - len(_MIN) + 1, len(_HEADINGS) + 1))
    return HallTable(id_, title, (first, *_HEADINGS), tuple(lines), bars, span, minutes=minutes)


def _line(label: str, row: Mapping[str, Any]) -> Line:
    counted = (row["taken"], row["done"], row["missed"], row["cancelled"])
    return (label, *counted, *(_minutes(row[name]) for name in _MIN))


def _types(told: Mapping[str, Any], types: Mapping[str, str], span: str) -> HallTable:
    rows = told["types"]
    lines: list[Line] = [(types.get(row["key"], row["key"]), row["key"], row["accepted"]) for row in rows]
    if lines:
        lines.append((TOTAL, "", sum(int(row["accepted"]) for row in rows)))
    note = "受理件数，按受理日；一次来访可有多件。"
    bars = Bars("件", 2, None, "受理")
    return HallTable("types", "各事项", ("事项", "编码", "受理"), tuple(lines), bars, span, note)


def _hour(key: str) -> str:
    return f"{int(key)}–{int(key) + 1} 时"


def _minutes(value: int | None) -> str | int:
    return NOTHING if value is None else round(value / 60_000)
