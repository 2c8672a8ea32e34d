"""When to ask again: full jitter up to five minutes, and never before the hub said.

Three thousand counters whose hub comes back would otherwise knock at the same second.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

BASE_S, CAP_S = 1.0, 300.0
_MOST_DOUBLINGS = 12


@dataclass(slots=True)
class Backoff:
    """One outbox's patience. Moments are seconds of any clock that never runs backwards."""

    chance: Callable[[], float] = random.random
    tries: int = 0
    not_before: float = 0.0
    told_to_wait: bool = False

    def ready(self, now: float, heard: bool = False) -> bool:
        """Whether to ask now. `heard`: the hub has answered something else since, so it is no longer away;
        a wait that the hub itself asked for is kept all the same.
        """
        return now >= self.not_before or (heard and not self.told_to_wait)

    def failed(self, now: float, retry_after: float = 0.0) -> float:
        """Note a try in vain; the seconds until the next. `retry_after`: what the hub asked for, 0 = nothing.

        What it asked for is the least, and is spread over as long again: it told thousands the same.
        """
        self.tries += 1
        spread = retry_after or BASE_S * 2.0 ** min(self.tries, _MOST_DOUBLINGS)
        wait = min(CAP_S, retry_after) + self.chance() * min(CAP_S, spread)
        self.not_before, self.told_to_wait = now + wait, retry_after > 0
        return wait

    def worked(self) -> None:
        """The hub took something: start over."""
        self.tries, self.not_before, self.told_to_wait = 0, 0.0, False
