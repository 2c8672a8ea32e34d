"""By when somebody must have come for a device reported broken (报修): clock minutes, not working days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from counter_app.catalog.model import Region
from counter_app.clock import ZONE
from counter_app.domain.value import Value
from counter_app.policy.deadlines import Light, within_minutes

REPORTED, MINUTES = "report_at", "repair.minutes"
_MINUTE = timedelta(minutes=1)


class ArrivalDue(Value, frozen=True):
    """`left` are whole clock minutes, negative when late; red when late, else yellow: it is soon."""

    at: datetime
    left: int
    light: Light


def arrive_by(region: Region | None, answers: Mapping[str, Any]) -> datetime | None:
    """The moment on which the region's minutes end, night and holidays included (R66).

    None where nothing was reported broken, or the region sets no minutes (`repair.minutes`).
    """
    told = answers.get(REPORTED)
    if region is None or not isinstance(told, str) or not told:
        return None
    reported = datetime.fromisoformat(told).replace(tzinfo=ZONE)
    limit = region.parameter(MINUTES, reported.date())
    if limit is None:
        return None
    return within_minutes(reported, int(limit.value), None, reported).due


def arrival_day(region: Region, answers: Mapping[str, Any]) -> date | None:
    """Its day, by which the store orders the case among the others."""
    found = arrive_by(region, answers)
    return found.date() if found else None


def arrival(region: Region | None, answers: Mapping[str, Any], now: datetime) -> ArrivalDue | None:
    """How much time is left now; on the minute is still in time."""
    by = arrive_by(region, answers)
    if by is None:
        return None
    return ArrivalDue(by, (by - now) // _MINUTE, Light.RED if now > by else Light.YELLOW)
