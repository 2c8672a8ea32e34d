"""One thread per device, so that a device that hangs costs one call and never the counter."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from drivers.protocols import Fault

T = TypeVar("T")


class _Job:
    """A call on its way: taken up once, or given up before it was begun."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.work = work
        self.done = threading.Event()
        self.result: Any = None
        self.error: BaseException | None = None
        self._begun = threading.Lock()

    def take(self) -> bool:
        """True for whoever comes first: the lane that runs it or the caller who stops waiting."""
        return self._begun.acquire(blocking=False)

    def run(self) -> None:
        """Do the work and keep what came of it."""
        try:
            self.result = self.work()
        except BaseException as error:  # the caller's thread raises it
            self.error = error
        self.done.set()


class Lane:
    """Runs calls on one device one after another in its own daemon thread."""

    def __init__(self, name: str) -> None:
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="device-" + name, daemon=True)
        self._thread.start()

    def ask(self, work: Callable[[], T], limit_ms: int) -> T:
        """Run `work` in the lane and wait at most `limit_ms`. Raises what it raises, or `device-timeout`.

        A call not yet begun when the limit is over is never run: nothing prints after its refusal.
        """
        job = self._put(work)
        if not job.done.wait(limit_ms / 1000):
            job.take()
            raise Fault("device-timeout", str(limit_ms))
        if job.error is not None:
            raise job.error
        result: T = job.result
        return result

    def post(self, work: Callable[[], Any]) -> None:
        """Run `work` when its turn comes, without waiting; it must handle its own faults."""
        self._put(work)

    def close(self, limit_ms: int = 1000) -> None:
        """Finish what is queued and end the thread; a call that hangs is left to the end of the process."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
        if threading.current_thread() is not self._thread:
            self._thread.join(limit_ms / 1000)

    def _put(self, work: Callable[[], Any]) -> _Job:
        if self._closed:
            raise Fault("device-gone", "closed")
        job = _Job(work)
        self._jobs.put(job)
        return job

    def _run(self) -> None:
        while True:
            job = self._jobs.get()
            if job is None:
                return
            if job.take():
                job.run()
