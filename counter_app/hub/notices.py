"""Words for the whole hall: help asked, outage, cover, emergency. Facts like all others, about no ticket."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from counter_app.domain.actor import Actor
from counter_app.hub import memory, rows
from counter_app.hub.commands import Say
from counter_app.hub.rows import HALL_TIME, to_ms, to_time
from counter_app.hub.tables import line_facts
from counter_app.problems import Problem
from counter_app.queueing.entry import LineFact

# Kind -> the word of `tokens.MAY` needed to say it. What ends in a second word of a pair ends the first.
KINDS: Mapping[str, str] = {
    "help.asked": "take",
    "help.answered": "act",
    "emergency.pressed": "act",
    "emergency.ended": "act",
    "outage.announced": "act",
    "outage.ended": "act",
    "cover.on": "senior",
    "cover.off": "senior",
    "board.text": "senior",
}
# What is still in force is told with the hall: topic -> the kind that ends it.
_ENDS: Mapping[str, str] = {
    "help.asked": "help.answered",
    "emergency.pressed": "emergency.ended",
    "outage.announced": "outage.ended",
    "cover.on": "cover.off",
}
_OF_SPAN = (
    select(line_facts)
    .where(
        line_facts.c.hall == bindparam("hall"),
        line_facts.c.ticket_id == "",
        line_facts.c.at_ms >= bindparam("since"),
        line_facts.c.at_ms < bindparam("until"),
    )
    .order_by(line_facts.c.fact_no)
)


def say(connection: Connection, actor: Actor, command: Say) -> bool:
    """Keep a word for the hall; False when the same request was kept before.

    Raises Problem `notice-unknown`, `request-reused`.
    """
    if command.kind not in KINDS:
        raise Problem("notice-unknown", "kind", command.kind)
    now = to_ms(command.at)
    digest = memory.digest("say", command.kind, command.text, command.window)
    if memory.subject(connection, command.hall, command.request_id, digest):
        return False
    window = command.window or actor.window
    fact = LineFact(command.kind, "", now, actor.clerk_no, window, command.text, dict(command.data))
    rows.note(connection, command.hall, fact)
    memory.remember(connection, command.hall, command.request_id, digest, command.kind, now)
    return True


def said(connection: Connection, hall: str, day: date, kind: str = "") -> Sequence[Mapping[str, Any]]:
    """What was said to the hall on a day, and what became of its windows, oldest first."""
    midnight = datetime.combine(day, datetime.min.time(), HALL_TIME)
    span = {"since": to_ms(midnight), "until": to_ms(midnight + timedelta(days=1))}
    found = connection.execute(_OF_SPAN, {"hall": hall, **span}).mappings()
    return [_shown(dict(row)) for row in found if not kind or row["kind"] == kind]


def in_force(facts: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """What of a day's words still holds: the latest of each topic and window that nothing has ended."""
    held: dict[tuple[str, str], Mapping[str, Any]] = {}
    for fact in facts:
        kind, window = str(fact["kind"]), str(fact["window"])
        if kind in _ENDS:
            held[kind, window] = fact
        elif kind == "board.text":
            held.pop((kind, ""), None)
            if fact["why"]:
                held[kind, ""] = fact
        else:
            for topic, end in _ENDS.items():
                for place in [place for place in held if kind == end and place[0] == topic]:
                    if place[1] == window or not window:
                        del held[place]
    return list(held.values())


def _shown(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "no": row["fact_no"],
        "kind": row["kind"],
        "at": to_time(row["at_ms"]).isoformat(),
        "clerk": row["clerk"],
        "window": row["window"],
        "why": row["why"],
        "data": json.loads(row["data"]),
    }
