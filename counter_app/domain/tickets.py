"""Tickets as the hub knows them and the desk shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TicketState(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    MISSED = "missed"
    DONE = "done"
    CANCELLED = "cancelled"


STATE_NAMES: dict[TicketState, str] = {
    TicketState.WAITING: "等候中",
    TicketState.CALLED: "已叫号",
    TicketState.SERVING: "办理中",
    TicketState.PARKED: "已挂起",
    TicketState.MISSED: "已过号",
    TicketState.DONE: "已办结",
    TicketState.CANCELLED: "已取消",
}


class TicketClass(StrEnum):
    """Why somebody may be called earlier; how much earlier is `queueing.rules`."""

    ORDINARY = "ordinary"
    ELDERLY = "elderly"
    DISABLED = "disabled"
    MATERNITY = "maternity"
    MILITARY = "military"
    GREEN = "green"
    BOOKED = "booked"


CLASS_NAMES: dict[TicketClass, str] = {
    TicketClass.ORDINARY: "普通",
    TicketClass.ELDERLY: "老年人",
    TicketClass.DISABLED: "残疾人",
    TicketClass.MATERNITY: "孕产妇",
    TicketClass.MILITARY: "军人",
    TicketClass.GREEN: "绿色通道",
    TicketClass.BOOKED: "预约",
}


@dataclass(frozen=True, slots=True)
class Ticket:
    """One number in the line. `klass` is a TicketClass value, `note` travels along."""

    ticket_id: str
    number: str
    group: str
    klass: str
    state: TicketState
    taken_at: datetime
    due_key: int = 0
    window: str = ""
    called_at: datetime | None = None
    recalls: int = 0
    person_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LineState:
    """What the top bar says about the line. `longest_ms` is the longest wait now, in ms."""

    waiting: int = 0
    priority: int = 0
    longest_ms: int = 0
