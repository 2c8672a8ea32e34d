"""How work reaches the hub store: one writing thread for SQLCipher, a pool for PostgreSQL.

With one writer, many windows press at the same moment and a commit costs more than a call: what has
queued up while the last commit ran goes into the next one together, each command under its own
savepoint. PostgreSQL keeps transactions apart itself; there, who loses a race simply tries again.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from counter_app.database import Database
from counter_app.problems import Problem

T = TypeVar("T")
_TOGETHER = 64
_TRIES = 8
_LOST_RACE = ("23505", "40001", "40P01")  # unique_violation, serialization_failure, deadlock_detected
_SERVER_GONE = ("57P", "08")  # shut down or crashed; the connection itself failed (without a state too)
_CLOSE_MS = 10_000
_PAUSE_S = 0.02  # doubled with each try: two and a half seconds altogether


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    work: Callable[[Connection], Any]
    answer: Future[Any]


class Lane(Protocol):
    """Runs pieces of work against the hub store; each is all or nothing."""

    def do(self, work: Callable[[Connection], T]) -> T:
        """Run work in a transaction and wait until it is durable."""

    def close(self) -> None:
        """Take no more work."""


class PoolLane:
    """Every caller's thread has its own transaction; for a database that locks rows (PostgreSQL)."""

    def __init__(self, database: Database) -> None:
        self._engine = database.writer

    def do(self, work: Callable[[Connection], T]) -> T:
        """Run work in a transaction; again when another one was faster.

        A lost race shows as a unique index that is full, a deadlock or a serialization failure: on
        the second try the winner's rows are there to be found. A server that has gone is waited for, some
        seconds altogether. Raises what the work raised, Problem `hub-store` when the server stays away.
        """
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

    def close(self) -> None:
        """Take no more work."""
        self._engine = None

    @staticmethod
    def _once(engine: Engine, work: Callable[[Connection], T]) -> T:
        with engine.begin() as connection:
            return work(connection)


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", "") or ""


def _is_gone(error: DBAPIError) -> bool:
    state = _state(error)
    return state.startswith(_SERVER_GONE) or (isinstance(error, OperationalError) and not state)


class HubLane:
    """Runs pieces of work in order in its own thread; each is all or nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="hub-lane", daemon=True)
        self._closed = False
        self._here: Connection | None = None  # while a transaction is open; only this lane's thread reads it
        self._thread.start()

    def do(self, work: Callable[[Connection], T]) -> T:
        """Run work in a transaction and wait until it is durable.

        Work asked for inside a piece of work belongs to the same transaction. Raises what the work
        raised, `store-write` when the commit failed, `hub-away` once closed.
        """
        if self._here is not None and threading.current_thread() is self._thread:
            return work(self._here)
        return self.submit(work).result()

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """Queue work; the future is done when its commit is durable."""
        if self._closed:
            raise Problem("hub-away")
        answer: Future[T] = Future()
        self._jobs.put(_Job(work, answer))
        return answer

    def close(self) -> None:
        """Finish what is queued and stop; later work is refused."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join(_CLOSE_MS / 1000)

    def _run(self) -> None:
        while (first := self._jobs.get()) is not None:
            together, goes_on = self._waiting(first)
            if together:
                self._commit(together)
            if not goes_on:
                break
        self._refuse_rest()

    def _waiting(self, first: _Job) -> tuple[list[_Job], bool]:
        together = [first] if _wanted(first) else []
        while len(together) < _TOGETHER:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return together, False
            if _wanted(job):
                together.append(job)
        return together, True

    def _commit(self, together: list[_Job]) -> None:
        """One transaction; nobody hears of success before the commit has returned."""
        heard: list[tuple[_Job, Any, Exception | None]] = []
        try:
            # Without savepoints first, which cost as much as a small command: when one refuses, the whole
            # is rolled back (alone that is all there is to do) and done again, each behind its own.
            with self._writing() as connection:
                heard = [(job, job.work(connection), None) for job in together]
        except Exception as error:
            heard = [(job, None, error) for job in together] if len(together) == 1 else self._apart(together)
        for job, value, refused in heard:
            if refused is None:
                job.answer.set_result(value)
            else:
                job.answer.set_exception(refused)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._database.write() as connection:
                self._here = connection
                yield connection
        finally:
            self._here = None

    def _apart(self, together: list[_Job]) -> list[tuple[_Job, Any, Exception | None]]:
        """The same in one transaction, but no refusal spoils what its neighbours wrote."""
        try:
            with self._writing() as connection:
                return [(job, *_try(connection, job)) for job in together]
        except Exception as error:
            return [(job, None, error) for job in together]

    def _refuse_rest(self) -> None:
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            if job is not None:
                job.answer.set_exception(Problem("hub-away"))


def _wanted(job: _Job) -> bool:
    """Whether somebody still waits for the answer; from here on it can no longer be called off."""
    return job.answer.set_running_or_notify_cancel()


def _try(connection: Connection, job: _Job) -> tuple[Any, Exception | None]:
    try:
        with connection.begin_nested():
            return job.work(connection), None
    except Exception as refused:
        return None, refused
