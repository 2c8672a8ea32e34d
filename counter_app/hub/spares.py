"""Spare numbers: set aside for a kiosk in good time, given by it while the hub is away, told afterwards."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from counter_app.domain.actor import Actor
from counter_app.domain.value import Value
from counter_app.hub import by_hand, memory, rows
from counter_app.hub.commands import Spare, Take
from counter_app.hub.hall_tables import spares
from counter_app.hub.halls import hold_hall
from counter_app.hub.quick import Quick
from counter_app.hub.rows import business_day, to_ms
from counter_app.problems import Problem
from counter_app.queueing import line as model
from counter_app.queueing.entry import Entry
from counter_app.queueing.keys import number_text
from counter_app.queueing.line import Taking
from counter_app.queueing.rules import Group, Rules

MOST = 200
# Spare numbers stand high above the count, so that a block that lies unused in a kiosk leaves no gap in what
# people see called, and whoever holds one can be told from the others at a glance.
FIRST = 701
_NUMBER = re.compile(r"([A-Z])([0-9]{3,4})")
_BLOCK = select(spares).where(*memory.in_block(bindparam("nth")))
_ASIDE = Quick(
    select(func.sum(spares.c.last_nth - spares.c.first_nth + 1), func.max(spares.c.last_nth)).where(
        spares.c.hall == bindparam("hall"),
        spares.c.day == bindparam("day"),
        spares.c.prefix == bindparam("prefix"),
    )
)
_ASKED = select(spares).where(
    spares.c.hall == bindparam("hall"),
    spares.c.day == bindparam("day"),
    spares.c.request_id == bindparam("request_id"),
)


def set_aside(connection: Connection, actor: Actor, command: Spare) -> tuple[str, ...]:
    """Numbers of today nobody else gets. Raises Problem `group-unknown`, `line-closed`, `usage`."""
    if not 1 <= command.count <= MOST:
        raise Problem("usage", "count", f"备用号一次 1 至 {MOST} 个")
    rules, _ = hold_hall(connection, command.hall)
    day, group = business_day(command.at), rules.group(command.group)
    place = {"hall": command.hall, "day": day}
    known = connection.execute(_ASKED, {**place, "request_id": command.request_id}).first()
    if known is not None:
        return tuple(number_text(known.prefix, nth) for nth in range(known.first_nth, known.last_nth + 1))
    last = memory.next_number(connection, command.hall, day, group.prefix, 0)  # and nobody counts on
    before = aside(connection, command.hall, day, group.prefix)
    model.refuse_closed("", group.daily_limit, last + before.count + command.count)
    first = max(last, before.top, FIRST - 1) + 1
    last = first + command.count - 1
    row = {**place, "prefix": group.prefix, "first_nth": first, "last_nth": last}
    more = {"holder": command.holder, "request_id": command.request_id, "at_ms": to_ms(command.at)}
    connection.execute(insert(spares).values({**row, **more}))
    return tuple(number_text(group.prefix, nth) for nth in range(first, last + 1))


class Aside(Value, frozen=True):
    """How many numbers of a prefix are set aside today, and the highest of them (0: none)."""

    count: int = 0
    top: int = 0


def aside(connection: Connection, hall: str, day: str, prefix: str) -> Aside:
    """What is set aside of a prefix on a day."""
    row = _ASIDE.one(connection, {"hall": hall, "day": day, "prefix": prefix})
    return Aside(int(row[0] or 0), int(row[1] or 0)) if row is not None else Aside()


def next_free(connection: Connection, hall: str, day: str, group: Group, due_key: int) -> tuple[int, int]:
    """The next number of a group, and how many wait before whoever gets it and is due then.

    One that comes to a block set aside goes on behind it.
    """
    nth, ahead, last = memory.counted(connection, hall, day, group, due_key)
    while last is not None:
        nth, ahead, last = memory.counted(connection, hall, day, group, due_key, last - nth + 1)
    return nth, ahead


def take(connection: Connection, actor: Actor, command: Take, ticket_id: str, rules: Rules) -> Entry:
    """A number that was given while the hub was away joins the line where its moment puts it.

    Raises Problem `number-spare` when it was never set aside, or belongs to another ticket.
    """
    moment: datetime = min(command.taken_at or command.at, command.at)
    day, prefix = business_day(moment), command.spare[:1]
    block = _block(connection, command.hall, day, command.spare)
    if block is None or by_hand.find(connection, command.hall, day, command.spare) is not None:
        raise Problem("number-spare", "spare", command.spare)
    nth = nth_of(command.spare, prefix)
    since = max(to_ms(moment), block.at_ms)
    wish = Taking(ticket_id, day, since, prefix, command.klass, command.person, command.note, command.needs)
    entry, fact = model.new_entry(wish, rules, nth, actor)
    told = {**fact.data, "spare": command.spare}
    made = rows.add(connection, command.hall, entry, replace(fact, data=told))
    return by_hand.arrived(connection, command.hall, made)


def is_aside(connection: Connection, hall: str, day: str, number: str) -> bool:
    """Whether a printed number was set aside for a machine on a day, given by now or not."""
    return _block(connection, hall, day, number) is not None


def _block(connection: Connection, hall: str, day: str, number: str) -> Row[Any] | None:
    prefix = number[:1]
    nth = nth_of(number, prefix)
    where = {"hall": hall, "day": day, "prefix": prefix, "nth": nth}
    return connection.execute(_BLOCK, where).first() if nth else None


def nth_of(number: str, prefix: str) -> int:
    """The place of a printed number in its day's count; 0 for another prefix or no number."""
    match = _NUMBER.fullmatch(number)
    return int(match[2]) if match is not None and match[1] == prefix else 0
