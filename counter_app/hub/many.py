"""Many rows by one statement whose words never change, however many they are.

A server is sent one array a column, packed as it keeps them: it neither reads a thousand marks nor plans
anew. An encrypted file takes rows one after the other, which is what costs it least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, Table

from counter_app.hub import quick

Row = Sequence[Any]  # one value a column, in the order of the table


@dataclass(frozen=True, slots=True, eq=False)
class Many:
    """An INSERT into every column of a table; `tail` is what follows the rows."""

    table: Table
    tail: str = ""
    _made: dict[str, str] = field(default_factory=dict)

    def put(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Write rows. Raises what the database raises."""
        if not rows:
            return
        sql = self._made.get(connection.dialect.name) or self._put_together(connection)
        if _is_server(connection):
            quick.press(connection, sql, _columns(rows))
        else:
            quick.press(connection, sql, list(rows), each=True)

    def counted(self, connection: Connection, rows: Sequence[Row]) -> int:
        """Write at least one row; how many the tail let in."""
        sql = self._made.get(connection.dialect.name) or self._put_together(connection)
        if _is_server(connection):
            return quick.counted(connection, sql, _columns(rows))
        return quick.counted(connection, sql, list(rows), each=True)

    def told(self, connection: Connection, rows: Sequence[Row]) -> Sequence[Sequence[Any]]:
        """Write at least one row; what the tail's RETURNING gives."""
        if _is_server(connection):
            sql, given = self._made.get("postgresql") or self._put_together(connection), _columns(rows)
        else:  # its driver returns nothing for rows sent one after the other
            sql, given = _marks(self._head(), self.tail, len(rows), len(self.table.c)), _flat(rows)
        return quick.rows(connection, sql, given)

    def _head(self) -> str:
        names = ", ".join(f'"{column.name}"' for column in self.table.c)
        return f"INSERT INTO {self.table.name} ({names})"

    def _put_together(self, connection: Connection) -> str:
        if _is_server(connection):
            arrays = ", ".join(f"%b::{_kind(column.type)}[]" for column in self.table.c)
            made = f"{self._head()} SELECT * FROM unnest({arrays}){self.tail}"
        else:
            made = _marks(self._head(), self.tail, 1, len(self.table.c))
        self._made[connection.dialect.name] = made
        return made


def _is_server(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _kind(column: Any) -> str:
    return "bigint" if isinstance(column, BigInteger | Integer) else "text"


def _columns(rows: Sequence[Row]) -> tuple[Any, ...]:
    return tuple(map(list, zip(*rows, strict=True)))


def _flat(rows: Sequence[Row]) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(rows))


@lru_cache(maxsize=256)
def _marks(head: str, tail: str, rows: int, columns: int) -> str:
    """The text for so many rows: putting it together anew costs more than the database takes to run it."""
    row = f"({', '.join('?' * columns)})"
    return f"{head} VALUES {', '.join([row] * rows)}{tail}"
