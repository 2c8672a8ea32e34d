"""How long somebody will wait: a low and a high number of minutes, said when the ticket is taken.

Nobody can know; the pair is made so that about nine in ten are called within it (`docs/queueing.md`
says how it was calibrated and what happened on the simulated days).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from counter_app.queueing.rules import MINUTE, Rules

RECENT = 150  # finished visits looked back at
WINDOW_SEEN_MS = 30 * MINUTE  # a window that finished nobody for so long is not counted
_PRIOR_MS = 7 * MINUTE  # one visit, before the day has taught anything
_PRIOR_WEIGHT = 8
_SPREAD = 0.6  # standard deviation of one visit ÷ its mean; service times are log-normal and wide
_MODEL_ERROR = 0.1  # what the pace itself may be wrong by
_REACH = 1.5  # standard deviations to either side


@dataclass(frozen=True, slots=True)
class Finished:
    """One finished visit: how long it held a window (ms), where, when it ended, and its class."""

    took_ms: int
    window: str
    ended_ms: int
    klass: str


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a lane moves: ms per visit, windows at work, and the share of each class."""

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
    return Pace(total / (_PRIOR_WEIGHT + len(recent)), max(1, at_work or len(seen)), shares)


def wait_minutes(ahead: int, klass: str, pace: Pace, rules: Rules) -> tuple[int, int]:
    """Low and high minutes for a ticket with `ahead` people before it.

    People who come later but are due earlier are counted in: they can only come during the
    overtaking time of `queueing.bound`.
    """
    step = pace.visit_ms / pace.windows
    mine = rules.patience_of(klass)
    faster = sum(share for other, share in pace.shares.items() if rules.patience.get(other, mine) < mine)
    plain = step * (ahead + 1)
    overtaking = min(mine - min(rules.patience.values()), plain / max(0.2, 1 - faster))
    mean = plain + faster * overtaking
    turns = mean / step
    deviation = math.hypot(step * _SPREAD * math.sqrt(turns), _MODEL_ERROR * mean)
    low = max(0.0, mean - _REACH * deviation)
    # With nobody before, a free window calls at once: the low end must allow it.
    low = 0.0 if ahead == 0 else low
    return math.floor(low / MINUTE), math.ceil((mean + _REACH * deviation) / MINUTE)
