"""The two clocks of a case after acceptance: what is kept, when it is counted again, who is late.

The statutory clock runs from receipt of the application, the promised one from acceptance; while a
deferred or corrected material is awaited both stand still (`policy.deadlines`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from counter_app.catalog.holidays import Holidays
from counter_app.catalog.model import Region
from counter_app.domain.cases import CaseRecord, CaseState, Fact, MaterialState, Paused
from counter_app.domain.value import Value
from counter_app.policy.case_clocks import CORRECTED, DEFERRED, counted, nearest
from counter_app.policy.deadlines import Due as Deadline
from counter_app.policy.deadlines import DueRow, Light, Pause, Reading, Timed, clocks, reading
from counter_app.services.arrivals import REPORTED, ArrivalDue, arrival
from counter_app.services.office import Office

__all__ = [
    "CORRECTED", "DEFERRED", "counted", "due_counts", "due_lines", "made_good", "nearest", "recount",
    "recounted",
]  # fmt: skip
OPEN = (CaseState.RECEIVED, CaseState.ACCEPTED)


class DueLine(Value, frozen=True):
    """One line of the due list: a case, its two clocks, and when its late materials are due."""

    case: CaseRecord
    row: DueRow
    supplement: Reading | None = None
    target: Reading | None = None
    arrival: ArrivalDue | None = None

    def as_dict(self) -> dict[str, Any]:
        """The shape of `cases due --json`."""
        case = self.case
        return {
            "id": case.case_id,
            "number": case.number,
            "type": case.type_id,
            "state": case.state.value,
            "received_on": case.received_on.isoformat(),
            "accepted_at": case.accepted_at.isoformat() if case.accepted_at else None,
            "statutory": _told(self.row.statutory),
            "promised": _told(self.row.promised),
            "supplement": _told(self.supplement),
            "target": _told(self.target),
            "arrival": _told_arrival(self.arrival),
        }


class DueCounts(Value, frozen=True):
    """How many open cases stand under which light, all of them and not only those listed."""

    open: int
    overdue: int
    soon: int
    later: int
    undated: int


def due_counts(calendar: Holidays, days: Mapping[date | None, int], today: date) -> DueCounts:
    """The lights of all open cases, read from how many fall due on each day (`Storage.due_days`)."""
    of = dict.fromkeys(Light, 0)
    for day, number in days.items():
        light = Light.PAUSED if day is None else reading(calendar, Deadline(day, False), today).light
        of[light] += number
    total = sum(days.values())
    return DueCounts(total, of[Light.RED], of[Light.YELLOW], of[Light.GREEN], of[Light.PAUSED])


def made_good(calendar: Holidays, case: CaseRecord, today: date) -> CaseRecord:
    """The case after a late material came: with none left, the pause ends today and both clocks go on."""
    if any(m.state is MaterialState.DEFERRED for m in case.materials):
        return case
    pauses = tuple(replace(p, last=today) if p.last is None else p for p in case.clocks.pauses)
    return recounted(calendar, replace(case, clocks=replace(case.clocks, pauses=pauses)))


def recounted(calendar: Holidays, case: CaseRecord) -> CaseRecord:
    """The case with its deadlines counted by this calendar."""
    accepted = case.accepted_at.date() if case.accepted_at else None
    until = _awaited(case)
    found = counted(calendar, case.clocks, case.received_on, accepted, until)
    by_minutes = case.due_on if REPORTED in case.answers else None
    return replace(case, clocks=found, due_on=found.target_due or nearest(found) or until or by_minutes)


def recount(office: Office) -> int:
    """Count provisional deadlines (暂估) again after a year's holidays were published; how many moved."""
    moved = 0
    for case in office.ports.storage.estimated():
        after = recounted(office.calendar, case)
        if after == case:
            continue
        body = {"case": case.number, "before": _day(case.due_on), "after": _day(after.due_on)}
        with office.ports.storage.unit(office.actor, office.now()) as unit:
            unit.save_case(after)
            unit.record(Fact("deadline.recounted", body, case.case_id))
        moved += 1
    return moved


def due_lines(
    calendar: Holidays,
    cases: Iterable[CaseRecord],
    today: date,
    limit: int = 100,
    minutes: tuple[Region, datetime] | None = None,
) -> list[DueLine]:
    """Open cases by nearest deadline, each with both lights read today.

    `minutes`: by whose parameter and at what moment deadlines in clock minutes are read; they come
    before those that have the whole of the same day.
    """
    lines = [_line(calendar, case, today) for case in cases if case.state in OPEN]
    if minutes is not None:
        region, now = minutes
        lines = [replace(one, arrival=arrival(region, one.case.answers, now)) for one in lines]
    return sorted(lines, key=_urgency)[:limit]


def _line(calendar: Holidays, case: CaseRecord, today: date) -> DueLine:
    kept = case.clocks
    timed = Timed(
        case.number,
        case.received_on,
        case.accepted_at.date() if case.accepted_at else None,
        kept.statutory_days,
        kept.promised_days,
        tuple(_pause(p, None) for p in kept.pauses),
    )
    until = _awaited(case)
    awaited = reading(calendar, Deadline(until, False), today) if until else None
    goal = reading(calendar, Deadline(kept.target_due, False), today) if kept.target_due else None
    return DueLine(case, clocks(calendar, timed, today), awaited, goal)


def _urgency(line: DueLine) -> tuple[date, bool, str, str]:
    others = [one.due.on for one in (line.supplement, line.target) if one is not None and one.due.on]
    day, at = min(line.row.nearest, *others, date.max), line.arrival.at if line.arrival else None
    is_minute = at is not None and at.date() <= day
    moment = at.isoformat() if at else ""
    return (min(day, at.date()) if at else day, not is_minute, moment, line.case.number)


def _awaited(case: CaseRecord) -> date | None:
    """The last day on which a deferred material may still come."""
    days = [m.due_on for m in case.materials if m.state is MaterialState.DEFERRED and m.due_on]
    return max(days, default=None)


def _pause(paused: Paused, until: date | None) -> Pause:
    return Pause(paused.kind, paused.first, paused.last or until)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _told_arrival(found: ArrivalDue | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"due_at": found.at.isoformat(), "left_minutes": found.left, "light": found.light.value}


def _told(found: Reading | None) -> dict[str, Any] | None:
    if found is None:
        return None
    told = {"due_on": _day(found.due.on), "left": found.left, "light": found.light.value}
    return told | {"provisional": found.due.provisional, "paused": found.due.paused_workdays}
