"""What can be asked of the hub about ratings by code, follow-ups and outages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from counter_app.catalog.holidays import Holidays, shipped
from counter_app.domain.follow_ups import Terms
from counter_app.domain.outages import Way
from counter_app.domain.value import Value


@dataclass(frozen=True, slots=True)
class RateByCode:
    """An answer by the code of a receipt: the one way that needs no device of the hall."""

    hall: str
    at: datetime
    request_id: str
    code: str
    level: int
    indicators: tuple[str, ...] = ()
    terms: Terms = field(default_factory=Terms)
    calendar: Holidays = field(default_factory=shipped)


class FollowOn(Value, frozen=True):
    """One act on a follow-up: `call_back mend close`, or `task` with the number of its FW06 case."""

    hall: str
    at: datetime
    id: str
    act: str
    request_id: str
    note: str = ""
    task: str = ""


class Sort(Value, frozen=True):
    """What one waiting person is offered in an outage, by its id. Idempotent by `request_id`."""

    hall: str
    at: datetime
    outage: str
    ticket_id: str
    way: Way
    request_id: str
    note: str = ""


class Redeem(Value, frozen=True):
    """A kept number is brought back on another day. Idempotent by `request_id`."""

    hall: str
    at: datetime
    code: str
    request_id: str
