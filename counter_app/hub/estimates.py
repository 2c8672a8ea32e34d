"""How fast a lane moves today, read from the visits that have just ended and from who is there."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select, text

from counter_app.domain.tickets import Ticket, TicketState
from counter_app.domain.value import Value
from counter_app.hub.quick import Quick
from counter_app.hub.tables import ALIVE, DONE, HELD, tickets, windows
from counter_app.queueing.estimate import wait_minutes
from counter_app.queueing.pace import ARRIVED, RECENT, WINDOW_SEEN_MS, Finished, Pace, pace_of
from counter_app.queueing.rules import HOUR, MINUTE, Rules

_HALF_DAY_MS = 12 * HOUR  # whoever has waited so long belongs to a day that is over
_THERE_MS = 3 * MINUTE  # a window that gave a sign of life so lately is open
_T = tickets.c
_ENDED = Quick(
    select(_T.called_ms, _T.ended_ms, _T.window, _T.klass, _T.taken_ms, _T.guess_ms, _T.spread_ms)
    .where(_T.hall == bindparam("hall"), _T.group == bindparam("group"), text(DONE))
    .order_by(_T.ended_ms.desc())
    .limit(RECENT)
)
_ARRIVED = Quick(
    select(_T.klass, _T.taken_ms, _T.group)
    .where(_T.hall == bindparam("hall"), _T.taken_ms > bindparam("since"), text(ALIVE))
    .order_by(_T.taken_ms.desc())
    .limit(ARRIVED)
)
_HELD = Quick(select(_T.window, _T.group, _T.called_ms).where(_T.hall == bindparam("hall"), text(HELD)))
_PLACES = Quick(
    select(windows.c.window, windows.c.own, windows.c.paused, windows.c.seen_ms).where(
        windows.c.hall == bindparam("hall")
    )
)


class Known(Value, frozen=True):
    """The pace of a group and the windows that serve it now."""

    pace: Pace
    windows: frozenset[str]


def known(connection: Connection, hall: str, group: str, now: int) -> Known:
    """The pace of a group at a moment (ms)."""
    place = {"hall": hall, "group": group}
    ended = [
        Finished(ended - called, window, ended, klass, taken, guess, spread)
        for called, ended, window, klass, taken, guess, spread in _ENDED.all(connection, place)
        if called is not None
    ]
    lately = {"hall": hall, "since": now - _HALF_DAY_MS}
    arrived = [(klass, taken) for klass, taken, of in _ARRIVED.all(connection, lately) if of == group]
    held = _HELD.all(connection, {"hall": hall})
    busy = {window for window, of, _ in held if of == group}
    busy |= {visit.window for visit in ended if now - visit.ended_ms <= WINDOW_SEEN_MS}
    names = _at_work(connection, place, now, frozenset(busy))
    since = [began for window, _, began in held if window in names and began is not None]
    return Known(pace_of(ended, now, len(names), arrived, since), names)


def idle(connection: Connection, hall: str, serving: frozenset[str]) -> int:
    """How many of these windows have nobody at this moment."""
    return len(serving - {window for window, _, _ in _HELD.all(connection, {"hall": hall})})


def minutes(ticket: Ticket, ahead: int, at: Pace, rules: Rules, idle_windows: int = 0) -> tuple[int, int]:
    """Low and high minutes for a ticket; 0 and 0 for one that waits no longer."""
    if ticket.state is not TicketState.WAITING:
        return 0, 0
    return wait_minutes(ahead, ticket.klass, at, rules, idle_windows)


def _at_work(
    connection: Connection, place: Mapping[str, str], now: int, busy: frozenset[str]
) -> frozenset[str]:
    """Of the busy windows those that are not paused, and those that are there and may serve the group."""
    names = set(busy)
    for window, own, paused, seen_ms in _PLACES.all(connection, {"hall": place["hall"]}):
        serves = not json.loads(own) or place["group"] in json.loads(own)
        if paused:
            names.discard(window)
        elif serves and now - seen_ms <= _THERE_MS:
            names.add(window)
    return frozenset(names)
