"""差评回访: what a bad answer sets going — call back, mend, close — and by which days."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from counter_app.domain.value import Value


class FollowUpState(StrEnum):
    """How far somebody has come with a bad answer."""

    OPEN = "open"  # 待回访
    CALLED = "called"  # 已回访，待整改
    MENDED = "mended"  # 已整改，待办结
    CLOSED = "closed"  # 已办结


FOLLOW_UP_NAMES: dict[FollowUpState, str] = {
    FollowUpState.OPEN: "待回访",
    FollowUpState.CALLED: "已回访，待整改",
    FollowUpState.MENDED: "已整改，待办结",
    FollowUpState.CLOSED: "已办结",
}
# act → (from, to); each is done once, in this order, by somebody with a name
ACTS: dict[str, tuple[FollowUpState, FollowUpState]] = {
    "call_back": (FollowUpState.OPEN, FollowUpState.CALLED),
    "mend": (FollowUpState.CALLED, FollowUpState.MENDED),
    "close": (FollowUpState.MENDED, FollowUpState.CLOSED),
}
ACT_NAMES = {"call_back": "回访", "mend": "整改", "close": "办结"}


class Terms(Value, frozen=True):
    """How many working days a place gives itself; the days of the answer itself do not count.

    Zhejiang calls back within 1 day and mends within 15; Sichuan mends within 15 working days and calls
    back everybody. Where a region says nothing these hold.
    """

    call_back_days: int = 1
    mend_days: int = 15


class FollowUp(Value, frozen=True):
    """One bad answer on its way to being put right. `number` is the case's printed number, "" unknown.

    `task` is the number of the FW06 case that was opened for it, "" before.
    """

    id: str
    case_id: str
    number: str
    level: int
    indicators: tuple[str, ...]
    opened_on: date
    call_back_by: date
    mend_by: date
    state: FollowUpState = FollowUpState.OPEN
    called_at: str = ""
    called_by: str = ""
    said: str = ""  # what the citizen said when called back
    fix: str = ""  # what was put right
    task: str = ""

    def overdue(self, today: date) -> bool:
        """Whether the day of what comes next has passed."""
        due = {FollowUpState.OPEN: self.call_back_by, FollowUpState.CALLED: self.mend_by}.get(self.state)
        return due is not None and today > due
