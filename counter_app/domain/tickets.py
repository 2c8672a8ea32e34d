"""Tickets as the hub knows them and the desk shows them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from counter_app.domain.value import Value

_TICKET_IDS = uuid.UUID("6f6e6577-696e-646f-7720-7469636b6574")  # the namespace "onewindow ticket"


ELDER_AGE = "hall.elder_age"  # parameter of a region: from which age, in years, somebody is 老年人
ELDER_DEFAULT = 60


class TicketState(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    MISSED = "missed"
    DONE = "done"
    CANCELLED = "cancelled"
    CARRIED = "carried"


STATE_NAMES: dict[TicketState, str] = {
    TicketState.WAITING: "等候中",
    TicketState.CALLED: "已叫号",
    TicketState.SERVING: "办理中",
    TicketState.PARKED: "已挂起",
    TicketState.MISSED: "已过号",
    TicketState.DONE: "已办结",
    TicketState.CANCELLED: "已取消",
    TicketState.CARRIED: "已保留到他日",
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


# How somebody has to be spoken to; chosen at the kiosk or the guide desk, seen at the window.
NEEDS: dict[str, str] = {
    "hearing": "听障",
    "sight": "视障",
    "reading": "不识字",
    "language": "民族语言",
    "walking": "行动不便",
}


def class_for_age(age: int, elder_age: int) -> TicketClass:
    """老年人 from the region's age on (years), else 普通; whoever has another claim says so."""
    return TicketClass.ELDERLY if age >= elder_age else TicketClass.ORDINARY


def needs_told(needs: Sequence[str]) -> str:
    """Needs in the words of the hall, for a slip or a banner."""
    return "、".join(NEEDS[code] for code in needs if code in NEEDS)


class Ticket(Value, frozen=True):
    """One number in the line. `klass` is a TicketClass value; `note` and `needs` (NEEDS) travel along.

    `why` and `by` tell why and by whom it was last put aside, `helper` who helps (帮办), `reissues`
    how often its slip was printed again, `booking` which appointment it keeps.
    """

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
    needs: tuple[str, ...] = ()
    helper: str = ""
    why: str = ""
    by: str = ""
    reissues: int = 0
    booking: str = ""

    @property
    def is_by_hand(self) -> bool:
        """Whether a window serves it by the number on its slip: the line could not be asked for its id."""
        return not self.ticket_id


class Given(Value, frozen=True):
    """A ticket with what its holder wants to know; minutes low and high until the call.

    `is_spare`: given while the hub was away; how many wait before it nobody knows yet.
    """

    ticket: Ticket
    ahead: int
    low_min: int
    high_min: int
    repeated: bool = False
    is_spare: bool = False


def ticket_id_of(hall: str, request_id: str) -> str:
    """The id of the ticket a request gets: known to the asker before the hub has answered."""
    return str(uuid.uuid5(_TICKET_IDS, f"{hall}|{request_id}"))


class Wait(Value, frozen=True):
    """What is said of a number that was given: where it stands, how many before it, minutes low and high."""

    number: str
    state: TicketState
    window: str
    ahead: int
    low_min: int
    high_min: int


class LineState(Value, frozen=True):
    """What the top bar says about the line. `longest_ms` is the longest wait now, in ms."""

    waiting: int = 0
    priority: int = 0
    longest_ms: int = 0
