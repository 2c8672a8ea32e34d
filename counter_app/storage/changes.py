"""A unit of work as data: rows to put, applied the same way on commit and when replayed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import cache, partial
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, select
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from counter_app.database.direct import Pen
from counter_app.domain.value import Value
from counter_app.storage import people
from counter_app.storage import tables as t

Change = tuple[str, dict[str, Any]]


def _prepared(table: Table, statement: Insert) -> str:
    """The text of an insert of every column but `rid`: the same for every row, so compiled once."""
    columns = [column.name for column in table.columns if column.name != "rid"]
    dialect = SQLiteDialect_pysqlite(paramstyle="named")
    return str(statement.compile(dialect=dialect, column_keys=columns))


def _renew(table: Table, *keys: str, frozen: Sequence[str] = ()) -> str:
    """Rows that follow what happened; `frozen` columns keep their first value."""
    statement = upsert(table)
    changed = {c.name: c for c in statement.excluded if c.name not in (*keys, *frozen)}
    return _prepared(table, statement.on_conflict_do_update(index_elements=keys, set_=changed))


# Written once. A second writing is a fault on commit and nothing new in a replay.
_ONCE = {table.name: table for table in (t.facts, t.audit, t.outbox, t.papers)}
_RENEWED: dict[str, tuple[Table, tuple[str, ...], tuple[str, ...]]] = {  # its keys, what stays as first said
    "cases": (t.cases, ("case_id",), ("rid", "clerk_no")),
    "filings": (t.filings, ("filing_id",), ()),
    "print_jobs": (t.print_jobs, ("paper_id",), ()),
    "serials": (t.serials, ("business_date", "device_code"), ()),
    "blobs": (t.blobs, ("ref",), ()),
    "clerks": (t.clerks, ("clerk_no",), ()),
    "logins": (t.logins, ("clerk_no",), ()),
    "lives": (t.lives, ("case_id",), ()),
    "feed_place": (t.feed_place, ("id",), ()),
    "device_state": (t.device_state, ("id",), ()),
    "drafts": (t.drafts, ("draft_id",), ("clerk_no",)),  # journalled never: no promise
}


@cache  # compiled when first needed: a start needs none of them
def statement(table: str, replay: bool = False) -> str:
    """How a row of a table is put. KeyError for a table that is put in a way of its own."""
    if table in _ONCE:
        once = upsert(_ONCE[table])
        return _prepared(_ONCE[table], once.on_conflict_do_nothing() if replay else once)
    found, keys, frozen = _RENEWED[table]
    return _renew(found, *keys, frozen=frozen)


# What a journal line of an earlier schema does not say yet.
_LATER: dict[str, dict[str, Any]] = {"cases": {"channel": "desk", "came": "{}", "came_key": ""}}
_NO_MATERIALS = "DELETE FROM materials WHERE case_id = ?"


class Applier(Value, frozen=True):
    """Puts changes into the tables."""

    people: people.PeopleRows

    def apply(self, connection: Connection, changes: Iterable[Change], replay: bool = False) -> None:
        """Apply in order; runs of one table go as one statement. A replay may repeat what is there."""
        with closing(Pen(connection)) as pen:
            special: dict[str, Callable[[dict[str, Any]], None]] = {
                "people": partial(self.people.put_person, connection),
                "employers": partial(people.put_employer, connection),
                "materials": partial(_replace_materials, pen),
            }
            for table, run in groupby(changes, key=lambda change: change[0]):
                rows = [{**_LATER.get(table, {}), **row} if replay else row for _, row in run]
                if table in special:
                    for row in rows:
                        special[table](row)
                else:
                    pen.press(statement(table, replay), rows)


def in_table_order(changes: Iterable[Change]) -> list[Change]:
    """The same changes with those of one table together, tables in the order of first use."""
    first: dict[str, list[Change]] = {}
    for change in changes:
        first.setdefault(change[0], []).append(change)
    # What others refer to comes first: a case before its materials, a paper before its print job.
    return [change for run in first.values() for change in run]


def since(connection: Connection, unit_no: int) -> list[Change]:
    """Every row changed after a unit, as changes: what a lost journal line must have said."""
    changes: list[Change] = []
    for name in ("facts", "audit", "outbox", "people", "employers", "cases", "papers", "print_jobs"):
        changes += _changed(connection, t.METADATA.tables[name], unit_no)
    for name in ("serials", "clerks", "logins", "blobs", "lives", "feed_place", "filings"):
        changes += _changed(connection, t.METADATA.tables[name], unit_no)
    for name, row in list(changes):
        if name == "cases":
            found = select(t.materials).where(t.materials.c.case_id == row["case_id"])
            rows = [_plain(one) for one in connection.execute(found).mappings()]
            changes.append(("materials", {"case_id": row["case_id"], "rows": rows}))
    state_row = connection.execute(select(t.device_state)).mappings().one()
    return [*changes, ("device_state", _plain(state_row))]


def _changed(connection: Connection, table: Table, unit_no: int) -> list[Change]:
    hidden = ("rid", "mark")  # local to this file; made again when applied
    columns = [column for column in table.columns if column.name not in hidden]
    found = select(*columns).where(table.c.unit_no > unit_no)
    return [(str(table.name), _plain(row)) for row in connection.execute(found).mappings()]


def _plain(row: RowMapping) -> dict[str, Any]:
    """The row under plain names: SQLAlchemy's own kind of string cannot be written as JSON."""
    return {str(name): value for name, value in row.items()}


def _replace_materials(pen: Pen, row: dict[str, Any]) -> None:
    pen.press(_NO_MATERIALS, [(row["case_id"],)])
    if row["rows"]:
        pen.press(_materials(), row["rows"])


@cache
def _materials() -> str:
    return _prepared(t.materials, upsert(t.materials))
