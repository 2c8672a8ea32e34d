"""What a hall may choose about its line: classes, groups, limits. Everything else is the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from counter_app.domain.tickets import CLASS_NAMES, TicketClass
from counter_app.domain.value import Value
from counter_app.problems import Problem

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE

PATIENCE_MS: Mapping[str, int] = {
    TicketClass.ORDINARY: 30 * MINUTE,
    TicketClass.ELDERLY: 8 * MINUTE,
    TicketClass.DISABLED: 8 * MINUTE,
    TicketClass.MATERNITY: 8 * MINUTE,
    TicketClass.MILITARY: 8 * MINUTE,
    TicketClass.BOOKED: 4 * MINUTE,
    TicketClass.GREEN: 0,
}


class Group(Value, frozen=True):
    """A choice people are offered; `prefix` starts its numbers, `daily_limit` 0 means none."""

    code: str
    prefix: str
    name: str
    daily_limit: int = 0


GENERAL = Group("general", "A", "综合服务")


class Hours(Value, frozen=True):
    """When numbers are given, in minutes after midnight; 0 = no limit.

    Numbers are given from `opens` to `closes`; and nobody gets one who could not be called before
    `ends`, when the windows stop.
    """

    opens: int = 0
    closes: int = 0
    ends: int = 0

    def refuse(self, minute: int, low_min: int = 0) -> None:
        """Say what the kiosk says when no number is given now. Raises Problem `line-closed`."""
        if self.opens and minute < self.opens:
            raise Problem("line-closed", "line", f"今日 {clock(self.opens)} 开始取号。")
        if self.closes and minute >= self.closes:
            raise Problem("line-closed", "line", f"今日取号已于 {clock(self.closes)} 截止。")
        if self.ends and minute + low_min >= self.ends:
            raise Problem("line-closed", "line", f"等候的人较多，今日 {clock(self.ends)} 下班前已办不到。")


def clock(minute: int) -> str:
    """Minutes after midnight as a clock shows them."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one hall's line. All times in ms.

    `patience` is how long a class is expected to wait before it is due; `help_after` is how long
    the head of another group must have waited before an idle window helps; `lease` is how long a
    called ticket stays with a window that gives no sign of life; `stale` is when a ticket belongs
    to a day that is over. `transfers` is how often one person is sent on before a supervisor looks.
    `booked_late` is how long after its time an appointment still counts, `slot` how many of one group
    may be booked for one beginning (0 = any number). `hours` say when numbers are given.
    """

    groups: tuple[Group, ...] = (GENERAL,)
    patience: Mapping[str, int] = field(default_factory=lambda: dict(PATIENCE_MS))
    help_after: int = 10 * MINUTE
    recall_limit: int = 3
    recall_gap: int = 5 * SECOND
    lease: int = 3 * MINUTE
    stale: int = 12 * HOUR
    transfers: int = 2
    booked_late: int = 15 * MINUTE
    slot: int = 0
    hours: Hours = field(default_factory=lambda: Hours())

    def group(self, code: str) -> Group:
        """The group of a code; "" is the first one. Raises Problem `group-unknown`."""
        if not code:
            return self.groups[0]
        found = next((group for group in self.groups if code in (group.code, group.prefix, group.name)), None)
        if found is None:
            raise Problem("group-unknown", "group", code)
        return found

    def patience_of(self, klass: str) -> int:
        """Patience of a class in ms. Raises Problem `class-unknown`."""
        if klass not in self.patience:
            raise Problem("class-unknown", "class", klass)
        return self.patience[klass]

    @property
    def most_patience(self) -> int:
        """The longest patience of any class, in ms."""
        return max(self.patience.values())


def class_of(given: str) -> str:
    """The class meant by a code or its Chinese name; "" is ordinary. Raises Problem `class-unknown`."""
    if not given:
        return TicketClass.ORDINARY
    named = {name: code for code, name in CLASS_NAMES.items()}
    found = named.get(given, given)
    if found not in set(TicketClass):
        raise Problem("class-unknown", "class", given)
    return str(found)


def groups_of(offered: Mapping[str, str]) -> tuple[Group, ...]:
    """Groups from a region's ids and names, in order; prefixes are A, B, C … without I and O (misread)."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    return tuple(Group(code, letters[nth], name) for nth, (code, name) in enumerate(offered.items()))
