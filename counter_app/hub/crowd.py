"""How many devices may hand over facts at once, and how long the others are asked to wait.

A hub that comes back after a day meets every counter of its city at the same moment. Whoever finds no
place hears when to come again; the wait grows with how many were sent away, so that all together come
no faster than they can be served.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

PLACES = 8
LONGEST_S = 240
_WINDOW_S = 10.0


@dataclass(slots=True)
class Crowd:
    """The door of `/v1/batches`. Moments are seconds of any clock that never runs backwards."""

    places: int = PLACES
    inside: int = 0
    _served: deque[float] = field(default_factory=deque)
    _away: deque[float] = field(default_factory=deque)

    def enter(self, now: float) -> int:
        """0 when there is a place (call `leave` afterwards), else the seconds to wait before asking again."""
        if self.inside < self.places:
            self.inside += 1
            return 0
        self._forget(now)
        self._away.append(now)
        span = max(1.0, now - self._served[0]) if self._served else _WINDOW_S
        rate = max(1.0, len(self._served) / span)
        return max(1, min(LONGEST_S, round(len(self._away) / rate)))

    def leave(self, now: float) -> None:
        """One was served."""
        self.inside -= 1
        self._served.append(now)
        self._forget(now)

    def _forget(self, now: float) -> None:
        for seen, longest in ((self._served, _WINDOW_S), (self._away, LONGEST_S)):
            while seen and seen[0] < now - longest:
                seen.popleft()
