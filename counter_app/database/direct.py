"""Ready-made statements run on the driver's own cursor: the dozen every acceptance is made of.

Wrapping each in SQLAlchemy's execution costs more than most of them take to run. Only inside
`Database.write`, whose BEGIN has been said. What is measured or broken on purpose listens to SQLAlchemy's
events; then the ordinary way is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

Values = Mapping[str, Any] | Sequence[Any]


def press(connection: Connection, sql: str, rows: Sequence[Values]) -> None:
    """Run a statement without answer once for each row. Raises what SQLAlchemy would raise."""
    if _is_listened_to(connection):
        connection.exec_driver_sql(sql, list(rows))
        return
    cursor = _link(connection).cursor()
    try:
        if len(rows) == 1:
            cursor.execute(sql, rows[0])
        else:
            cursor.executemany(sql, rows)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _named(connection, sql, error) from error
    finally:
        cursor.close()


def ask(connection: Connection, sql: str, values: Values) -> Sequence[Any] | None:
    """The first row of an answer, None when there is none. Raises what SQLAlchemy would raise."""
    if _is_listened_to(connection):
        return connection.exec_driver_sql(sql, values).first()
    cursor = _link(connection).cursor()
    try:
        row: Sequence[Any] | None = cursor.execute(sql, values).fetchone()
    except connection.dialect.loaded_dbapi.Error as error:
        raise _named(connection, sql, error) from error
    finally:
        cursor.close()
    return row


def _is_listened_to(connection: Connection) -> bool:
    heard = connection.dispatch
    return bool(heard.before_cursor_execute or heard.after_cursor_execute)


def _link(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _named(connection: Connection, sql: str, error: Exception) -> BaseException:
    """The driver's error as everybody above knows it; no parameter is ever in it."""
    kind = connection.dialect.loaded_dbapi.Error
    return DBAPIError.instance(sql, None, error, kind, hide_parameters=True, dialect=connection.dialect)
