"""What the tickets and cases of a span tell, by window, group, class, hour and type. Nothing by clerk.

Waits run from the number to its last call, services from the call to the end, both in ms as medians,
nine tenths and longest. Only days of the hall's calendar count, both ends included.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from counter_app.domain.tickets import TicketState
from counter_app.hub.rows import to_time
from counter_app.hub.tables import cases, tickets

_T = tickets.c
_SPAN = (
    select(
        _T.day, _T.group, _T.klass, _T.window, _T.state, _T.taken_ms, _T.called_ms, _T.served_ms, _T.ended_ms
    )
    .where(_T.hall == bindparam("hall"), _T.day >= bindparam("first"), _T.day <= bindparam("last"))
    .order_by(_T.taken_ms)
)
_TYPES = (
    select(cases.c.type_id, func.count())
    .where(
        cases.c.hall == bindparam("hall"),
        cases.c.business_date >= bindparam("first"),
        cases.c.business_date <= bindparam("last"),
    )
    .group_by(cases.c.type_id)
    .order_by(func.count().desc(), cases.c.type_id)
)
_LOST = (TicketState.MISSED, TicketState.CANCELLED)


@dataclass(slots=True)
class _Heap:
    """What is gathered under one key."""

    taken: int = 0
    done: int = 0
    missed: int = 0
    cancelled: int = 0
    waits: list[int] = field(default_factory=list)
    services: list[int] = field(default_factory=list)

    def add(self, row: Any) -> None:
        """One ticket."""
        self.taken += 1
        self.done += row.state == TicketState.DONE
        self.missed += row.state == TicketState.MISSED
        self.cancelled += row.state == TicketState.CANCELLED
        if row.called_ms is not None and row.state not in _LOST:
            self.waits.append(max(0, row.called_ms - row.taken_ms))
        begun = row.served_ms or row.called_ms
        if row.state == TicketState.DONE and begun is not None and row.ended_ms is not None:
            self.services.append(max(0, row.ended_ms - begun))

    def told(self, key: str) -> Mapping[str, Any]:
        """As it goes over the wire; None where nothing was measured."""
        return {
            "key": key,
            "taken": self.taken,
            "done": self.done,
            "missed": self.missed,
            "cancelled": self.cancelled,
            "wait_median_ms": share_of(self.waits, 5),
            "wait_p90_ms": share_of(self.waits, 9),
            "wait_max_ms": max(self.waits, default=None),
            "service_median_ms": share_of(self.services, 5),
            "service_p90_ms": share_of(self.services, 9),
        }


def statistics(connection: Connection, hall: str, first: date, last: date) -> Mapping[str, Any]:
    """The sums of a span: `total`, and rows `windows groups classes hours days types`."""
    span = {"hall": hall, "first": first.isoformat(), "last": last.isoformat()}
    found = connection.execute(_SPAN, span).all()
    types = [{"key": row[0], "accepted": row[1]} for row in connection.execute(_TYPES, span)]
    total = _Heap()
    for row in found:
        total.add(row)
    return {
        "first": span["first"],
        "last": span["last"],
        "total": total.told(""),
        "windows": _by(found, lambda row: row.window, _by_number),
        "groups": _by(found, lambda row: row.group),
        "classes": _by(found, lambda row: row.klass),
        "hours": _by(found, lambda row: f"{to_time(row.taken_ms).hour:02d}"),
        "days": _by(found, lambda row: row.day),
        "types": types,
    }


def _by(rows: Iterable[Any], key: Any, order: Any = None) -> Sequence[Mapping[str, Any]]:
    heaps: dict[str, _Heap] = defaultdict(_Heap)
    for row in rows:
        if name := key(row):
            heaps[name].add(row)
    return [heaps[name].told(name) for name in sorted(heaps, key=order)]


def _by_number(name: str) -> tuple[int, str]:
    digits = "".join(letter for letter in name if letter.isdecimal())
    return (int(digits) if digits else 0, name)


def share_of(values: Sequence[int], tenths: int) -> int | None:
    """The smallest value with at least so many tenths of all at or below it; None of nothing."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * tenths // 10) - 1)] if ordered else None
