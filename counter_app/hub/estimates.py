"""How fast a lane moves today, read from the visits that have just ended."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select, text

from counter_app.domain.tickets import Ticket, TicketState
from counter_app.hub.tables import DONE, HELD, tickets
from counter_app.queueing.estimate import RECENT, WINDOW_SEEN_MS, Finished, Pace, pace_of, wait_minutes
from counter_app.queueing.rules import Rules

_T = tickets.c
_ENDED = (
    select(_T.called_ms, _T.ended_ms, _T.window, _T.klass)
    .where(_T.hall == bindparam("hall"), _T.group == bindparam("group"), text(DONE))
    .order_by(_T.ended_ms.desc())
    .limit(RECENT)
)
_AT_WORK = select(_T.window).where(_T.hall == bindparam("hall"), _T.group == bindparam("group"), text(HELD))


def pace(connection: Connection, hall: str, group: str, now: int) -> Pace:
    """The pace of a group at a moment (ms)."""
    place = {"hall": hall, "group": group}
    ended = [
        Finished(row.ended_ms - row.called_ms, row.window, row.ended_ms, row.klass)
        for row in connection.execute(_ENDED, place)
        if row.called_ms is not None
    ]
    at_work = set(connection.execute(_AT_WORK, place).scalars())
    at_work |= {visit.window for visit in ended if now - visit.ended_ms <= WINDOW_SEEN_MS}
    return pace_of(ended, now, len(at_work))


def minutes(ticket: Ticket, ahead: int, at: Pace, rules: Rules) -> tuple[int, int]:
    """Low and high minutes for a ticket; 0 and 0 for one that waits no longer."""
    if ticket.state is not TicketState.WAITING:
        return 0, 0
    return wait_minutes(ahead, ticket.klass, at, rules)
