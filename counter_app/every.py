"""Something done again and again on a thread of its own, until it is stopped."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from counter_app.problems import Problem

_log = logging.getLogger(__name__)


class Every:
    """Does a thing every so many seconds, the first time at once. What is refused is tried again."""

    def __init__(self, seconds: float, call: Callable[[], None], name: str = "every") -> None:
        self._seconds, self._call = seconds, call
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def begin(self) -> None:
        """Start; once."""
        self._thread.start()

    def stop(self) -> None:
        """Do it no more, and wait until it is not being done."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                self._call()
            except Problem as problem:
                _log.warning("tried again later: %s", problem.code)
            self._stop.wait(self._seconds)
