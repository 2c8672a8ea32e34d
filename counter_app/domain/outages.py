"""A bad day: what becomes of each person who waits while the hall's systems are down.

Three ways: what can be accepted offline is accepted, what cannot waits or goes home with a number that is
kept for another day and called without queueing again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum

from counter_app.domain.value import Value


class Way(StrEnum):
    """What one waiting person is offered."""

    OFFLINE = "offline"  # 先离线受理
    WAIT = "wait"  # 等恢复
    KEEP = "keep"  # 保留号，改日办


WAY_NAMES: dict[Way, str] = {
    Way.OFFLINE: "先离线受理",
    Way.WAIT: "等系统恢复",
    Way.KEEP: "保留号，改日来办",
}
KEPT_DAYS = 30  # how long a kept number is good for, in calendar days
_CAN = {"full": Way.OFFLINE, "accept_only": Way.OFFLINE}


class Sorted(Value, frozen=True):
    """One person sorted: the ticket, the way, who said so. `kept` is the code of a kept number, else ""."""

    ticket_id: str
    number: str
    klass: str
    way: Way
    at: datetime
    clerk_no: str
    note: str = ""
    kept: str = ""


class Kept(Value, frozen=True):
    """A number that is good for another day. `code` is what its holder brings back."""

    code: str
    number: str
    group: str
    klass: str
    valid_to: date


class Owed(Value, frozen=True):
    """Something to enter after an outage: a case accepted offline, or a form filled by hand.

    `mark` is the case's printed number, or the number of the booklet's sheet; `since` when it was taken.
    """

    mark: str
    what: str
    since: datetime
    klass: str = "ordinary"
    due_on: date | None = None
    by_hand: bool = False
    entered: str = ""  # the case number it became, "" while it waits


def way_of(offline: str) -> Way:
    """What a matter's own word on being offline (`full accept_only cache_only none`) means for its person."""
    return _CAN.get(offline, Way.WAIT)


def in_order(owed: Iterable[Owed]) -> tuple[Owed, ...]:
    """What is to be entered first: the nearest deadline, then who had a right to go first, then the oldest.

    A form filled by hand goes before a case that is in the machine already, of the same day and right.
    """
    return tuple(sorted(owed, key=_priority))


def _priority(one: Owed) -> tuple[date, bool, bool, datetime, str]:
    return (one.due_on or date.max, one.klass == "ordinary", not one.by_hand, one.since, one.mark)


class Report(Value, frozen=True):
    """What an outage cost and what is left of it. `minutes` None while it lasts."""

    began: datetime
    ended: datetime | None
    ways: Mapping[Way, int]
    redeemed: int
    owed: int
    entered: int
    announced_by: str

    @property
    def minutes(self) -> int | None:
        """How long it lasted, in whole minutes."""
        return int((self.ended - self.began).total_seconds() // 60) if self.ended else None

    @property
    def sorted(self) -> int:
        """How many people were asked."""
        return sum(self.ways.values())
