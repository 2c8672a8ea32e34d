"""A statement put together once and run on the driver's own cursor: the few a hall presses all day.

Putting a statement together, and wrapping its result, costs more than most of them take to run. What
is measured or broken on purpose listens to SQLAlchemy's events; then the ordinary way is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Executable

from counter_app.database.direct import is_watched, link_of, named
from counter_app.domain.value import Value
from counter_app.late import late

if TYPE_CHECKING:
    from counter_app.database import postgres
else:
    postgres = late("counter_app.database.postgres")


class _Made(Value, frozen=True):
    sql: str
    names: tuple[str, ...] | None  # in order, for a driver that counts its parameters; None = by name
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
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

    def made(self, connection: Connection) -> _Made:
        """The statement in the words of this database."""
        return self._made.get(connection.dialect.name) or self._put_together(connection)

    def _run(self, connection: Connection, values: Mapping[str, Any], most: int) -> Sequence[Any]:
        if is_watched(connection):
            result = connection.execute(self.statement, dict(values))
            return [tuple(row) for row in result] if most else []
        made = self.made(connection)
        return _run(connection, made.sql, _parameters(made, values), most)

    def _put_together(self, connection: Connection) -> _Made:
        built: Any = self.statement.compile(dialect=connection.dialect)  # type: ignore[attr-defined]
        given = {name: value for name, value in built.params.items() if value is not None}
        if built.positiontup is None:
            made = _Made(str(built), None, given)
        else:
            fixed = [
                given.get(name) if isinstance(given.get(name), int) else None for name in built.positiontup
            ]
            names = tuple(name for name, value in zip(built.positiontup, fixed, strict=True) if value is None)
            made = _Made(_with(str(built), fixed), names, given)
        self._made[connection.dialect.name] = made
        return made


def _with(sql: str, fixed: Sequence[int | None]) -> str:
    """Numbers that never change stand in the text: SQLite plans a `LIMIT ?` anew each time it is run."""
    first, *others = sql.split("?")
    return first + "".join(
        ("?" if n is None else str(n)) + text for n, text in zip(fixed, others, strict=True)
    )


Write = tuple[Quick, Mapping[str, Any]]


def first(connection: Connection, asked: Write) -> Sequence[Any] | None:
    """The first row of a question with its values, or None. Raises as `Quick.one` does."""
    quick, values = asked
    return quick.one(connection, values)


def foresee(connection: Connection, *questions: Write, back: Write | None = None) -> None:
    """Ask a server in one journey what is going to be asked one after the other; a file is near enough.

    Every answer counts until anything else is asked or written. With `back` the last of the questions writes,
    and `back` takes that back when nobody asks for it.
    """
    pipe = None if is_watched(connection) else _pipe(connection)
    if pipe is None:
        return
    said = [_said(connection, *one) for one in questions]
    try:
        pipe.foresee(said, _said(connection, *back) if back is not None else None)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _known(connection, said[-1].sql, error) from error


def is_server(connection: Connection) -> bool:
    """Whether others write at the same time, so that what is looked at has to be held."""
    return connection.dialect.name == "postgresql"


def is_bold(connection: Connection) -> bool:
    """Whether what is done here is done again when it was wrong about something."""
    pipe = None if is_watched(connection) else _pipe(connection)
    return pipe is not None and pipe.bold


def write(connection: Connection, *writes: Write, sure: bool = False) -> None:
    """Run what gives no rows and does not touch the same row twice: on a server in one question, not several.

    `sure`: none of it is written unless the first finds its row, and gives it (on a server). Raises what the
    driver raises, as SQLAlchemy names it.
    """
    if not is_server(connection) or (len(writes) == 1 and not sure) or is_watched(connection):
        for quick, values in writes:
            quick.do(connection, values)
        return
    given: dict[str, Any] = {}
    for nth, (quick, values) in enumerate(writes):
        given |= {
            f"q{nth}_{name}": value
            for name, value in (*quick.made(connection).given.items(), *values.items())
        }
    _run(connection, _in_one(tuple(quick.made(connection).sql for quick, _ in writes), sure), given, 0)


@cache
def _in_one(texts: Sequence[str], sure: bool) -> str:
    """Several writing statements as one; the names of their values are kept apart by their place."""
    apart = [re.sub(r"%\((\w+)\)s", rf"%(q{nth}_\1)s", text) for nth, text in enumerate(texts)]
    if sure:
        apart.append(
            "SELECT 1 / count(*) FROM q0"
        )  # a row that is not there is refused as a division by zero
    before = ", ".join(f"q{nth} AS ({text})" for nth, text in enumerate(apart[:-1]))
    return f"WITH {before} {apart[-1]}"


def rows(connection: Connection, sql: str, given: Any, anew: bool = False) -> Sequence[Sequence[Any]]:
    """Every row a text in the driver's own words gives.

    `anew`: a server plans it each time by how large its tables are now, and keeps no plan. Raises what the
    driver raises, as SQLAlchemy names it.
    """
    if is_watched(connection):
        return [tuple(row) for row in connection.exec_driver_sql(sql, given)]
    pipe = _pipe(connection)
    if pipe is not None:
        return _told(connection, pipe, _packed(sql, given, anew))[0]
    if anew:
        return _by_cursor(connection, sql, given, -1, prepare=False)
    return _by_cursor(connection, sql, given, -1)


def press(connection: Connection, sql: str, given: Any = (), each: bool = False) -> None:
    """Run a text that gives no rows; `each` = once for every row of `given`. Raises as `rows` does."""
    if is_watched(connection):
        connection.exec_driver_sql(sql, given)
        return
    pipe = _pipe(connection)
    if pipe is not None and given:
        pipe.later(_packed(sql, given))
    else:
        _by_cursor(connection, sql, given, 0, "executemany" if each else "execute")


def counted(connection: Connection, sql: str, given: Any, each: bool = False) -> int:
    """How many rows a text has written; `each` as in `press`. Raises as `rows` does."""
    if is_watched(connection):
        return int(connection.exec_driver_sql(sql, given).rowcount)
    pipe = _pipe(connection)
    if pipe is not None:
        said = _packed(sql, given)
        try:
            return pipe.counted(said)
        except connection.dialect.loaded_dbapi.Error as error:
            raise _known(connection, sql, error) from error
    return int(_by_cursor(connection, sql, given, 0, "executemany" if each else "execute")[0])


@contextmanager
def apart(connection: Connection) -> Iterator[None]:
    """What is done inside is undone when it raises; what was done before stays.

    A savepoint of one name: SQLAlchemy numbers its own, so that a driver meets each as a new statement.
    """
    press(connection, "SAVEPOINT apart")
    try:
        yield
        press(connection, "RELEASE SAVEPOINT apart")  # on a server: behind what waits, which may be refused
    except BaseException:
        if not connection.invalidated:
            _forget(connection)
            press(connection, "ROLLBACK TO SAVEPOINT apart")
            press(connection, "RELEASE SAVEPOINT apart")
        raise


def _forget(connection: Connection) -> None:
    """What waits on a pipe is not written: all of it was said since the savepoint, which went at once."""
    pipe = _pipe(connection)
    if pipe is not None:
        pipe.forget()


def _run(connection: Connection, sql: str, given: Any, most: int) -> Sequence[Any]:
    pipe = _pipe(connection)
    if pipe is not None:
        return _sent(connection, pipe, sql, given, most)
    return _by_cursor(connection, sql, given, most)


def _by_cursor(
    connection: Connection, sql: str, given: Any, most: int, way: str = "execute", **how: bool
) -> Sequence[Any]:
    """The driver's own way; on a pipe it goes behind what waits there. 0 = how many rows it wrote."""
    try:  # plainly: two context managers cost as much as a small statement
        cursor = link_of(connection).cursor()
        try:
            getattr(cursor, way)(sql, given, **how)
            if most == 0:
                return [cursor.rowcount]
            if most == 1:
                row = cursor.fetchone()
                return [row] if row is not None else []
            return list(cursor.fetchall())
        finally:
            cursor.close()
    except connection.dialect.loaded_dbapi.Error as error:
        raise _known(connection, sql, error) from error


def _sent(connection: Connection, pipe: postgres.Pipe, sql: str, given: Any, most: int) -> Sequence[Any]:
    """The same over a pipe: what gives no rows goes with whatever is asked next."""
    said = postgres.Said(sql, given)
    if most == 0:
        pipe.later(said)
        return []
    return _told(connection, pipe, said)[0]


def _told(connection: Connection, pipe: postgres.Pipe, *said: postgres.Said) -> list[list[Any]]:
    try:
        return pipe.ask(*said)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _known(connection, said[-1].sql, error) from error


def _said(connection: Connection, quick: Quick, values: Mapping[str, Any]) -> postgres.Said:
    made = quick.made(connection)
    return postgres.Said(made.sql, {**made.given, **values} if made.given else values)


def _known(connection: Connection, sql: str, error: Any) -> BaseException:
    """The driver's error as everybody above knows it; a connection that has gone is known to have."""
    if connection.dialect.is_disconnect(error, link_of(connection), None):
        connection.invalidate(error)
    return named(connection, sql, error)


def _packed(sql: str, given: Sequence[Any], anew: bool = False) -> postgres.Said:
    """A text whose values, texts and rows of them, are marked `%b`, as it travels on a pipe."""
    return postgres.Said(_numbered(sql), {}, tuple(map(postgres.packed, given)), anew)


@cache
def _numbered(sql: str) -> str:
    first, *others = sql.split("%b")
    return first + "".join(f"${nth}{text}" for nth, text in enumerate(others, 1))


def _pipe(connection: Connection) -> postgres.Pipe | None:
    """Where statements travel together; None on a file, and on a connection that is the driver's own."""
    return getattr(link_of(connection), "pipe", None)


def _parameters(made: _Made, values: Mapping[str, Any]) -> Any:
    every = {**made.given, **values} if made.given else values
    return every if made.names is None else tuple([every[name] for name in made.names])
