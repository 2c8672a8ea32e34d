"""What the hub remembers for ever, so that a repeated question gets the first answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Table,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    select,
    true,
    update,
)
from sqlalchemy.dialects import sqlite

from counter_app.domain.value import Value
from counter_app.hub import fronts, rows
from counter_app.hub.commands import Call
from counter_app.hub.hall_tables import spares
from counter_app.hub.halls import rules_in
from counter_app.hub.quick import Quick, Write, first, is_server, write
from counter_app.hub.rows import to_ms
from counter_app.hub.tables import calls, counters, halls, requests, tickets
from counter_app.problems import Problem
from counter_app.queueing.entry import Entry
from counter_app.queueing.line import repeated
from counter_app.queueing.rules import Group, Rules


def in_block(nth: Any) -> tuple[Any, ...]:
    """What says that a number stands among those set aside."""
    return (
        spares.c.hall == bindparam("hall"),
        spares.c.day == bindparam("day"),
        spares.c.prefix == bindparam("prefix"),
        spares.c.first_nth <= nth,
        spares.c.last_nth >= nth,
    )


_REQUEST = Quick(
    select(requests.c.digest, requests.c.subject).where(
        requests.c.hall == bindparam("hall"), requests.c.request_id == bindparam("request_id")
    )
)
_LAST_COUNTED = select(counters.c.last).where(
    counters.c.hall == bindparam("hall"),
    counters.c.day == bindparam("day"),
    counters.c.prefix == bindparam("prefix"),
)
_LAST = Quick(_LAST_COUNTED)
# Of the number that has just been counted: how many wait before whoever gets it, and where the block of
# numbers ends that it stands in, if it was set aside.
_JUST = literal_column("counters.last", BigInteger)
_AHEAD = rows.in_lane_before(_JUST)
_ASIDE = select(func.max(spares.c.last_nth)).where(*in_block(_JUST))
_BACK = Quick(
    update(counters)
    .where(
        counters.c.hall == bindparam("_hall"),
        counters.c.day == bindparam("_day"),
        counters.c.prefix == bindparam("_prefix"),
    )
    .values(last=counters.c.last - 1)
)
_REMEMBER = Quick(insert(requests).values({c.name: bindparam(c.name) for c in requests.c}))
_REMEMBER_CALL = Quick(insert(calls).values({c.name: bindparam(c.name) for c in calls.c}))
# Everything a wish for a number has to know before it counts, in one look.
_ASKED = Quick(
    select(halls.c.rules, halls.c.closed, requests.c.digest, requests.c.subject, *rows.COLUMNS)
    .select_from(
        halls.outerjoin(
            requests, (requests.c.hall == halls.c.hall) & (requests.c.request_id == bindparam("request_id"))
        ).outerjoin(
            tickets, (tickets.c.hall == halls.c.hall) & (tickets.c.ticket_id == bindparam("ticket_id"))
        )
    )
    .where(halls.c.hall == bindparam("hall"))
)


# The same for a verb on a ticket, which stays locked until the end of the transaction.
_ACTED = Quick(
    select(halls.c.rules, requests.c.digest, requests.c.subject, *rows.COLUMNS)
    .select_from(
        tickets.join(halls, halls.c.hall == tickets.c.hall).outerjoin(
            requests, (requests.c.hall == tickets.c.hall) & (requests.c.request_id == bindparam("request_id"))
        )
    )
    .where(tickets.c.hall == bindparam("hall"), tickets.c.ticket_id == bindparam("ticket_id"))
    .with_for_update(of=tickets)
)


@cache
def pressed_look(lanes: int, server: bool) -> Quick:
    """The same for a press of a window that holds its own row, with the first of so many lanes."""
    called = (calls.c.hall == halls.c.hall) & (calls.c.call_id == bindparam("call_id"))
    first = fronts.first_of_each(lanes, server).subquery()
    return Quick(
        select(calls.c.ticket_id, calls.c.window, rows.OLDEST, rows.FIRST_LEASE, rows.HOLDS, *first.c)
        .select_from(halls.outerjoin(calls, called).outerjoin(first, true()))
        .where(halls.c.hall == bindparam("hall"))
    )


class Asked(Value, frozen=True):
    """A hall as a wish for a number finds it. `before` is the ticket this very request was given."""

    rules: Rules
    closed: str
    before: Entry | None


class Pressed(Value, frozen=True):
    """A hall as the press of a window finds it. `before` is the ticket this very call was given.

    `oldest` is when its oldest ticket was taken and `lease` when its first lease ends, in ms; `holds` is
    the ticket the window has now; `heads` are the first of each lane that was asked for.
    """

    before: Entry | None
    oldest: int | None
    lease: int | None
    holds: str | None
    heads: Mapping[str, fronts.Head]


def asked(connection: Connection, hall: str, request_id: str, ticket_id: str, mine: str) -> Asked:
    """The hall and the ticket of an earlier request of this id.

    Raises Problem `request-reused` when that request was about something else, `not-found` for the hall.
    """
    row = first(connection, asking(hall, request_id, ticket_id))
    if row is None:
        raise Problem("not-found", "hall", hall)
    text, closed, said, about, *entry = row
    if said is not None and said != mine:
        raise Problem("request-reused", "request_id", request_id)
    before = rows.entry_at(entry) if entry[0] is not None else None
    if before is None and about:
        before = rows.seen(connection, hall, about)
    return Asked(rules_in(text), closed, before)


def asking(hall: str, request_id: str, ticket_id: str) -> Write:
    """What `asked` asks."""
    return _ASKED, {"hall": hall, "request_id": request_id, "ticket_id": ticket_id}


def digest(*parts: str) -> str:
    """What tells two requests with one id apart."""
    return hashlib.sha256(
        json.dumps(parts, ensure_ascii=False).encode("utf-8", "backslashreplace")
    ).hexdigest()


def subject(connection: Connection, hall: str, request_id: str, mine: str) -> str:
    """What an earlier request of this id was about, "" if there was none. Raises Problem `request-reused`."""
    row = _REQUEST.one(connection, {"hall": hall, "request_id": request_id})
    if row is not None and row[0] != mine:
        raise Problem("request-reused", "request_id", request_id)
    return str(row[1]) if row is not None else ""


def remember(connection: Connection, hall: str, request_id: str, mine: str, about: str, now: int) -> None:
    """Keep what a request was about; it never expires, because a counter can be away for weeks."""
    write(connection, kept(hall, request_id, mine, about, now))


def kept(hall: str, request_id: str, mine: str, about: str, now: int) -> Write:
    """The same, to be written together with what the request did."""
    values = {"hall": hall, "request_id": request_id, "digest": mine, "subject": about, "at_ms": now}
    return _REMEMBER, values


def pressed(connection: Connection, command: Call, lanes: Sequence[str]) -> Pressed:
    """How the hall stands, and the ticket of an earlier call with this id.

    Raises Problem `call-lapsed`, `request-reused`, `not-found` for the hall.
    """
    look, place = pressing(connection, command, lanes)
    found = look.all(connection, place)
    if not found:
        raise Problem("not-found", "hall", command.hall)
    called, window, oldest, lease, holds, *_ = found[0]
    before = None
    if called is not None:
        before = repeated(rows.find(connection, command.hall, called), window, command.window)
    return Pressed(before, oldest, lease, holds, fronts.found_in(row[5:] for row in found))


def pressing(connection: Connection, command: Call, lanes: Sequence[str]) -> Write:
    """What `pressed` asks."""
    place = {"hall": command.hall, "call_id": command.call_id, "window": command.window}
    return pressed_look(len(lanes), is_server(connection)), {**place, **fronts.named(lanes)}


def acted(
    connection: Connection, hall: str, ticket_id: str, request_id: str, mine: str
) -> tuple[Rules, bool, Entry]:
    """The hall's rules, whether a request of this id was done before, and the ticket, locked.

    Raises Problem `request-reused`, `not-found`.
    """
    row = _ACTED.one(connection, {"hall": hall, "ticket_id": ticket_id, "request_id": request_id})
    if row is None:
        subject(connection, hall, request_id, mine)
        raise Problem("not-found", "ticket", ticket_id)
    text, said, about, *entry = row
    if said is not None and said != mine:
        raise Problem("request-reused", "request_id", request_id)
    return rules_in(text), bool(about), rows.entry_at(entry)


def remember_call(connection: Connection, command: Call, made: Entry) -> None:
    """Keep which ticket a call got."""
    write(connection, call_kept(command, made))


def call_kept(command: Call, made: Entry) -> Write:
    """The same, to be written together with the call."""
    values = {"hall": command.hall, "call_id": command.call_id, "ticket_id": made.ticket_id}
    return _REMEMBER_CALL, {**values, "window": command.window, "at_ms": to_ms(command.at)}


def next_number(connection: Connection, hall: str, day: str, prefix: str, more: int = 1) -> int:
    """Count up the day's numbers of a prefix by `more`, and give the last of them.

    The row stays locked until the commit, so none is lost and none is given twice.
    """
    place = {"hall": hall, "day": day, "prefix": prefix, "last": more}
    return int(_counted(connection, (_GROWN[connection.dialect.name](), place))[0])


def counted(
    connection: Connection, hall: str, day: str, group: Group, due_key: int, more: int = 1
) -> tuple[int, int, int | None]:
    """The same for a group, how many wait before whoever gets this number and is due then, and the last of
    the numbers set aside among which it is, if it is.
    """
    nth, ahead, last = _counted(connection, counting(connection, hall, day, group, due_key, more))
    return int(nth), int(ahead), last


def counting(connection: Connection, hall: str, day: str, group: Group, due_key: int, more: int = 1) -> Write:
    """What `counted` asks; it counts up."""
    place = {"hall": hall, "day": day, "prefix": group.prefix, "last": more}
    return _COUNTED[connection.dialect.name](), {**place, "lane": group.code, "due_key": due_key}


def _counted(connection: Connection, asked: Write) -> Sequence[Any]:
    row = first(connection, asked)
    if row is None:
        raise AssertionError("an upsert always gives a row")
    return row


def counted_back(hall: str, day: str, prefix: str) -> Write:
    """What takes back one that was counted in this transaction, which still holds the count."""
    return _BACK, {"_hall": hall, "_day": day, "_prefix": prefix}


def count_on(connection: Connection, hall: str, day: str, prefix: str, seen: int) -> None:
    """Never give a number again that somebody has seen today: the store may be older than the papers."""
    first = rows.upsert(connection, counters).values(hall=hall, day=day, prefix=prefix, last=seen)
    higher = case((counters.c.last < seen, seen), else_=counters.c.last)
    connection.execute(
        first.on_conflict_do_update(index_elements=["hall", "day", "prefix"], set_={"last": higher})
    )


def last_number(connection: Connection, hall: str, day: str, prefix: str) -> int:
    """The last number of a prefix that was given or set aside on a day; 0 = none."""
    where = {"hall": hall, "day": day, "prefix": prefix}
    found = _LAST.one(connection, where)
    return int(found[0]) if found is not None else 0


def _grown(insert_into: Callable[[Table], Any], *more: Any) -> Quick:
    first = insert_into(counters).values({c.name: bindparam(c.name) for c in counters.c})
    grown = {"last": counters.c.last + first.excluded.last}
    counted = first.on_conflict_do_update(index_elements=["hall", "day", "prefix"], set_=grown)
    return Quick(counted.returning(counters.c.last, *more))


def _postgresql() -> Callable[[Table], Any]:
    from sqlalchemy.dialects import postgresql  # a desk that is its own hub never needs it

    return postgresql.insert


_TOLD = (_AHEAD.scalar_subquery(), _ASIDE.scalar_subquery())
_GROWN: dict[str, Callable[[], Quick]] = {
    "sqlite": cache(lambda: _grown(sqlite.insert)),
    "postgresql": cache(lambda: _grown(_postgresql())),
}
_COUNTED: dict[str, Callable[[], Quick]] = {
    "sqlite": cache(lambda: _grown(sqlite.insert, *_TOLD)),
    "postgresql": cache(lambda: _grown(_postgresql(), *_TOLD)),
}
