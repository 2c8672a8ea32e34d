"""The hall at a glance: what a kiosk offers, what a board shows, how each window stands. Read only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, text

from counter_app.domain.tickets import CLASS_NAMES, NEEDS, STATE_NAMES
from counter_app.hub import estimates, memory, notices, spares
from counter_app.hub.halls import rules_of
from counter_app.hub.rows import to_time
from counter_app.hub.tables import HELD, WAITS, tickets, windows
from counter_app.problems import Problem
from counter_app.queueing.estimate import wait_minutes
from counter_app.queueing.rules import Group, Rules

_T = tickets.c
_WAITING = select(func.count(), func.min(_T.taken_ms)).where(
    _T.hall == bindparam("hall"), text(WAITS), _T.lane == bindparam("group")
)
_HELD = select(tickets).where(_T.hall == bindparam("hall"), text(HELD))
_CALLED = (
    select(_T.number, _T.window, _T.state, _T.spoken_ms, _T.called_ms, _T.recalls, _T.group)
    .where(_T.hall == bindparam("hall"), _T.day == bindparam("day"), _T.spoken_ms.is_not(None))
    .order_by(_T.spoken_ms.desc(), _T.number)
    .limit(bindparam("most"))
)


def hall(connection: Connection, code: str, now: int, day: date, minute: int) -> Mapping[str, Any]:
    """Whether numbers are given and what to say if not; the groups with their waits; what is in force."""
    rules, closed = rules_of(connection, code)
    words = closed or _shut(rules, minute)
    said = notices.said(connection, code, day)
    return {
        "hall": code,
        "day": day.isoformat(),
        "now": to_time(now).isoformat(),
        "open": not words,
        "words": words,
        "groups": [_group(connection, code, group, rules, now, day) for group in rules.groups],
        "classes": [{"id": str(klass), "name": name} for klass, name in CLASS_NAMES.items()],
        "needs": [{"id": code, "name": name} for code, name in NEEDS.items()],
        "states": [{"id": str(state), "name": name} for state, name in STATE_NAMES.items()],
        "notices": list(notices.in_force(said)),
    }


def board(connection: Connection, code: str, now: int, day: date, most: int) -> Mapping[str, Any]:
    """The last calls, newest first, and how many wait; no person, no matter."""
    rules, closed = rules_of(connection, code)
    found = connection.execute(_CALLED, {"hall": code, "day": day.isoformat(), "most": most}).mappings()
    calls = [
        {
            "number": row["number"],
            "window": row["window"],
            "group": row["group"],
            "state": row["state"],
            "recalls": row["recalls"],
            "called_at": to_time(row["called_ms"]).isoformat(),
            "spoken_at": to_time(row["spoken_ms"]).isoformat(),
        }
        for row in found
    ]
    return {
        "calls": calls,
        "groups": [_group(connection, code, group, rules, now, day) for group in rules.groups],
        "words": closed,
        "notices": list(notices.in_force(notices.said(connection, code, day))),
        "windows": [
            {"id": one["id"], "paused": bool(one["paused"]), "number": one["number"], "state": one["state"]}
            for one in places(connection, code)
        ],
    }


def places(connection: Connection, code: str) -> Sequence[Mapping[str, Any]]:
    """Every window: its groups, why it is paused, whom it has, who sits there, its last sign of life."""
    held = {row["window"]: row for row in connection.execute(_HELD, {"hall": code}).mappings()}
    known = connection.execute(select(windows).where(windows.c.hall == code)).mappings()
    rows = {row["window"]: row for row in known}
    return [_place(name, rows.get(name), held.get(name)) for name in sorted({*rows, *held}, key=_by_number)]


def _place(name: str, row: Any, ticket: Any) -> Mapping[str, Any]:
    return {
        "id": name,
        "own": json.loads(row["own"]) if row else [],
        "helps": json.loads(row["helps"]) if row else [],
        "paused": row["paused"] if row else "",
        "clerk": row["clerk"] if row else "",
        "seen": to_time(row["seen_ms"]).isoformat() if row and row["seen_ms"] else "",
        "ticket": ticket["ticket_id"] if ticket else "",
        "number": ticket["number"] if ticket else "",
        "state": ticket["state"] if ticket else "",
        "called_at": to_time(ticket["called_ms"]).isoformat() if ticket and ticket["called_ms"] else "",
        "group": ticket["group"] if ticket else "",
    }


def _by_number(name: str) -> tuple[int, str]:
    digits = "".join(letter for letter in name if letter.isdecimal())
    return (int(digits) if digits else 0, name)


def _shut(rules: Rules, minute: int) -> str:
    try:
        rules.hours.refuse(minute)
    except Problem as problem:
        return problem.detail
    return ""


def _group(
    connection: Connection, code: str, group: Group, rules: Rules, now: int, day: date
) -> Mapping[str, Any]:
    """One choice of the kiosk. `left` is how many numbers there still are today, None = no limit."""
    waiting, oldest = connection.execute(_WAITING, {"hall": code, "group": group.code}).one()
    given = memory.last_number(connection, code, day.isoformat(), group.prefix)
    aside = spares.aside(connection, code, day.isoformat(), group.prefix).count if group.daily_limit else 0
    pace = estimates.known(connection, code, group.code, now).pace
    low, high = wait_minutes(waiting, "ordinary", pace, rules)
    return {
        "id": group.code,
        "name": group.name,
        "prefix": group.prefix,
        "waiting": waiting,
        "longest_ms": max(0, now - oldest) if oldest is not None else 0,
        "given": given,
        "left": max(0, group.daily_limit - given - aside) if group.daily_limit else None,
        "wait_low_min": low,
        "wait_high_min": high,
        "at_work": pace.windows,
    }
