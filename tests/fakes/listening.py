"""Keeps what devices tell from their threads and waits for a fact instead of for the clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any


class Listener:
    """Call it as `tell`; `wait` returns the first value that fits, `heard` is everything in order."""

    def __init__(self) -> None:
        self.heard: list[Any] = []
        self.at: list[float] = []
        self._news = threading.Condition()

    def __call__(self, told: Any) -> None:
        with self._news:
            self.heard.append(told)
            self.at.append(time.monotonic())
            self._news.notify_all()

    def wait(self, fits: Callable[[Any], bool], limit_s: float = 10.0) -> Any:
        """The first value that fits; forgets it and everything before it. AssertionError if none comes."""
        until = time.monotonic() + limit_s
        with self._news:
            while True:
                for n, told in enumerate(self.heard):
                    if fits(told):
                        del self.heard[: n + 1], self.at[: n + 1]
                        return told
                left = until - time.monotonic()
                assert left > 0, f"waited {limit_s} s in vain; heard {self.heard}"
                self._news.wait(left)

    def event(self, kind: str, limit_s: float = 10.0) -> Any:
        """The next CardEvent of a kind."""
        return self.wait(lambda told: getattr(told, "kind", "") == kind, limit_s)
