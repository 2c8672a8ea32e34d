"""Between rows of the hub store and the values of the pure model."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from counter_app.domain.tickets import Ticket, TicketState
from counter_app.hub.tables import line_facts, tickets
from counter_app.problems import Problem
from counter_app.queueing.entry import Entry, LineFact

# One zone for the whole country, without summer time: no zone database is needed.
HALL_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ENTRY_FIELDS = [f.name for f in fields(Entry)]


def to_ms(at: datetime) -> int:
    """An aware moment as ms since 1970."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def to_time(ms: int) -> datetime:
    """Ms since 1970 as the hall's local time."""
    return (_EPOCH + timedelta(milliseconds=ms)).astimezone(HALL_TIME)


def entry_of(row: RowMapping) -> Entry:
    """A ticket row as the pure model sees it."""
    values = {name: row[name] for name in _ENTRY_FIELDS}
    return Entry(**{**values, "state": TicketState(values["state"])})


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
    )


def upsert(connection: Connection, table: Table) -> Any:
    """An INSERT that can say ON CONFLICT; the dialects spell it alike but own it separately."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def find(connection: Connection, hall: str, ticket_id: str) -> Entry:
    """One ticket, locked until the end of the transaction. Raises Problem `not-found`."""
    found = first(connection, hall, tickets.c.ticket_id == ticket_id)
    if found is None:
        raise Problem("not-found", "ticket", ticket_id)
    return found


def first(
    connection: Connection, hall: str, *where: Any, order: Sequence[Any] = (), skip: bool = False
) -> Entry | None:
    """The first ticket that fits, locked; `skip` passes over those another transaction holds.

    SQLite has one writer and leaves the lock out of the statement; PostgreSQL locks the row.
    """
    query = select(tickets).where(tickets.c.hall == hall, *where).order_by(*order).limit(1)
    row = connection.execute(query.with_for_update(skip_locked=skip)).mappings().first()
    return entry_of(row) if row is not None else None


def every(connection: Connection, hall: str, *where: Any) -> list[Entry]:
    """All tickets that fit and that no other transaction holds, locked, in a fixed order."""
    query = select(tickets).where(tickets.c.hall == hall, *where).order_by(tickets.c.ticket_id)
    return [entry_of(row) for row in connection.execute(query.with_for_update(skip_locked=True)).mappings()]


def add(connection: Connection, hall: str, made: Entry, fact: LineFact) -> Entry:
    """Write a new ticket with its first fact."""
    connection.execute(insert(tickets).values(hall=hall, **asdict(made)))
    note(connection, hall, fact)
    return made


def put(connection: Connection, hall: str, made: tuple[Entry, LineFact]) -> Entry:
    """Write a changed ticket and append the fact that changed it."""
    entry, fact = made
    renew(connection, hall, entry)
    note(connection, hall, fact)
    return entry


def renew(connection: Connection, hall: str, entry: Entry) -> None:
    """Write a changed ticket without a fact (a lease that runs on)."""
    values = {name: getattr(entry, name) for name in _ENTRY_FIELDS if name != "ticket_id"}
    chosen = update(tickets).where(tickets.c.hall == hall, tickets.c.ticket_id == entry.ticket_id)
    connection.execute(chosen.values(**values))


def note(connection: Connection, hall: str, fact: LineFact) -> None:
    """Append one fact."""
    values = {**asdict(fact), "hall": hall, "data": json.dumps(dict(fact.data), sort_keys=True)}
    connection.execute(insert(line_facts).values(**values))


def story(connection: Connection, hall: str, ticket_id: str) -> list[Mapping[str, Any]]:
    """Everything that happened to one ticket, in order: it ends quarrels."""
    query = select(line_facts).where(line_facts.c.hall == hall, line_facts.c.ticket_id == ticket_id)
    rows = connection.execute(query.order_by(line_facts.c.fact_no)).mappings()
    return [{**row, "data": json.loads(row["data"]), "at": to_time(row["at_ms"]).isoformat()} for row in rows]
