"""Ready-made statements run on the driver's own cursor: the dozen every acceptance is made of.

Wrapping each in SQLAlchemy's execution costs more than most of them take to run. Only inside
`Database.write`, whose BEGIN has been said. What is measured or broken on purpose listens to SQLAlchemy's
events; then the ordinary way is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

Values = Mapping[str, Any] | Sequence[Any]


class Pen:
    """The driver's cursor over one connection, for as long as several statements follow each other."""

    __slots__ = ("_connection", "_cursor")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cursor = None if is_watched(connection) else link_of(connection).cursor()

    def press(self, sql: str, rows: Sequence[Values]) -> None:
        """Run a statement without answer once for each row. Raises what SQLAlchemy would raise."""
        if self._cursor is None:
            self._connection.exec_driver_sql(sql, list(rows))
            return
        try:
            if len(rows) == 1:
                self._cursor.execute(sql, rows[0])
            else:
                self._cursor.executemany(sql, rows)
        except self._connection.dialect.loaded_dbapi.Error as error:
            raise named(self._connection, sql, error) from error

    def ask(self, sql: str, values: Values) -> Sequence[Any] | None:
        """The first row of an answer, None when there is none. Raises what SQLAlchemy would raise."""
        if self._cursor is None:
            return self._connection.exec_driver_sql(sql, values).first()
        try:
            row: Sequence[Any] | None = self._cursor.execute(sql, values).fetchone()
        except self._connection.dialect.loaded_dbapi.Error as error:
            raise named(self._connection, sql, error) from error
        return row

    def close(self) -> None:
        """Put the cursor away."""
        if self._cursor is not None:
            self._cursor.close()


def press(connection: Connection, sql: str, rows: Sequence[Values]) -> None:
    """One such statement alone."""
    with closing(Pen(connection)) as pen:
        pen.press(sql, rows)


def ask(connection: Connection, sql: str, values: Values) -> Sequence[Any] | None:
    """One such question alone."""
    with closing(Pen(connection)) as pen:
        return pen.ask(sql, values)


def is_watched(connection: Connection) -> bool:
    """Whether somebody listens to this connection's statements, to count them or to break one."""
    heard = connection.dispatch
    return bool(heard.before_cursor_execute or heard.after_cursor_execute)


def link_of(connection: Connection) -> Any:
    """The driver's own connection."""
    return connection.connection.driver_connection


def named(connection: Connection, sql: str, error: Exception) -> BaseException:
    """The driver's error as everybody above knows it; no parameter is ever in it."""
    kind = connection.dialect.loaded_dbapi.Error
    return DBAPIError.instance(sql, None, error, kind, hide_parameters=True, dialect=connection.dialect)
