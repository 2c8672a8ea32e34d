"""What the hub remembers for ever, so that a repeated question gets the first answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, case, insert, select
from sqlalchemy.dialects import sqlite

from counter_app.hub import rows
from counter_app.hub.commands import Call
from counter_app.hub.rows import to_ms
from counter_app.hub.tables import calls, counters, requests
from counter_app.problems import Problem
from counter_app.queueing.entry import Entry
from counter_app.queueing.line import repeated

_REQUEST = select(requests.c.digest, requests.c.subject).where(
    requests.c.hall == bindparam("hall"), requests.c.request_id == bindparam("request_id")
)
_CALL = select(calls.c.ticket_id, calls.c.window).where(
    calls.c.hall == bindparam("hall"), calls.c.call_id == bindparam("call_id")
)
_LAST = select(counters.c.last).where(
    counters.c.hall == bindparam("hall"),
    counters.c.day == bindparam("day"),
    counters.c.prefix == bindparam("prefix"),
)
_REMEMBER = insert(requests)
_REMEMBER_CALL = insert(calls)


def digest(*parts: str) -> str:
    """What tells two requests with one id apart."""
    return hashlib.sha256(
        json.dumps(parts, ensure_ascii=False).encode("utf-8", "backslashreplace")
    ).hexdigest()


def subject(connection: Connection, hall: str, request_id: str, mine: str) -> str:
    """What an earlier request of this id was about, "" if there was none. Raises Problem `request-reused`."""
    row = connection.execute(_REQUEST, {"hall": hall, "request_id": request_id}).first()
    if row is not None and row.digest != mine:
        raise Problem("request-reused", "request_id", request_id)
    return str(row.subject) if row is not None else ""


def remember(connection: Connection, hall: str, request_id: str, mine: str, about: str, now: int) -> None:
    """Keep what a request was about; it never expires, because a counter can be away for weeks."""
    values = {"hall": hall, "request_id": request_id, "digest": mine, "subject": about, "at_ms": now}
    connection.execute(_REMEMBER, values)


def called_before(connection: Connection, command: Call) -> Entry | None:
    """The ticket of an earlier call with this id. Raises Problem `call-lapsed`, `request-reused`."""
    row = connection.execute(_CALL, {"hall": command.hall, "call_id": command.call_id}).first()
    if row is None:
        return None
    return repeated(rows.find(connection, command.hall, row.ticket_id), row.window, command.window)


def remember_call(connection: Connection, command: Call, made: Entry) -> None:
    """Keep which ticket a call got."""
    values = {"hall": command.hall, "call_id": command.call_id, "ticket_id": made.ticket_id}
    connection.execute(_REMEMBER_CALL, {**values, "window": command.window, "at_ms": to_ms(command.at)})


def next_number(connection: Connection, hall: str, day: str, prefix: str, more: int = 1) -> int:
    """Count up the day's numbers of a prefix by `more`, and give the last of them.

    The row stays locked until the commit, so none is lost and none is given twice.
    """
    dialect = connection.dialect.name
    place = {"hall": hall, "day": day, "prefix": prefix, "last": more}
    return int(connection.execute(_GROWN[dialect](), place).scalar_one())


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
    return int(connection.execute(_LAST, where).scalar_one_or_none() or 0)


def _grown(insert_into: Callable[[Table], Any]) -> Any:
    first = insert_into(counters)
    return first.on_conflict_do_update(
        index_elements=["hall", "day", "prefix"], set_={"last": counters.c.last + first.excluded.last}
    ).returning(counters.c.last)


@cache
def _grown_on_sqlite() -> Any:
    return _grown(sqlite.insert)


@cache
def _grown_on_postgresql() -> Any:
    from sqlalchemy.dialects import postgresql  # a desk that is its own hub never needs it

    return _grown(postgresql.insert)


_GROWN: dict[str, Callable[[], Any]] = {"sqlite": _grown_on_sqlite, "postgresql": _grown_on_postgresql}
