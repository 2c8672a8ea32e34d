"""Who is first in each lane: looked at without holding anybody, taken in a way that nobody is taken twice.

On SQLite the one writer keeps windows apart. On a server the one who is taken is locked with SKIP LOCKED; or,
where what is done is done again when it went wrong (`quick.is_bold`), written only if nobody has touched the
row since it was looked at, which saves a journey.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Text,
    bindparam,
    literal_column,
    select,
    text,
    union_all,
)

from counter_app.domain.value import Value
from counter_app.hub import rows
from counter_app.hub.quick import Quick, Write, is_bold, is_server, write
from counter_app.hub.tables import WAITS, tickets
from counter_app.queueing.entry import Entry, LineFact

_T = tickets.c
# The transaction that wrote a row last: while it is the same, nobody has touched the row.
_WRITTEN_BY = literal_column("tickets.xmin::text", Text)
_PUT_SEEN = Quick(rows.PUT.where(bindparam("_mark") == _WRITTEN_BY).returning(_T.nth))


class Head(Value, frozen=True):
    """The first of a lane, not held: `mark` tells on a server whether anybody has changed it since."""

    entry: Entry
    mark: str

    @property
    def order(self) -> tuple[int, int, str]:
        """What the line is sorted by."""
        return self.entry.order

    @property
    def taken_ms(self) -> int:
        """When the number was taken."""
        return self.entry.taken_ms


def look(connection: Connection, hall: str, lanes: Sequence[str]) -> Mapping[str, Head]:
    """The first of each lane that has one, in one look that locks nobody."""
    asked = _look(len(lanes), is_server(connection))
    return found_in(asked.all(connection, {"hall": hall, **named(lanes)}))


def found_in(found: Iterable[Sequence[Any]]) -> Mapping[str, Head]:
    """Heads from rows of `first_of_each`."""
    made = (Head(rows.entry_at(row), row[-1]) for row in found if row[0] is not None)
    return {head.entry.lane: head for head in made}


def named(lanes: Sequence[str]) -> dict[str, str]:
    """Lanes by the names `first_of_each` has for them."""
    return {f"lane{nth}": lane for nth, lane in enumerate(lanes)}


def first_of_each(count: int, server: bool) -> CompoundSelect[Any]:
    """The first in each of so many lanes, and on a server the mark of who has written it last."""
    first = [
        select(*rows.COLUMNS, (_WRITTEN_BY if server else literal_column("''")).label("mark"))
        .where(_T.hall == bindparam("hall"), _T.lane == bindparam(f"lane{nth}"), text(WAITS))
        .order_by(_T.due_key, _T.nth)
        .limit(1)
        .subquery()
        for nth in range(count)
    ]
    return union_all(*(select(one) for one in first))


@cache
def _look(count: int, server: bool) -> Quick:
    return Quick(first_of_each(count, server))


def first(connection: Connection, hall: str, lane: str, seen: Head) -> Head | None:
    """The first in a lane whom no other transaction is calling at this moment; `seen` was it just now.

    Held on a server, unless what is wrong about it is found when it is written (`put`).
    """
    if not is_server(connection) or is_bold(connection):
        return seen
    found = rows.head(connection, hall, lane)
    return Head(found, "") if found is not None else None


def put(connection: Connection, hall: str, made: tuple[Entry, LineFact], mark: str, *also: Write) -> Entry:
    """Write who was first; not held, it is refused, with all that belongs to it, if it was changed since.

    Raises what the driver raises for a division by zero, as SQLAlchemy names it.
    """
    if not mark:
        return rows.put(connection, hall, made, *also)
    entry, fact = made
    _, values = rows.renewed(hall, entry)
    seen = _PUT_SEEN, {**values, "_mark": mark}
    write(connection, seen, rows.noted(hall, fact), *also, sure=True)
    return entry
