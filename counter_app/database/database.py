"""A database with one writer and a reading lane; the same face over SQLCipher and PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2

from counter_app.database import sqlcipher, steps
from counter_app.database.direct import link_of
from counter_app.database.folding import Folding
from counter_app.database.room import make_room
from counter_app.database.secrecy import switch_dumps_off
from counter_app.late import late
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.database import postgres
else:  # a desk that is its own hub never needs it
    postgres = late("counter_app.database.postgres")

_READERS = 4
_WRITERS = 16
BeforeUpgrade = Callable[[int, int], None]


@dataclass(slots=True)
class Database:
    """One writer, several readers. `write` may be called from any thread; they take turns."""

    writer: Engine | None
    readers: Engine
    folding: Folding | None = None
    _turn: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _pen: Connection | None = field(default=None, repr=False)  # an encrypted file's one writer, kept open

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`, for the few statements that differ."""
        return self.readers.dialect.name

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """BEGIN IMMEDIATE … COMMIT; an exception rolls everything back and goes on to the caller.

        Raises Problem `store-write` when the disk is full, failing or read-only.
        """
        if self.writer is None:
            raise Problem("store-write", "", "以只读方式打开")
        with self._turn, _disk_problems(), self._begun(self.writer) as connection:
            before = self._rows(connection)
            yield connection
            written = self._rows(connection) - before
        if self.folding is not None:
            self.folding.committed(written)

    def _rows(self, connection: Connection) -> int:
        """How many rows an encrypted file's connection has written so far."""
        return 0 if self.folding is None else int(link_of(connection).total_changes)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read-only connection that sees one moment from its first statement on."""
        with _disk_problems(), self.readers.connect() as connection:
            yield connection

    @contextmanager
    def _begun(self, writer: Engine) -> Iterator[Connection]:
        """A transaction; fetching a connection and handing it back would cost as much as a small one."""
        if not isinstance(writer.pool, StaticPool) or (self._pen is not None and self._pen.in_transaction()):
            with writer.begin() as connection:
                yield connection
            return
        pen = self._pen = self._pen or writer.connect()
        try:
            with pen.begin():
                yield pen
        except BaseException:
            self._put_down()  # whatever a failed COMMIT has left open is rolled back with it
            raise

    def _put_down(self) -> None:
        if self._pen is not None:
            self._pen.close()
            self._pen = None

    def close(self) -> None:
        """Close every connection; the last writer folds the WAL into the file."""
        if self.folding is not None:
            self.folding.close()
        self.readers.dispose()
        self._put_down()
        if self.writer is not None:
            self.writer.dispose()


def open_database(
    path: Path,
    key: bytes,
    steps_package: ModuleType,
    *,
    read_only: bool = False,
    before_upgrade: BeforeUpgrade | None = None,
) -> Database:
    """Open (and create, unless `read_only`) an encrypted database and bring its schema up to date.

    `key` is 32 raw bytes. `before_upgrade(from, to)` runs before an existing file is changed.
    The caller holds the folder's lock when writing. Raises Problem `store-sqlite`, `store-key`,
    `store-missing`, `store-write`, `store-newer`, `store-older` (read-only and not yet upgraded).
    """
    writer = None if read_only else _sqlcipher_engine(path, key, read_only=False)
    made = Database(writer, _sqlcipher_engine(path, key, read_only=True))
    database = _up_to_date(made, steps_package, before_upgrade)
    database.folding = None if read_only else _folding(path, key)  # what the steps wrote is nobody's work
    return database


def _folding(path: Path, key: bytes) -> Folding:
    wal = path.with_name(f"{path.name}-wal")
    return Folding(lambda: sqlcipher.connect(path, key), lambda link: make_room(link, wal))


def open_postgres(url: str, steps_package: ModuleType) -> Database:
    """The same over PostgreSQL (`postgresql+psycopg://…`); the server does the locking.

    Raises Problem `hub-store` when the server does not answer, `store-newer`.
    """
    switch_dumps_off()
    engine = create_engine(url, pool_size=_WRITERS, max_overflow=_WRITERS, hide_parameters=True)
    # A look asks first whether the server is still there; who writes simply tries again (`hub.lane`).
    looking = create_engine(url, pool_pre_ping=True, pool_size=_READERS, hide_parameters=True)
    postgres.pipe_all(engine)
    event.listen(engine, "connect", _look_by_key)
    readers = looking.execution_options(postgresql_readonly=True)
    try:
        return _up_to_date(Database(engine, readers), steps_package, None)
    except OperationalError as error:
        raise Problem("hub-store", "", type(error.orig).__name__) from error


# What is written is looked for by its key, always. A server that has not counted a new table's rows believes
# them few, reads the whole table for each question, and holds to that plan while the table grows to many.
# What it must read whole all the same it then thinks dear enough to make machine code of: 20 ms for nothing.
# Nor does it sort who waits to find the first, where an index has them in order already.
BY_KEY = "SET enable_seqscan = off; SET enable_sort = off; SET jit = off"


def _look_by_key(link: Any, record: object) -> None:
    """See `BY_KEY`."""
    link.autocommit = True
    link.execute(BY_KEY)
    link.autocommit = False


def _up_to_date(database: Database, package: ModuleType, before_upgrade: BeforeUpgrade | None) -> Database:
    try:
        _upgrade(database, package, before_upgrade)
    except BaseException:
        database.close()
        raise
    return database


def _upgrade(database: Database, package: ModuleType, before_upgrade: BeforeUpgrade | None) -> None:
    known = steps.steps_of(package)
    now = _version(database, len(known))
    if now and now < len(known) and before_upgrade is not None:
        before_upgrade(now, len(known))
    for step in known[now:]:
        with database.write() as connection:
            if database.dialect == "postgresql":  # two hubs may start together
                connection.exec_driver_sql("LOCK TABLE schema_version IN EXCLUSIVE MODE")
            if steps.version(connection) < step.number:
                steps.take(connection, step)


def _version(database: Database, newest: int) -> int:
    lane = database.read if database.writer is None else database.write
    with lane() as connection:
        now = steps.version(connection)
    if now > newest:
        raise Problem("store-newer", "", str(now))
    if database.writer is None and now < newest:
        raise Problem("store-older", "", str(now))
    return now


def _sqlcipher_engine(path: Path, key: bytes, read_only: bool) -> Engine:
    def creator() -> Any:
        return sqlcipher.connect(path, key, read_only)

    # hide_parameters: a failed statement must not carry a citizen's data into a log.
    options: dict[str, Any] = {"module": dbapi2, "creator": creator, "hide_parameters": True}
    if read_only:
        options |= {"poolclass": QueuePool, "pool_size": _READERS, "max_overflow": _READERS}
    else:
        options |= {"poolclass": StaticPool}
    engine = create_engine("sqlite://", **options)
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:  # the driver itself is in autocommit mode
        if connection.dispatch.before_cursor_execute or connection.dispatch.after_cursor_execute:
            connection.exec_driver_sql(begin)  # somebody counts or breaks statements
            return
        link: Any = connection.connection.driver_connection
        try:
            link.execute(begin)
        except dbapi2.Error as error:
            raise DBAPIError.instance(begin, None, error, dbapi2.Error, dialect=connection.dialect) from error

    return engine


@contextmanager
def _disk_problems() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if isinstance(error, OperationalError) and type(error.orig).__module__.startswith("psycopg"):
            raise Problem("hub-store", "", type(error.orig).__name__) from error
        if error.orig is not None and sqlcipher.is_write_failure(error.orig):
            raise Problem("store-write", "", str(error.orig)) from error
        raise
