"""What a press is going to ask of a server, asked in one journey before it asks.

Nothing is decided here and nothing is believed: `core` asks its own questions in its own order, and finds the
answers waiting when they are the very same. Where the hall has changed meanwhile it asks anew. On a file
there is no way to save.
"""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.hub import bookings, halls, memory, people_keys, rows
from counter_app.hub.commands import Call, Take
from counter_app.hub.quick import Write, foresee, is_server
from counter_app.hub.rows import business_day
from counter_app.problems import Problem
from counter_app.queueing import line as model
from counter_app.queueing.rules import Group, Rules


def take(connection: Connection, command: Take, ticket_id: str) -> None:
    """Whether the request is known, whether its person waits, and the next number.

    The number is given back when nobody asks for it.
    """
    if not is_server(connection) or command.rules is None or command.spare or command.booking or command.seen:
        return
    day = business_day(command.at)
    try:
        group, due = _place(command, ticket_id, day, command.rules)
    except Problem:  # is told where it belongs
        return
    questions = [memory.asking(command.hall, command.request_id, ticket_id)]
    if command.person:
        questions += _about(command, day)
    questions.append(memory.counting(connection, command.hall, day, group, due))
    foresee(connection, *questions, back=memory.counted_back(command.hall, day, group.prefix))


def call(connection: Connection, command: Call) -> None:
    """The window, and how the hall stands for it."""
    if is_server(connection) and command.lanes:
        held = halls.holding(command.hall, command.window)
        foresee(connection, held, memory.pressing(connection, command, command.lanes))


def _place(command: Take, ticket_id: str, day: str, rules: Rules) -> tuple[Group, int]:
    wish = bookings.plain_wish(command, ticket_id, day)
    return rules.group(wish.group), model.due_of(wish, rules)[1]


def _about(command: Take, day: str) -> list[Write]:
    """What is asked for a person: who is overdue, the hall's newest key, their number, their appointment."""
    marks = (command.person, *command.was)
    asked = [rows.asking_overdue(command.hall), people_keys.asking(command.hall)]
    asked += [rows.asking_in_line(command.hall, mark) for mark in marks]
    return asked + [bookings.asking(command.hall, day, mark) for mark in marks]
