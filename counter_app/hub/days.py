"""The end of a hall's day: who still waits is let go, and the numbers of the day are counted up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, text

from counter_app.domain.actor import Actor
from counter_app.domain.tickets import TicketState
from counter_app.hub import by_hand, memory, rows
from counter_app.hub.commands import EndDay
from counter_app.hub.hall_tables import spares
from counter_app.hub.halls import rules_of
from counter_app.hub.projections import doubt
from counter_app.hub.rows import business_day, to_ms
from counter_app.hub.tables import ALIVE, tickets
from counter_app.problems import Problem
from counter_app.queueing import entry as steps
from counter_app.queueing.entry import LineFact
from counter_app.queueing.keys import number_text

_T = tickets.c
_STATES = (
    select(_T.state, func.count())
    .where(_T.hall == bindparam("hall"), _T.day == bindparam("day"))
    .group_by(_T.state)
)
_NUMBERS = select(_T.number).where(_T.hall == bindparam("hall"), _T.day == bindparam("day"))
_LEFT = (
    select(tickets)
    .where(_T.hall == bindparam("hall"), text(ALIVE), _T.day <= bindparam("day"))
    .order_by(_T.ticket_id)
    .with_for_update()
)
_BLOCKS = select(spares).where(spares.c.hall == bindparam("hall"), spares.c.day == bindparam("day"))
_OVER = (TicketState.DONE, TicketState.MISSED, TicketState.CANCELLED, TicketState.CARRIED)


def end(connection: Connection, actor: Actor, command: EndDay) -> Mapping[str, Any]:
    """Let everybody go who still waits or was called; a visit under way is put aside, so it is not lost.

    The totals of the day after it. Raises Problem `supervisor-needed`, `reason-needed`.
    """
    steps.need_senior(actor, "结束今日叫号")
    why, now = steps.reason_of(command.why, "结束今日叫号"), to_ms(command.at)
    place = {"hall": command.hall, "day": business_day(command.at)}
    for row in connection.execute(_LEFT, place).mappings().all():
        entry, fact = steps.expire(rows.entry_of(row), now, actor)
        rows.put(connection, command.hall, (entry, fact))
    _unclaimed(connection, command.hall, place["day"])
    rows.note(connection, command.hall, LineFact("day.ended", "", now, actor.clerk_no, "", why))
    return totals(connection, command.hall, date.fromisoformat(place["day"]))


def _unclaimed(connection: Connection, hall: str, day: str) -> None:
    """A number that was served by hand and that no machine ever told of is for a person to look at."""
    for word in by_hand.left(connection, hall, day):
        served = {"event_id": word.event_id, "device": word.device, "wall_ms": word.at_ms}
        doubt(connection, hall, served, "ticket-unknown", word.number)


def totals(connection: Connection, hall: str, day: date) -> Mapping[str, Any]:
    """A day's numbers by what became of them. `open` is not over yet; `gaps` were counted and never given.

    numbers = done + missed + cancelled + carried + open holds by itself: each number has one state.
    """
    place = {"hall": hall, "day": day.isoformat()}
    counted = {state: int(count) for state, count in connection.execute(_STATES, place)}
    over = {str(state): counted.get(state, 0) for state in _OVER}
    return {
        "day": day.isoformat(),
        "numbers": sum(counted.values()),
        **over,
        "open": sum(counted.values()) - sum(over.values()),
        "states": counted,
        **_missing(connection, hall, place),
    }


def _missing(connection: Connection, hall: str, place: Mapping[str, str]) -> Mapping[str, Any]:
    """Numbers of the count that no ticket has: unused spare numbers, and gaps nobody can explain."""
    rules, _ = rules_of(connection, hall)
    have = set(connection.execute(_NUMBERS, place).scalars())
    spare = {
        number_text(row.prefix, nth)
        for row in connection.execute(_BLOCKS, place)
        for nth in range(row.first_nth, row.last_nth + 1)
    }
    counted = {
        number_text(group.prefix, nth)
        for group in rules.groups
        for nth in range(1, memory.last_number(connection, hall, place["day"], group.prefix) + 1)
    }
    missing = (counted | spare) - have
    return {"spare_unused": sorted(missing & spare), "gaps": sorted(missing - spare)}


def refuse_open(told: Mapping[str, Any]) -> None:
    """Refuse a balance while somebody is still in the line. Raises Problem `day-open`."""
    if told["open"]:
        raise Problem("day-open", "line", str(told["open"]))
