"""Deadlines in working days: the State Council's calendar, pauses, and dates that are only estimates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from counter_app.catalog.holidays import Holidays, shipped
from counter_app.domain.value import Value

LONGEST = 1000
Pause = tuple[date, date]


class DueDate(Value, frozen=True):
    """The last day of a limit. `estimated` (暂估): it runs through a year not yet published."""

    on: date
    estimated: bool = False


def due_on(start: date, days: int, pauses: Sequence[Pause] = (), calendar: Holidays | None = None) -> DueDate:
    """The last working day of a limit of `days` working days.

    The day of the start does not count, the next working day is the first. 0 days is the day itself.
    A pause (补正, 容缺, 专家评审, 现场考察) is its first and last day; neither they nor the days
    between count, so counting goes on with the working day after the pause. Raises ValueError for a
    negative or absurd number of days.
    """
    if not 0 <= days <= LONGEST:
        raise ValueError(f"not a limit: {days}")
    table = calendar or shipped()
    day, left = start, days
    while left:
        day += timedelta(days=1)
        if table.is_workday(day) and not _is_paused(day, pauses):
            left -= 1
    passed = range((start + timedelta(days=1)).year, day.year + 1) if days else range(0)
    return DueDate(day, any(year not in table.published for year in passed))


def working_days(after: date, until: date, calendar: Holidays | None = None) -> int:
    """How many working days lie after one day up to and including another; negative when it is past."""
    table = calendar or shipped()
    first, last, sign = (after, until, 1) if until >= after else (until, after, -1)
    days = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
    return sign * sum(table.is_workday(day) for day in days)


def _is_paused(day: date, pauses: Iterable[Pause]) -> bool:
    return any(first <= day <= last for first, last in pauses)
