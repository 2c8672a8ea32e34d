"""How work reaches the hub store: one writing thread for SQLCipher (`hub.pool` has the way to PostgreSQL).

With one writer, many windows press at the same moment and a commit costs more than a call: what has
queued up while the last commit ran goes into the next one together, each command under its own
savepoint. Who has a thread to spare (`hub.turn`) commits on it, without a way there and back.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

from counter_app.database import Database
from counter_app.problems import Problem

T = TypeVar("T")
Work = Callable[[Connection], Any]
Outcome = tuple[Any, Exception | None]  # what a piece of work gave, or what it raised
_TOGETHER = 64
_CLOSE_MS = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    work: Work
    answer: Future[Any]


class Lane(Protocol):
    """Runs pieces of work against the hub store; each is all or nothing."""

    def do(self, work: Callable[[Connection], T]) -> T:
        """Run work in a transaction and wait until it is durable."""

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """Queue work; the future is done when its commit is durable."""

    def at_once(self, works: Sequence[Work]) -> list[Outcome] | None:
        """Run works on the caller's own thread in one commit; None when they belong into the queue."""

    def close(self) -> None:
        """Take no more work."""


class Queue:
    """Work in the order it came, in a thread of its own; what waits when one is done is done together."""

    def __init__(self, together: Callable[[Sequence[Work]], list[Outcome]]) -> None:
        self._together = together
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="hub-lane", daemon=True)
        self.closed = False
        self._thread.start()

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """Queue work. Raises Problem `hub-away` once closed."""
        if self.closed:
            raise Problem("hub-away")
        answer: Future[T] = Future()
        self._jobs.put(_Job(work, answer))
        return answer

    def empty(self) -> bool:
        """Whether nobody waits."""
        return self._jobs.empty()

    def close(self) -> None:
        """Finish what is queued and stop; later work is refused."""
        if not self.closed:
            self.closed = True
            self._jobs.put(None)
            self._thread.join(_CLOSE_MS / 1000)

    def _run(self) -> None:
        while (first := self._jobs.get()) is not None:
            together, goes_on = self._waiting(first)
            if together:
                self._commit(together)
            del first, together  # whoever asked throws a large batch away, not whoever comes next
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
        """Nobody hears of success before the commit has returned."""
        made = self._together([job.work for job in together])
        for job, (value, refused) in zip(together, made, strict=True):
            if refused is None:
                job.answer.set_result(value)
            else:
                job.answer.set_exception(refused)

    def _refuse_rest(self) -> None:
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            if job is not None:
                job.answer.set_exception(Problem("hub-away"))


class HubLane:
    """Runs pieces of work in order, one transaction at a time; each is all or nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pen = threading.Lock()  # who holds it writes
        self._here: tuple[int, Connection] | None = None  # the thread that writes, and with what
        self._queue = Queue(self._in_turn)

    def do(self, work: Callable[[Connection], T]) -> T:
        """Run work in a transaction and wait until it is durable.

        Work asked for inside a piece of work belongs to the same transaction. Raises what the work
        raised, `store-write` when the commit failed, `hub-away` once closed.
        """
        here = self._here
        if here is not None and here[0] == threading.get_ident():
            return work(here[1])
        return self.submit(work).result()

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """Queue work; the future is done when its commit is durable."""
        return self._queue.submit(work)

    def at_once(self, works: Sequence[Work]) -> list[Outcome] | None:
        """Run works on the caller's own thread in one commit; None when others write or wait to."""
        if self._queue.closed or not self._queue.empty() or not self._pen.acquire(blocking=False):
            return None
        try:
            return self._together(works)
        finally:
            self._pen.release()

    def close(self) -> None:
        """Finish what is queued and stop; later work is refused."""
        self._queue.close()

    def _in_turn(self, works: Sequence[Work]) -> list[Outcome]:
        with self._pen:
            return self._together(works)

    def _together(self, works: Sequence[Work]) -> list[Outcome]:
        """One transaction, and what came of each."""
        try:
            # Without savepoints first, which cost as much as a small command: when one refuses, the whole
            # is rolled back (alone that is all there is to do) and done again, each behind its own.
            with self._writing() as connection:
                return [(work(connection), None) for work in works]
        except Exception as error:
            return [(None, error)] if len(works) == 1 else self._apart(works)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._database.write() as connection:
                self._here = threading.get_ident(), connection
                yield connection
        finally:
            self._here = None

    def _apart(self, works: Sequence[Work]) -> list[Outcome]:
        """The same in one transaction, but no refusal spoils what its neighbours wrote."""
        try:
            with self._writing() as connection:
                return [_try(connection, work) for work in works]
        except Exception as error:
            return [(None, error) for _ in works]


def _wanted(job: _Job) -> bool:
    """Whether somebody still waits for the answer; from here on it can no longer be called off."""
    return job.answer.set_running_or_notify_cancel()


def _try(connection: Connection, work: Work) -> Outcome:
    try:
        with connection.begin_nested():
            return work(connection), None
    except Exception as refused:
        return None, refused
