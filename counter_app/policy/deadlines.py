"""Working-day deadlines: two clocks with two lights, pauses, same-day targets, clock minutes.

The statutory clock runs from receipt of the application, the promised one from acceptance. The
starting day is not counted, the next working day is day one, and a deadline is the end of a working
day, never a rest day. Days in a year whose holidays are not yet published make it provisional (暂估).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from heapq import nsmallest

from counter_app.catalog.holidays import Holidays
from counter_app.domain.value import Value
from counter_app.policy.workdays import LONGEST, due_on, working_days
from counter_app.problems import Problem

PAUSING = frozenset(
    {"补正", "容缺", "专家评审", "现场考察", "协查", "稽核调查", "转出地办理", "退票", "异议复核"}
)


class Light(StrEnum):
    """The colour a clerk sees on a clock."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    PAUSED = "paused"


class Pause(Value, frozen=True):
    """Days on which a clock stands still, both ends included; `last` None while it still does."""

    kind: str
    first: date
    last: date | None = None


class Due(Value, frozen=True):
    """A deadline. `on` is None while an open pause keeps it unknown."""

    on: date | None
    provisional: bool
    paused_workdays: int = 0


class Reading(Value, frozen=True):
    """One clock as it stands today, in working days; `left` is negative when overdue."""

    due: Due
    left: int
    light: Light


class Timed(Value, frozen=True):
    """What the clocks of a case need. A limit that the region has not set is None and has no clock."""

    number: str
    received_on: date
    accepted_on: date | None = None
    statutory: int | None = None
    promised: int | None = None
    pauses: tuple[Pause, ...] = ()
    done_on: date | None = None


class DueRow(Value, frozen=True):
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
    calendar: Holidays,
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
    closed = [(pause.first, pause.last) for pause in stops if pause.last is not None]
    # Day one of a limit is counted from the evening before it, so a same-day target is "one" from then.
    first, days = (start, limit) if limit else (start - timedelta(days=1), 1)
    found = due_on(first, days, closed, calendar)
    paused = len(_workdays_in(calendar, closed, first, found.on))
    if any(pause.last is None and pause.first <= found.on for pause in stops):
        return Due(None, found.estimated, paused)
    return Due(found.on, found.estimated, paused)


def reading(calendar: Holidays, found: Due, today: date, warn: int = 1) -> Reading:
    """How a clock stands today: yellow from `warn` working days before the end, red after it."""
    if found.on is None:
        return Reading(found, 0, Light.PAUSED)
    left = working_days(today, found.on, calendar)
    if today > found.on:
        # A rest day after the deadline is already late although no working day has passed.
        return Reading(found, min(left, -1), Light.RED)
    return Reading(found, left, Light.YELLOW if left <= warn else Light.GREEN)


def clocks(calendar: Holidays, case: Timed, today: date, warn: int = 1) -> DueRow:
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
    calendar: Holidays, cases: Iterable[Timed], today: date, limit: int = 100, warn: int = 1
) -> list[DueRow]:
    """Open cases by nearest deadline, at most `limit`. Hand in what the store's due index found."""
    rows = (clocks(calendar, case, today, warn) for case in cases if case.done_on is None)
    return nsmallest(limit, rows, key=lambda row: (row.nearest, row.number))


class Arrival(Value, frozen=True):
    """A repair visit against its minutes; `overdue` is None while nobody has come and time is left."""

    due: datetime
    overdue: bool | None


def within_minutes(reported: datetime, minutes: int, arrived: datetime | None, now: datetime) -> Arrival:
    """Clock minutes, night and holidays included (R66). Arriving on the minute is in time."""
    if not 0 <= minutes <= 525_600:
        raise Problem("policy-input", "limit_minutes", "到场时限须在 0 到 525600 分钟之间。")
    if arrived is not None and arrived < reported:
        raise Problem("policy-input", "arrive_at", "到场时间早于报修时间。")
    end = reported + timedelta(minutes=minutes)
    if arrived is not None:
        return Arrival(end, arrived > end)
    return Arrival(end, True if now > end else None)


def _workdays_in(
    calendar: Holidays, spans: Iterable[tuple[date, date]], after: date, until: date
) -> set[date]:
    """Working days of the spans that lie after one day and not after another; overlaps count once."""
    days = {
        first + timedelta(days=n)
        for first, last in ((max(a, after + timedelta(days=1)), min(b, until)) for a, b in spans)
        for n in range((last - first).days + 1)
    }
    return {day for day in days if calendar.is_workday(day)}


def _check(limit: int, pauses: Sequence[Pause]) -> None:
    if not 0 <= limit <= LONGEST:
        raise Problem("policy-input", "limit_wd", f"时限须在 0 到 {LONGEST} 个工作日之间。")
    for pause in pauses:
        if pause.last is not None and pause.last < pause.first:
            raise Problem("policy-input", "pauses", f"暂停“{pause.kind}”的结束早于开始。")
