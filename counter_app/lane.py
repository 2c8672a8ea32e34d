"""A named lane: one thread, calls one by one, in order."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Lane:
    """One worker thread with a name; `services` is the only lane that writes the counter store."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"lane-{name}")

    def run(self, call: Callable[[], T]) -> Future[T]:
        """Queue a call. RuntimeError after `close`."""
        return self._pool.submit(call)

    def is_here(self) -> bool:
        """Whether the caller is on this lane."""
        return threading.current_thread().name.startswith(f"lane-{self._name}")

    def close(self) -> None:
        """Finish what is queued, then stop."""
        self._pool.shutdown(wait=True)
