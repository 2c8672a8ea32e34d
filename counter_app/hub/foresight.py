"""What a press will ask next on a server, asked beforehand so that it goes in one journey.

Nothing is decided here: `core` asks everything in its own words, and whoever guessed wrong has asked in vain
and asks again. A guess is what was so the last time on this connection. On a file nothing is foreseen.
"""

from __future__ import annotations

from collections.abc import Hashable

from sqlalchemy import Connection

from counter_app.hub import halls, memory, rows, spares
from counter_app.hub.commands import Call, Take
from counter_app.hub.quick import foresee, guesses
from counter_app.hub.rows import business_day, to_ms
from counter_app.problems import Problem
from counter_app.queueing.choose import Window, lanes_of, own_lanes
from counter_app.queueing.line import Taking, due_of
from counter_app.queueing.rules import Rules


def take(connection: Connection, command: Take, ticket_id: str) -> None:
    """The hall, the request, the last number and the line before the next, for who names nobody."""
    known = guesses(connection)
    rules = known.get((Rules, command.hall)) if known is not None else None
    if known is None or rules is None or command.person or command.booking or command.spare:
        return
    hall, day = command.hall, business_day(command.at)
    try:
        group = rules.group(command.group)
        due = due_of(Taking(ticket_id, day, to_ms(command.at), group.code, command.klass), rules)[1]
    except Problem:  # told where it belongs, behind what a repeated request is told
        return
    soon = [memory.asked_soon(hall, command.request_id, ticket_id)]
    soon += memory.counted_soon(hall, day, group, due)
    last_day, last = known.get((Take, hall, group.prefix), (day, 0))
    if last_day == day and spares.FIRST <= last + 1 <= spares.LAST:
        soon.append(spares.block_soon(hall, day, group.prefix, last + 1))
    foresee(connection, *soon)


def saw_rules(connection: Connection, hall: str, rules: Rules) -> None:
    """Remember a hall's rules for the next number."""
    _remember(connection, (Rules, hall), rules)


def saw_number(connection: Connection, hall: str, day: str, prefix: str, nth: int) -> None:
    """Remember the last number of a day."""
    _remember(connection, (Take, hall, prefix), (day, nth))


def hold_window(connection: Connection, command: Call) -> tuple[Window, Rules]:
    """The window, held, and the hall's rules; its lanes go along.

    The head of a lane too, where nobody waited in any other the last time. It is locked at once: where
    somebody has come to a better lane since, another process passes over it for as long as this transaction
    lasts, as it would had it been called. Raises Problem `not-found`.
    """
    known = guesses(connection)
    guess = known.get((Call, command.hall, command.window)) if known is not None else None
    if guess is not None and not command.ticket_id:
        lanes, lane = guess
        soon = [halls.held_soon(command.hall, command.window), memory.pressed_soon(command, lanes)]
        foresee(connection, *soon, *([rows.head_soon(command.hall, lane)] if lane else []))
    return halls.hold_window(connection, command.hall, command.window)


def saw_lanes(connection: Connection, command: Call, place: Window, rules: Rules, alone: str) -> None:
    """Remember the lanes of a window, and the only one in which somebody waited ("" = there were several)."""
    lane = alone if alone in own_lanes(place, rules) else ""
    _remember(connection, (Call, command.hall, command.window), (lanes_of(place, rules), lane))


def _remember(connection: Connection, what: Hashable, value: object) -> None:
    known = guesses(connection)
    if known is not None:
        known[what] = value
