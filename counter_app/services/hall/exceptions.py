"""异常处置: what did not fit when records came in, as a manager sees and settles it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.domain.exceptions import BACK, HELD, ways_of
from counter_app.domain.value import Value
from counter_app.services.hall.orders import Choice, Offer

REASONS = ("已对照原件核实", "已电话告知本人", "已与原窗口核对", "已通知信息人员")
HELD_REASONS = ("已与受理单逐件核对", "已与原经办人当面核实", "记录与纸质材料不符", "报失期间有人动用过")
BACK_REASONS = ("设备已找回并当面核对", "已与原使用人核实", "来历不明", "报失期间有人动用过")


class ExceptionRow(Value, frozen=True):
    """One disagreement. `id` is `event|code`; nobody is named, the number leads to the case."""

    id: str
    number: str
    type: str
    title: str
    detail: str
    task: str
    at: str


def exception_row(plain: Mapping[str, Any], types: Mapping[str, str]) -> ExceptionRow:
    """A row as the hub tells it."""
    return ExceptionRow(
        f"{plain['event_id']}|{plain['code']}",
        str(plain["number"]),
        types.get(str(plain["type"]), str(plain["type"])),
        str(plain["title"]),
        str(plain["detail"]),
        str(plain["task"]),
        str(plain["at"]),
    )


def for_exception(row: ExceptionRow) -> tuple[Offer, ...]:
    """Settling it: which way it went, and why."""
    code = row.id.rpartition("|")[2]
    ways = tuple(Choice(way, words) for way, words in ways_of(code).items())
    reasons = {HELD: HELD_REASONS, BACK: BACK_REASONS}.get(code, REASONS)
    about = f"{row.number[-8:]} {row.title}".strip()
    return (Offer("settle", "处置", row.id, about, ways, reasons=reasons, hint="核实的情况"),)
