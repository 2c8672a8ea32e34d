"""What a hall answers beside its line: ratings by code, follow-ups, the sorting of an outage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

from counter_app.catalog.holidays import Holidays
from counter_app.catalog.model import Region
from counter_app.database import Database
from counter_app.domain.actor import Actor
from counter_app.domain.follow_ups import FollowUp, Terms
from counter_app.domain.outages import Kept, Sorted, Way
from counter_app.domain.tickets import Ticket
from counter_app.hub import follow_ups, outages, rating_codes
from counter_app.hub.day_commands import FollowOn, RateByCode, Redeem, Sort
from counter_app.hub.lane import Lane
from counter_app.hub.rows import HALL_TIME

T = TypeVar("T")
_NOBODY = Actor("", "", ("system",))


class _Clock(Protocol):
    def now(self) -> datetime: ...


class HallDay:
    """The part of `HallHub` that is about the day of a hall and not about one ticket."""

    hall: str
    calendar: Holidays
    database: Database
    lane: Lane
    region: Region | None = None  # whose terms hold for bad answers; set by whoever opens the hall
    _clock: _Clock

    # --- 好差评 -------------------------------------------------------------------------------
    def terms_now(self) -> Terms:
        """By when a bad answer of today has to be seen to."""
        return follow_ups.terms_of(self.region, self._clock.now().astimezone(HALL_TIME).date())

    def rate_by_code(self, request_id: str, code: str, level: int, indicators: tuple[str, ...] = ()) -> bool:
        """Keep an answer given by the code of a receipt. Raises what `rating_codes.rate_by_code` raises."""
        terms = self.terms_now()
        wish = RateByCode(
            self.hall, self._clock.now(), request_id, code, level, indicators, terms, self.calendar
        )
        return self.lane.do(lambda c: rating_codes.rate_by_code(c, _NOBODY, wish))

    def invited(self, code: str) -> rating_codes.Invited:
        """What a code is about. Raises Problem `rating-code`, `rating-soon`."""
        return self._read(lambda c: rating_codes.about(c, code, self.hall))

    def follow_ups(self, open_only: bool = True) -> Sequence[FollowUp]:
        """Bad answers and what became of them, the oldest first."""
        return self._read(lambda c: follow_ups.follow_ups_of(c, self.hall, open_only))

    def follow_up(
        self, id_: str, act: str, request_id: str, actor: Actor, note: str = "", task: str = ""
    ) -> FollowUp:
        """`call_back mend close`, or `task` with the number of its FW06 case.

        Raises what `follow_ups.follow_on` raises.
        """
        wish = FollowOn(self.hall, self._clock.now(), id_, act, request_id, note, task)
        return self.lane.do(lambda c: follow_ups.follow_on(c, actor, wish))

    # --- an outage ------------------------------------------------------------------------------
    def sort(
        self, outage: str, ticket_id: str, way: Way, request_id: str, actor: Actor, note: str = ""
    ) -> Sorted:
        """What one waiting person is offered. Raises what `outages.sort` raises."""
        wish = Sort(self.hall, self._clock.now(), outage, ticket_id, way, request_id, note)
        return self.lane.do(lambda c: outages.sort(c, actor, wish))

    def sorted_in(self, outage: str) -> Sequence[Sorted]:
        """Everybody asked in an outage."""
        return self._read(lambda c: outages.sorted_in(c, self.hall, outage))

    def kept_in(self, outage: str) -> tuple[int, int]:
        """Numbers kept in an outage, and how many of them have come back."""
        return self._read(lambda c: outages.kept_in(c, self.hall, outage))

    def kept(self, code: str) -> Kept:
        """What a kept number says. Raises Problem `kept-unknown`."""
        return self._read(lambda c: outages.kept_by_code(c, self.hall, code))

    def redeem(self, code: str, request_id: str, actor: Actor = _NOBODY) -> Ticket:
        """A kept number becomes a ticket of today, before those of today."""
        wish = Redeem(self.hall, self._clock.now(), code, request_id)
        return self.lane.do(lambda c: outages.redeem(c, actor, wish))

    def _read(self, look: Callable[[Connection], T]) -> T:
        with self.database.read() as connection:
            return look(connection)


def follow_up_row(one: FollowUp, today: date) -> Mapping[str, Any]:
    """A follow-up as plain data for the wire, with whether its day has passed."""
    return {
        "id": one.id,
        "case_id": one.case_id,
        "number": one.number,
        "level": one.level,
        "indicators": list(one.indicators),
        "opened_on": one.opened_on.isoformat(),
        "call_back_by": one.call_back_by.isoformat(),
        "mend_by": one.mend_by.isoformat(),
        "state": one.state.value,
        "called_at": one.called_at,
        "called_by": one.called_by,
        "said": one.said,
        "fix": one.fix,
        "task": one.task,
        "overdue": one.overdue(today),
    }
