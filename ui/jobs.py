"""Worker lanes to the UI thread: together with `devices` the whole of our threading."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from queue import Empty, SimpleQueue
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from counter_app.problems import Problem, Problems
from drivers.protocols import Fault

T = TypeVar("T")
Submit = Callable[[Callable[[], T]], "Future[T]"]
IDLE_S = 5.0  # the devices are looked at every few seconds; a thread nobody needed for so long ends


class Hands:
    """Threads for what is done aside: one each, used again for a while.

    Starting a thread waits until it runs, which a busy machine does not do at once; the screen should not.
    """

    def __init__(self, idle_s: float = IDLE_S) -> None:
        self._idle_s = idle_s
        self._turn = threading.Lock()
        self._idle = 0  # that wait and have nothing promised to them
        self._promised: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def take(self, work: Callable[[], None]) -> None:
        """Have it done, by a thread that waits or by a new one; never behind other work."""
        with self._turn:
            is_waited_for, self._idle = self._idle > 0, max(0, self._idle - 1)
        if is_waited_for:
            self._promised.put(work)
        else:
            threading.Thread(target=self._work, args=(work,), name="ui-aside", daemon=True).start()

    def _work(self, work: Callable[[], None] | None) -> None:
        while work is not None:
            work()
            work = None  # what it was about need not live on while nobody asks
            work = self._next()

    def _next(self) -> Callable[[], None] | None:
        with self._turn:
            self._idle += 1
        try:
            return self._promised.get(timeout=self._idle_s)
        except Empty:
            with self._turn:
                if self._idle:
                    self._idle -= 1
                    return None
        return self._promised.get()  # promised at the very moment we gave up waiting


class Jobs(QObject):
    """Runs calls away from the UI thread and brings their outcome back to it."""

    refused = Signal(object)  # one Problem
    broken = Signal(object)  # the exception of a bug
    quiet = Signal()  # nothing is under way any more
    _done = Signal(object)

    def __init__(self, submit: Submit[object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._submit = submit
        self._open = True
        self._hands = Hands()
        self.under_way = 0
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        call: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Queue `call` on the services lane; `then` or `failed` follows on the UI thread."""
        self._follow(self._submit(call), then, failed)

    def aside(
        self,
        call: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Run something slow that does not touch the store (starting, devices) on its own thread."""
        future: Future[T] = Future()
        self._follow(future, then, failed)
        self._hands.take(partial(_fulfil, future, call))

    def close(self) -> None:
        """Deliver nothing more; outcomes still under way are dropped."""
        self._open = False

    def _follow(self, future: Future[T], then: object, failed: object) -> None:
        self.under_way += 1
        future.add_done_callback(partial(self._hand_over, then, failed))

    def _hand_over(self, then: object, failed: object, future: Future[object]) -> None:
        if self._open:
            self._done.emit((future, then, failed))

    def _deliver(self, outcome: tuple[Future[object], Callable[[object], None] | None, object]) -> None:
        future, then, failed = outcome
        self.under_way -= 1
        if not self._open:
            return
        error = future.exception()
        if error is not None:
            self._tell(error)
            if callable(failed):
                failed()
        elif then is not None:
            then(future.result())
        if self.under_way == 0:
            self.quiet.emit()

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, Problems):
            for problem in error.problems:
                self.refused.emit(problem)
        elif isinstance(error, Problem):
            self.refused.emit(error)
        elif isinstance(error, Fault):
            self.refused.emit(Problem(error.code, "device", error.detail))
        else:
            self.broken.emit(error)


def _fulfil(future: Future[T], call: Callable[[], T]) -> None:
    try:
        future.set_result(call())
    except BaseException as error:
        future.set_exception(error)
