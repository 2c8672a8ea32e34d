"""How long somebody will wait: a low and a high number of minutes, said when the ticket is taken.

Nobody can know; the pair is made so that about nine in ten are called within it (`docs/queueing.md`
says how it was calibrated and what happened on the simulated days).
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from counter_app.queueing.rules import MINUTE, Rules

RECENT = 150  # finished visits looked back at
WINDOW_SEEN_MS = 30 * MINUTE  # a window that finished nobody for so long is not counted
_PRIOR_MS = 7 * MINUTE  # one visit, before the day has taught anything
_PRIOR_WEIGHT = 8
_SPREAD = 0.65  # standard deviation of one visit ÷ its mean; service times are log-normal and wide
_FIRST = 0.7  # of one turn, until the next of many busy windows is free
_MODEL_ERROR = 0.06  # what the pace itself may be wrong by
_REACH = 1.55  # standard deviations to either side
_PAUSE_MS = 2 * MINUTE  # longer than this between two visits a window was not at work


@dataclass(frozen=True, slots=True)
class Finished:
    """One finished visit: how long it held a window (ms), where, when it ended, and its class."""

    took_ms: int
    window: str
    ended_ms: int
    klass: str


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a lane moves: ms per visit with the way to the next press, windows at work, class shares."""

    visit_ms: float
    windows: int
    shares: Mapping[str, float]


def pace_of(recent: Sequence[Finished], now: int, at_work: int = 0) -> Pace:
    """The pace from the latest visits (at most `RECENT`), leaning on a prior while there are few.

    `at_work` is how many windows are known to serve the lane; 0 = count those seen lately.
    """
    total = _PRIOR_WEIGHT * _PRIOR_MS + sum(visit.took_ms for visit in recent)
    seen = {visit.window for visit in recent if now - visit.ended_ms <= WINDOW_SEEN_MS}
    classes = [visit.klass for visit in recent]
    shares = {klass: classes.count(klass) / len(classes) for klass in set(classes)}
    visit_ms = total / (_PRIOR_WEIGHT + len(recent)) + _between(recent)
    return Pace(visit_ms, max(1, at_work or len(seen)), shares)


def wait_minutes(ahead: int, klass: str, pace: Pace, rules: Rules, idle: int = 0) -> tuple[int, int]:
    """Low and high minutes for a ticket with `ahead` people before it and `idle` windows without anybody.

    People who come later but are due earlier are counted in: they can only come during the
    overtaking time of `queueing.bound`, and how many will come is chance by itself.
    """
    if idle > ahead:
        return 0, 1
    step = pace.visit_ms / pace.windows
    mine = rules.patience_of(klass)
    faster = sum(share for other, share in pace.shares.items() if rules.patience.get(other, mine) < mine)
    plain = step * (ahead + _FIRST)
    overtaking = min(mine - min(rules.patience.values()), plain / max(0.2, 1 - faster))
    later = faster * overtaking / step
    mean = plain + later * step
    visits = step * math.sqrt(_SPREAD**2 * mean / step + later)
    deviation = math.hypot(visits, _MODEL_ERROR * mean)
    low = max(0.0, mean - _REACH * deviation)
    # With nobody before, a window may be free this moment: the low end must allow it.
    low = 0.0 if ahead == 0 else low
    return math.floor(low / MINUTE), max(1, round((mean + _REACH * deviation) / MINUTE))


def _between(recent: Sequence[Finished]) -> float:
    """Mean ms from the end of a visit to the next call at the same window, where it went on at once."""
    gaps = []
    by_window: dict[str, list[Finished]] = {}
    for visit in sorted(recent, key=lambda v: v.ended_ms):
        by_window.setdefault(visit.window, []).append(visit)
    for visits in by_window.values():
        for before, after in itertools.pairwise(visits):
            gap = after.ended_ms - after.took_ms - before.ended_ms
            gaps += [gap] if 0 <= gap <= _PAUSE_MS else []
    return statistics.mean(gaps) if gaps else 0.0
