"""A statement put together once and run on the driver's own cursor: the few a hall presses all day.

Putting a statement together, and wrapping its result, costs more than most of them take to run. What
is measured or broken on purpose listens to SQLAlchemy's events; then the ordinary way is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.exc import DBAPIError


@dataclass(frozen=True, slots=True)
class _Made:
    sql: str
    names: tuple[str, ...] | None  # in order, for a driver that counts its parameters; None = by name
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Quick:
    """One statement. Values are plain numbers and texts; nothing is converted either way."""

    statement: Executable
    _made: dict[str, _Made] = field(default_factory=dict)

    def one(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Any] | None:
        """The first row, or None. Raises what the driver raises, as SQLAlchemy names it."""
        found = self._run(connection, values, 1)
        return found[0] if found else None

    def all(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Every row."""
        return self._run(connection, values, -1)

    def do(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """Run what gives no rows."""
        self._run(connection, values, 0)

    def _run(self, connection: Connection, values: Mapping[str, Any], most: int) -> Sequence[Any]:
        if connection.dispatch.before_cursor_execute or connection.dispatch.after_cursor_execute:
            result = connection.execute(self.statement, dict(values))
            return [tuple(row) for row in result] if most else []
        made = self._made.get(connection.dialect.name) or self._put_together(connection)
        link: Any = connection.connection.driver_connection
        cursor = link.cursor()
        try:
            cursor.execute(made.sql, _parameters(made, values))
            if most == 0:
                return []
            row = cursor.fetchone() if most == 1 else None
            return ([row] if row is not None else []) if most == 1 else cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error as error:
            raise _named(connection, made.sql, error) from error
        finally:
            cursor.close()

    def _put_together(self, connection: Connection) -> _Made:
        built: Any = self.statement.compile(dialect=connection.dialect)  # type: ignore[attr-defined]
        names = tuple(built.positiontup) if built.positiontup is not None else None
        made = _Made(str(built), names, {k: v for k, v in built.params.items() if v is not None})
        self._made[connection.dialect.name] = made
        return made


def _parameters(made: _Made, values: Mapping[str, Any]) -> Any:
    if made.names is None:
        return {**made.given, **values}
    given = made.given
    return tuple([values[name] if name in values else given.get(name) for name in made.names])


def _named(connection: Connection, sql: str, error: Exception) -> BaseException:
    """The driver's error as everybody above knows it; no parameter is ever in it."""
    return DBAPIError.instance(
        sql,
        None,
        error,
        connection.dialect.loaded_dbapi.Error,
        hide_parameters=True,
        dialect=connection.dialect,
    )
