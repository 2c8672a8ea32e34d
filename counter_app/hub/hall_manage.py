"""What a hall answers its manager beside the line: sums of a span, and who sits where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from counter_app.database import Database
from counter_app.domain.actor import Actor
from counter_app.hub import shifts
from counter_app.hub.lane import Lane
from counter_app.hub.shifts import Drop, Plan
from counter_app.hub.statistics import statistics
from counter_app.problems import Problem

LONGEST_DAYS = 366


class _Clock(Protocol):
    def now(self) -> datetime: ...


class HallManage:
    """The part of `HallHub` a manager asks."""

    hall: str
    database: Database
    lane: Lane
    _clock: _Clock

    def statistics(self, first: date, last: date) -> Mapping[str, Any]:
        """The sums of a span. Raises Problem `span-wrong` when it is backwards or longer than a year."""
        if not 0 <= (last - first).days < LONGEST_DAYS:
            raise Problem("span-wrong", "first", f"{first} – {last}")
        with self.database.read() as connection:
            return statistics(connection, self.hall, first, last)

    def shifts(self, day: date) -> Sequence[Mapping[str, Any]]:
        """The shifts of a day by window and time."""
        with self.database.read() as connection:
            return shifts.shifts_of(connection, self.hall, day)

    def plan_shift(
        self,
        request_id: str,
        day: date,
        window: str,
        clerk: str,
        name: str,
        start: str,
        end: str,
        actor: Actor,
        why: str = "",
    ) -> bool:
        """Plan a shift; False when it was planned before. Raises what `shifts.plan` raises."""
        now = self._clock.now()
        wish = Plan(self.hall, now, request_id, day, window, clerk, name, start, end, why)
        return self.lane.do(lambda c: shifts.plan(c, actor, wish))

    def drop_shift(self, request_id: str, day: date, shift: str, actor: Actor, why: str) -> bool:
        """Take a shift back; False when it was before. Raises what `shifts.drop` raises."""
        wish = Drop(self.hall, self._clock.now(), request_id, day, shift, why)
        return self.lane.do(lambda c: shifts.drop(c, actor, wish))
