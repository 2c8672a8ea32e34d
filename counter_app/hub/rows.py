"""Between rows of the hub store and the values of the pure model."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    RowMapping,
    Table,
    bindparam,
    func,
    insert,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects import sqlite

from counter_app.domain.tickets import Ticket, TicketState
from counter_app.hub.quick import Quick, Write, first, write
from counter_app.hub.tables import ALIVE, HELD, IN_LINE, WAITS, line_facts, tickets
from counter_app.problems import Problem
from counter_app.queueing.entry import Entry, LineFact

# One zone for the whole country, without summer time: no zone database is needed.
HALL_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
_T = tickets.c
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ENTRY_FIELDS = [f.name for f in fields(Entry)]
_STATE = _ENTRY_FIELDS.index("state")
# What no verb changes is not written again: SQLite would write its indexes again too.
_FOR_EVER = ("ticket_id", "day", "number", "nth")
_KLASS = _ENTRY_FIELDS.index("klass")
_FIELDS = attrgetter(*_ENTRY_FIELDS)
_PUT_NAMES = ["_hall", *(f"_{name}" for name in _ENTRY_FIELDS)]
_FACT_FIELDS = ["hall", *(f.name for f in fields(LineFact))]

COUNTED = 999


def in_lane_before(nth: Any) -> Any:
    """How many wait in a lane before a due key and a number; nobody counts beyond `COUNTED`."""
    earlier = (
        select(_T.nth)
        .where(_T.hall == bindparam("hall"), _T.lane == bindparam("lane"), text(WAITS))
        .where(tuple_(_T.due_key, _T.nth) < tuple_(bindparam("due_key", type_=BigInteger), nth))
        .order_by(_T.due_key, _T.nth)
        .limit(COUNTED)
    )
    return select(func.count()).select_from(earlier.subquery())


# Statements are built once: putting one together costs more than running it. FOR UPDATE locks the
# row on PostgreSQL; SQLite has one writer and leaves it out.
COLUMNS = [_T[name] for name in _ENTRY_FIELDS]
_MINE = select(*COLUMNS).where(_T.hall == bindparam("hall"))
_BY_ID = _MINE.where(_T.ticket_id == bindparam("ticket_id")).with_for_update()
_SEEN = _MINE.where(_T.ticket_id == bindparam("ticket_id"))
_BY_NUMBER = _MINE.where(_T.day == bindparam("day"), _T.number == bindparam("number")).with_for_update()
_OF_PERSON = _MINE.where(_T.person == bindparam("person"), text(IN_LINE)).with_for_update()
_HELD_BY = _MINE.where(_T.window == bindparam("window"), text(HELD)).with_for_update()
_LANE = _MINE.where(_T.lane == bindparam("lane"), text(WAITS)).order_by(_T.due_key, _T.nth).with_for_update()
_HEAD = _LANE.limit(1).with_for_update(skip_locked=True)
_STALE = _MINE.where(_T.taken_ms <= bindparam("before"), text(ALIVE)).order_by(_T.taken_ms)
_LAPSED = _MINE.where(text(HELD), _T.lease_ms <= bindparam("before")).order_by(_T.lease_ms)
_STALE, _LAPSED = (one.with_for_update(skip_locked=True) for one in (_STALE, _LAPSED))
_AHEAD = in_lane_before(bindparam("nth", type_=BigInteger))
_ADD = insert(tickets)
PUT = (
    update(tickets)
    .where(_T.hall == bindparam("_hall"), _T.ticket_id == bindparam("_ticket_id"))
    .values({name: bindparam(f"_{name}") for name in _ENTRY_FIELDS if name not in _FOR_EVER})
)
_NOTE = insert(line_facts)
# Most of the time nobody is overdue: one look says so, and nothing is locked. It asks for the oldest, not
# whether there is one: a server that plans for unknown values reads the whole table for that question.
OLDEST = (
    select(_T.taken_ms)
    .where(_T.hall == bindparam("hall"), text(ALIVE))
    .order_by(_T.taken_ms)
    .limit(1)
    .scalar_subquery()
)
# Only who is called has a lease, and a hall has no more of them than windows: they need no index.
FIRST_LEASE = select(func.min(_T.lease_ms)).where(_T.hall == bindparam("hall"), text(HELD)).scalar_subquery()
_OLDEST = select(OLDEST, FIRST_LEASE)
HOLDS = (
    select(_T.ticket_id)
    .where(_T.hall == bindparam("hall"), _T.window == bindparam("window"), text(HELD))
    .scalar_subquery()
)
_QUICK = {
    name: Quick(statement)
    for name, statement in {
        "by_id": _BY_ID,
        "seen": _SEEN,
        "by_number": _BY_NUMBER,
        "of_person": _OF_PERSON,
        "held_by": _HELD_BY,
        "lane": _LANE,
        "head": _HEAD,
        "stale": _STALE,
        "lapsed": _LAPSED,
        "oldest": _OLDEST,
        "ahead": _AHEAD,
        "add": _ADD.values({name: bindparam(name) for name in ["hall", *_ENTRY_FIELDS]}),
        "put": PUT,
        "note": _NOTE.values({name: bindparam(name) for name in _FACT_FIELDS}),
    }.items()
}


def to_ms(at: datetime) -> int:
    """An aware moment as ms since 1970."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def to_time(ms: int) -> datetime:
    """Ms since 1970 as the hall's local time."""
    return (_EPOCH + timedelta(milliseconds=ms)).astimezone(HALL_TIME)


def business_day(at: datetime) -> str:
    """The hall's calendar day of a moment."""
    return at.astimezone(HALL_TIME).date().isoformat()


def entry_of(row: RowMapping) -> Entry:
    """A ticket row as the pure model sees it."""
    values = {name: row[name] for name in _ENTRY_FIELDS}
    return Entry(**{**values, "state": TicketState(values["state"])})


def entry_at(row: Sequence[Any]) -> Entry:
    """The same from values in the order of `COLUMNS`."""
    made: Callable[..., Entry] = Entry
    return made(*row[:_STATE], TicketState(row[_STATE]), *row[_STATE + 1 : len(COLUMNS)])


def ticket_of(entry: Entry) -> Ticket:
    """A ticket as the desk shows it."""
    return Ticket(
        ticket_id=entry.ticket_id,
        number=entry.number,
        group=entry.group,
        klass=entry.klass,
        state=entry.state,
        taken_at=to_time(entry.taken_ms),
        due_key=entry.due_key,
        window=entry.window,
        called_at=to_time(entry.called_ms) if entry.called_ms is not None else None,
        recalls=entry.recalls,
        person_id=entry.person,
        note=entry.note,
        needs=tuple(code for code in entry.needs.split(",") if code),
        helper=entry.helper,
        why=entry.why,
        by=entry.by,
        reissues=entry.reissues,
        booking=entry.booking,
    )


def upsert(connection: Connection, table: Table) -> Any:
    """An INSERT that can say ON CONFLICT; the dialects spell it alike but own it separately."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # a desk that is its own hub never needs it

    return postgresql.insert(table)


def find(connection: Connection, hall: str, ticket_id: str) -> Entry:
    """One ticket, locked until the end of the transaction. Raises Problem `not-found`."""
    found = known(connection, hall, ticket_id)
    if found is None:
        raise Problem("not-found", "ticket", ticket_id)
    return found


def known(connection: Connection, hall: str, ticket_id: str) -> Entry | None:
    """One ticket, locked, or None."""
    return _one(connection, "by_id", hall=hall, ticket_id=ticket_id)


def by_number(connection: Connection, hall: str, day: str, number: str) -> Entry | None:
    """The ticket of a printed number on a day, locked, or None."""
    return _one(connection, "by_number", hall=hall, day=day, number=number)


def seen(connection: Connection, hall: str, ticket_id: str) -> Entry | None:
    """One ticket, read without locking it, or None."""
    return _one(connection, "seen", hall=hall, ticket_id=ticket_id)


def in_line(connection: Connection, hall: str, person: str) -> Entry | None:
    """The ticket a person waits with or was called with; None for nobody in particular."""
    return _entry(connection, asking_in_line(hall, person)) if person else None


def asking_in_line(hall: str, person: str) -> Write:
    """What asks for it."""
    return _QUICK["of_person"], {"hall": hall, "person": person}


def held_by(connection: Connection, hall: str, window: str) -> Entry | None:
    """The person a window has now."""
    return _one(connection, "held_by", hall=hall, window=window)


def head(connection: Connection, hall: str, lane: str) -> Entry | None:
    """The first in a lane whom no other transaction is calling at this moment, locked."""
    return _one(connection, "head", hall=hall, lane=lane)


def sent_to(connection: Connection, hall: str, lane: str) -> list[Entry]:
    """Everybody who waits in a lane."""
    return [entry_at(row) for row in _QUICK["lane"].all(connection, {"hall": hall, "lane": lane})]


def overdue(connection: Connection, hall: str, now: int, stale: int) -> list[Entry]:
    """Tickets to which time alone does something: taken `stale` ms ago, or with a lease that ran out."""
    oldest, lease = first(connection, asking_overdue(hall)) or (None, None)
    return late(connection, hall, now, stale) if is_late(oldest, lease, now, stale) else []


def asking_overdue(hall: str) -> Write:
    """What asks whether there is any: the oldest ticket of a hall, and its first lease."""
    return _QUICK["oldest"], {"hall": hall}


def is_late(oldest: int | None, lease: int | None, now: int, stale: int) -> bool:
    """Whether time alone does something to anybody: the oldest ticket of the hall, its first lease."""
    return (oldest is not None and oldest <= now - stale) or (lease is not None and lease <= now)


def late(connection: Connection, hall: str, now: int, stale: int) -> list[Entry]:
    """Those tickets, locked, as far as nobody else sees to them already."""
    old = _QUICK["stale"].all(connection, {"hall": hall, "before": now - stale})
    lapsed = _QUICK["lapsed"].all(connection, {"hall": hall, "before": now})
    found = {entry.ticket_id: entry for entry in map(entry_at, (*old, *lapsed))}
    return [found[ticket_id] for ticket_id in sorted(found)]


def ahead(connection: Connection, hall: str, me: Entry) -> int:
    """How many wait before this ticket in its lane; nobody counts beyond `COUNTED`."""
    if me.state is not TicketState.WAITING:
        return 0
    place = {"hall": hall, "lane": me.lane, "due_key": me.due_key, "nth": me.nth}
    counted = _QUICK["ahead"].one(connection, place)
    return int(counted[0]) if counted is not None else 0


def add(connection: Connection, hall: str, made: Entry, fact: LineFact) -> Entry:
    """Write a new ticket with its first fact."""
    write(connection, (_QUICK["add"], {"hall": hall, **values_of(made)}), noted(hall, fact))
    return made


def put(connection: Connection, hall: str, made: tuple[Entry, LineFact], *also: Write) -> Entry:
    """Write a changed ticket, append the fact that changed it, and what else belongs to it."""
    entry, fact = made
    write(connection, renewed(hall, entry), noted(hall, fact), *also)
    return entry


def renew(connection: Connection, hall: str, entry: Entry) -> None:
    """Write a changed ticket without a fact (a lease that runs on)."""
    write(connection, renewed(hall, entry))


def note(connection: Connection, hall: str, fact: LineFact) -> None:
    """Append one fact."""
    write(connection, noted(hall, fact))


def renewed(hall: str, entry: Entry) -> Write:
    """What writes a changed ticket."""
    return _QUICK["put"], dict(zip(_PUT_NAMES, (hall, *_values(entry)), strict=True))


def noted(hall: str, fact: LineFact) -> Write:
    """What appends one fact."""
    values = {name: getattr(fact, name) for name in _FACT_FIELDS[1:]}
    data = json.dumps(dict(fact.data), sort_keys=True) if fact.data else "{}"
    return _QUICK["note"], {**values, "hall": hall, "data": data}


def story(connection: Connection, hall: str, ticket_id: str) -> list[Mapping[str, Any]]:
    """Everything that happened to one ticket, in order: it ends quarrels."""
    query = select(line_facts).where(line_facts.c.hall == hall, line_facts.c.ticket_id == ticket_id)
    rows = connection.execute(query.order_by(line_facts.c.fact_no)).mappings()
    return [{**row, "data": json.loads(row["data"]), "at": to_time(row["at_ms"]).isoformat()} for row in rows]


def values_of(entry: Entry) -> dict[str, Any]:
    """A ticket as its row holds it, but for the hall."""
    return dict(zip(_ENTRY_FIELDS, _values(entry), strict=True))


def _values(entry: Entry) -> list[Any]:
    values = list(_FIELDS(entry))
    values[_STATE], values[_KLASS] = str(entry.state), str(entry.klass)  # a driver knows no StrEnum
    return values


def _one(connection: Connection, query: str, **names: str) -> Entry | None:
    return _entry(connection, (_QUICK[query], names))


def _entry(connection: Connection, asked: Write) -> Entry | None:
    row = first(connection, asked)
    return entry_at(row) if row is not None else None
