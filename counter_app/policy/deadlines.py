"""Working-day deadlines: two clocks with two lights, pauses, same-day targets, clock minutes.

The statutory clock runs from receipt of the application, the promised one from acceptance. The
starting day is not counted, the next working day is day one, and a deadline is the end of a working
day, never a rest day. Days in a year whose holidays are not yet published make it provisional (暂估).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from heapq import nsmallest
from typing import Protocol

from counter_app.problems import Problem

PAUSING = frozenset({"补正", "容缺", "专家评审", "现场考察", "协查", "稽核调查", "转出地办理"})
LONGEST = 2000  # working days; a longer limit is a slip of the keyboard


class WorkCalendar(Protocol):
    """What a deadline asks of the calendar of working days."""

    def is_workday(self, day: date) -> bool:
        """Whether offices work that day, make-up days included."""

    def is_provisional(self, day: date) -> bool:
        """Whether the answer for that day rests on holidays that are not published yet."""


class Light(StrEnum):
    """The colour a clerk sees on a clock."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a clock stands still, both ends included; `last` None while it still does."""

    kind: str
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline. `on` is None while an open pause keeps it unknown."""

    on: date | None
    provisional: bool
    paused_workdays: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One clock as it stands today, in working days; `left` is negative when overdue."""

    due: Due
    left: int
    light: Light


@dataclass(frozen=True, slots=True)
class Timed:
    """What the clocks of a case need. A limit that the region has not set is None and has no clock."""

    number: str
    received_on: date
    accepted_on: date | None = None
    statutory: int | None = None
    promised: int | None = None
    pauses: tuple[Pause, ...] = ()
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class DueRow:
    """One line of the due list: the case and its two clocks, None where there is no clock."""

    number: str
    statutory: Reading | None
    promised: Reading | None

    @property
    def nearest(self) -> date:
        """The earlier of both deadlines; a paused clock comes last."""
        readings = (r for r in (self.statutory, self.promised) if r is not None)
        return min((r.due.on for r in readings if r.due.on), default=date.max)


def due(
    calendar: WorkCalendar,
    start: date,
    limit: int,
    pauses: Sequence[Pause] = (),
    pausing: Collection[str] = PAUSING,
) -> Due:
    """The deadline `limit` working days after `start`; 0 is the same day, or the next working one.

    Raises Problem `policy-input` for a limit below 0 or beyond reason, or a pause that ends early.
    """
    _check(limit, pauses)
    stops = [pause for pause in pauses if pause.kind in pausing]
    day, counted, paused = start, 0, 0
    provisional = False
    while True:
        provisional = provisional or calendar.is_provisional(day)
        working = calendar.is_workday(day)
        standing = _standing(day, stops)
        if standing and standing.last is None:
            return Due(None, provisional, paused)
        if working and standing:
            paused += day > start or limit == 0
        elif working and day > start:
            counted += 1
        if working and not standing and counted >= limit:
            return Due(day, provisional, paused)
        day += timedelta(days=1)


def workdays_between(calendar: WorkCalendar, first: date, last: date) -> int:
    """Working days after `first` up to and including `last`; negative when `last` is earlier."""
    if last < first:
        return -workdays_between(calendar, last, first)
    span = (last - first).days
    return sum(calendar.is_workday(first + timedelta(days=n + 1)) for n in range(span))


def reading(calendar: WorkCalendar, found: Due, today: date, warn: int = 1) -> Reading:
    """How a clock stands today: yellow from `warn` working days before the end, red after it."""
    if found.on is None:
        return Reading(found, 0, Light.PAUSED)
    left = workdays_between(calendar, today, found.on)
    if today > found.on:
        # A rest day after the deadline is already late although no working day has passed.
        return Reading(found, min(left, -1), Light.RED)
    return Reading(found, left, Light.YELLOW if left <= warn else Light.GREEN)


def clocks(calendar: WorkCalendar, case: Timed, today: date, warn: int = 1) -> DueRow:
    """Both clocks of a case. One that is done is read on the day it was done."""
    moment = case.done_on or today
    statutory = promised = None
    if case.statutory is not None:
        statutory = reading(
            calendar, due(calendar, case.received_on, case.statutory, case.pauses), moment, warn
        )
    if case.promised is not None and case.accepted_on is not None:
        promised = reading(
            calendar, due(calendar, case.accepted_on, case.promised, case.pauses), moment, warn
        )
    return DueRow(case.number, statutory, promised)


def due_list(
    calendar: WorkCalendar, cases: Iterable[Timed], today: date, limit: int = 100, warn: int = 1
) -> list[DueRow]:
    """Open cases by nearest deadline, at most `limit`. Hand in what the store's due index found."""
    rows = (clocks(calendar, case, today, warn) for case in cases if case.done_on is None)
    return nsmallest(limit, rows, key=lambda row: (row.nearest, row.number))


@dataclass(frozen=True, slots=True)
class Arrival:
    """A repair visit against its minutes; `overdue` is None while nobody has come and time is left."""

    due: datetime
    overdue: bool | None


def within_minutes(reported: datetime, minutes: int, arrived: datetime | None, now: datetime) -> Arrival:
    """Clock minutes, night and holidays included (R66). Arriving on the minute is in time."""
    if arrived is not None and arrived < reported:
        raise Problem("policy-input", "arrive_at", "到场时间早于报修时间。")
    end = reported + timedelta(minutes=minutes)
    if arrived is not None:
        return Arrival(end, arrived > end)
    return Arrival(end, True if now > end else None)


def _standing(day: date, stops: Sequence[Pause]) -> Pause | None:
    return next((p for p in stops if p.first <= day and (p.last is None or day <= p.last)), None)


def _check(limit: int, pauses: Sequence[Pause]) -> None:
    if not 0 <= limit <= LONGEST:
        raise Problem("policy-input", "limit_wd", f"时限须在 0 到 {LONGEST} 个工作日之间。")
    for pause in pauses:
        if pause.last is not None and pause.last < pause.first:
            raise Problem("policy-input", "pauses", f"暂停“{pause.kind}”的结束早于开始。")
