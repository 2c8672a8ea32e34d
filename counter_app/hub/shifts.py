"""Who sits where and when: planned and taken back as facts of the hall, each with person and reason."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from counter_app.domain.actor import Actor
from counter_app.domain.value import Value
from counter_app.hub import memory, rows
from counter_app.hub.rows import to_ms, to_time
from counter_app.hub.tables import line_facts
from counter_app.problems import Problem
from counter_app.queueing.entry import LineFact

AHEAD_DAYS = 62  # how long before its day a shift may be planned
PLANNED, DROPPED = "shift.planned", "shift.dropped"
_FACTS = (
    select(line_facts)
    .where(
        line_facts.c.hall == bindparam("hall"),
        line_facts.c.ticket_id == "",
        line_facts.c.kind.in_((PLANNED, DROPPED)),
        line_facts.c.at_ms >= bindparam("since"),
    )
    .order_by(line_facts.c.fact_no)
)


class Plan(Value, frozen=True):
    """One person at one window from `start` to `end` (HH:MM) of a day. Idempotent by `request_id`."""

    hall: str
    at: datetime
    request_id: str
    day: date
    window: str
    clerk: str
    name: str
    start: str
    end: str
    why: str = ""


class Drop(Value, frozen=True):
    """A shift that will not be; `shift` is the request id it was planned with."""

    hall: str
    at: datetime
    request_id: str
    day: date
    shift: str
    why: str


def plan(connection: Connection, actor: Actor, command: Plan) -> bool:
    """Plan a shift; False when the request was known.

    Raises Problem `supervisor-needed`, `shift-time`, `shift-clash` (the person or the window is taken).
    """
    _may(actor)
    if not _is_clock(command.start) or not _is_clock(command.end) or command.start >= command.end:
        raise Problem("shift-time", "start", f"{command.start}–{command.end}")
    digest = memory.digest(PLANNED, command.day.isoformat(), command.window, command.clerk, command.start)
    if memory.subject(connection, command.hall, command.request_id, digest):
        return False
    for other in shifts_of(connection, command.hall, command.day):
        meet = other["start"] < command.end and command.start < other["end"]
        if meet and (other["clerk"] == command.clerk or other["window"] == command.window):
            said = f"{other['window']} 号窗口 {other['name']} {other['start']}–{other['end']}"
            raise Problem("shift-clash", "window", said)
    told: dict[str, int | str] = {
        "id": command.request_id,
        "day": command.day.isoformat(),
        "clerk": command.clerk,
        "name": command.name,
        "start": command.start,
        "end": command.end,
    }
    now = to_ms(command.at)
    fact = LineFact(PLANNED, "", now, actor.clerk_no, command.window, command.why, told)
    rows.note(connection, command.hall, fact)
    memory.remember(connection, command.hall, command.request_id, digest, PLANNED, now)
    return True


def drop(connection: Connection, actor: Actor, command: Drop) -> bool:
    """Take a shift back, with a reason; False when the request was known.

    Raises Problem `supervisor-needed`, `reason-needed`, `not-found`.
    """
    _may(actor)
    if not command.why.strip():
        raise Problem("reason-needed", "why", "取消排班")
    digest = memory.digest(DROPPED, command.shift)
    if memory.subject(connection, command.hall, command.request_id, digest):
        return False
    planned = shifts_of(connection, command.hall, command.day)
    found = next((one for one in planned if one["id"] == command.shift), None)
    if found is None:
        raise Problem("not-found", "shift", command.shift)
    now = to_ms(command.at)
    told: dict[str, int | str] = {"id": command.shift, "day": command.day.isoformat()}
    fact = LineFact(DROPPED, "", now, actor.clerk_no, str(found["window"]), command.why, told)
    rows.note(connection, command.hall, fact)
    memory.remember(connection, command.hall, command.request_id, digest, DROPPED, now)
    return True


def shifts_of(connection: Connection, hall: str, day: date) -> Sequence[Mapping[str, Any]]:
    """The shifts of a day by window and time: `{id, day, window, clerk, name, start, end, by, at, why}`."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=rows.HALL_TIME)
    since = to_ms(midnight - timedelta(days=AHEAD_DAYS))
    held: dict[str, Mapping[str, Any]] = {}
    for row in connection.execute(_FACTS, {"hall": hall, "since": since}).mappings():
        told = json.loads(row["data"])
        if told.get("day") != day.isoformat():
            continue
        if row["kind"] == DROPPED:
            held.pop(told["id"], None)
            continue
        more = {"window": row["window"], "by": row["clerk"], "why": row["why"]}
        held[told["id"]] = {**told, **more, "at": to_time(row["at_ms"]).isoformat()}
    return sorted(held.values(), key=lambda one: (str(one["window"]).zfill(8), one["start"]))


def _may(actor: Actor) -> None:
    if not actor.may("supervisor"):
        raise Problem("supervisor-needed", "shift", "排班")


def _is_clock(text: str) -> bool:
    hour, _, minute = text.partition(":")
    digits = len(text) == 5 and hour.isdecimal() and minute.isdecimal() and text.isascii()
    return digits and int(hour) < 24 and int(minute) < 60
