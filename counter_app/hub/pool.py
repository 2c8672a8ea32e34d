"""How work reaches a hub store in PostgreSQL, which keeps transactions apart itself.

Who loses a race simply tries again. What a server's loop brings goes through one thread that puts what
waits into one transaction: eight threads of one interpreter only take it from one another. What is brief is
written on the loop's own thread (`hub.turn`), over a connection that is kept, and waits for no lock there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from counter_app.database import Database
from counter_app.database.database import BY_KEY
from counter_app.database.direct import link_of
from counter_app.hub.lane import Outcome, Queue, Work
from counter_app.late import late
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.database import postgres
else:
    postgres = late("counter_app.database.postgres")

T = TypeVar("T")
_TRIES = 8
_LOST_RACE = ("23505", "40001", "40P01")  # unique_violation, serialization_failure, deadlock_detected
_SERVER_GONE = ("57P", "08")  # shut down or crashed; the connection itself failed (without a state too)
_PAUSE_S = 0.02  # doubled with each try: two and a half seconds altogether
_LOCK_MS = 100  # whoever holds a row longer is waited for in the lane's thread, not on the server's loop


class PoolLane:
    """Every caller's thread has its own transaction; for a database that locks rows (PostgreSQL)."""

    def __init__(self, database: Database) -> None:
        self._engine = database.writer
        self._pens = postgres.piped(database.writer.url) if database.writer is not None else None
        self._here = threading.local()  # the connection of the transaction this thread is in
        self._turn = threading.Lock()  # the queue's thread and the loop's take turns
        self._pen: Connection | None = None  # what is brief is written with it, kept open; of `_turn` only
        self._queue = Queue(self._in_turn)

    def do(self, work: Callable[[Connection], T]) -> T:
        """Run work in a transaction; again when another one was faster.

        Work asked for inside a piece of work belongs to the same transaction. A lost race shows as a unique
        index that is full, a deadlock or a serialization failure: on the second try the winner's rows are
        there to be found. A server that has gone is waited for, some seconds altogether. Raises what the
        work raised, Problem `hub-store` when the server stays away.
        """
        here = getattr(self._here, "connection", None)
        if here is not None:
            return work(here)
        if self._engine is None:
            raise Problem("hub-away")
        for attempt in range(_TRIES):
            try:
                return self._once(self._engine, work)
            except DBAPIError as error:
                if _is_gone(error):
                    self._engine.dispose()  # every command may be asked twice, so it is asked again
                    if attempt == _TRIES - 1:
                        raise Problem("hub-store", "", type(error.orig).__name__) from error
                    time.sleep(_PAUSE_S * 2**attempt)
                elif attempt == _TRIES - 1 or _state(error) not in _LOST_RACE:
                    raise
        raise AssertionError("the last try returns or raises")

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """Queue work; the future is done when its commit is durable. Raises Problem `hub-away`."""
        return self._queue.submit(work)

    def at_once(self, works: Sequence[Work]) -> list[Outcome] | None:
        """Run works on the caller's own thread in one transaction; None when they belong into the queue.

        That is when somebody waits there, when a row is held or a race was lost, when the server has gone,
        or when one of several refuses: nothing of them is written then.
        """
        if self._queue.closed or not self._queue.empty() or not self._turn.acquire(blocking=False):
            return None
        try:
            return self._with_pen(works)
        finally:
            self._turn.release()

    def close(self) -> None:
        """Finish what is queued and take no more work."""
        self._queue.close()
        with self._turn:
            self._put_down()
        self._engine = None

    def _in_turn(self, works: Sequence[Work]) -> list[Outcome]:
        """What waited: together if that goes, else each alone, which waits and tries again."""
        with self._turn:
            return self._with_pen(works) or [self._alone(work) for work in works]

    def _with_pen(self, works: Sequence[Work]) -> list[Outcome] | None:
        try:
            pen = self._pen or self._fetched()
            with pen.begin():
                made: list[Outcome] = self._inside(pen, lambda here: [(work(here), None) for work in works])
            return made
        except DBAPIError as error:  # a race, a lock, a server: the queue tries again
            if _is_gone(error):
                self._put_down()
            return None
        except Exception as refused:
            return [(None, refused)] if len(works) == 1 else None

    def _fetched(self) -> Connection:
        if self._engine is None or self._pens is None:
            raise Problem("hub-away")
        pen = self._pen = self._pens.connect()
        with pen.begin():
            pen.exec_driver_sql(f"{BY_KEY}; SET lock_timeout = {_LOCK_MS}")
        link_of(pen).pipe.bold = True  # what goes wrong here is done again by the queue
        return pen

    def _put_down(self) -> None:
        if self._pen is not None:
            self._pen.close()
            self._pen = None

    def _alone(self, work: Work) -> Outcome:
        try:
            return self.do(work), None
        except Exception as refused:
            return None, refused

    def _once(self, engine: Engine, work: Callable[[Connection], T]) -> T:
        with engine.begin() as connection:
            return self._inside(connection, work)

    def _inside(self, connection: Connection, work: Callable[[Connection], T]) -> T:
        self._here.connection = connection
        try:
            return work(connection)
        finally:
            self._here.connection = None


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", "") or ""


def _is_gone(error: DBAPIError) -> bool:
    state = _state(error)
    return state.startswith(_SERVER_GONE) or (isinstance(error, OperationalError) and not state)
