"""How long somebody will wait: a low and a high number of minutes, said when the ticket is taken.

Nobody can know; the pair is made so that about nine in ten are called within it. What was guessed is
kept with the ticket, and the errors of the last visits decide how wide the next guess is told
(`docs/queueing.md` says how it was calibrated and what happened on the simulated days).
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from counter_app.domain.value import Value
from counter_app.queueing.rules import MINUTE, Rules

RECENT = 150  # finished visits looked back at
ARRIVED = 300  # newest tickets in the line looked at for how fast people come
LOOK_BACK_MS = 20 * MINUTE  # how long ago is "now" for the rate at which people come
WINDOW_SEEN_MS = 30 * MINUTE  # a window that finished nobody for so long is not counted
_PRIOR_MS = 7 * MINUTE  # one visit, before the day has taught anything
_PRIOR_WEIGHT = 8
_SPREAD = 0.6  # standard deviation of one visit ÷ its mean; service times are log-normal and wide
_FIRST = 0.9  # of one turn, until the next of many busy windows is free
_MODEL_ERROR = 0.09  # what the pace itself may be wrong by
_PAUSE_MS = 2 * MINUTE  # longer than this between two visits a window was not at work
# How many spreads are told to either side: what held 84 in 100 of the last visits' waits, between bounds,
# leaning on a prior while there are few; rounding outwards to minutes holds a few more. It lets a steady day
# be told closer than an unsteady one: a day of long waits needs half a spread, an even one more than one.
_LEARNT_FROM, _HELD = 60, 0.84
_REACH_PRIOR, _REACH_WEIGHT, _REACH_LEAST, _REACH_MOST = 1.3, 20, 0.4, 2.0


class Finished(Value, frozen=True):
    """One finished visit: how long it held a window (ms), where, when it ended, and its class.

    `taken_ms` with `guess_ms` and `spread_ms` tell what was guessed of its wait; 0 = nothing was.
    """

    took_ms: int
    window: str
    ended_ms: int
    klass: str
    taken_ms: int = 0
    guess_ms: int = 0
    spread_ms: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a lane moves: ms per visit with the way to the next press, and windows at work.

    `shares` are the classes of those served lately, `rates` people of each class that come per ms;
    `reach` is how many spreads of a guess are told to either side.
    """

    visit_ms: float
    windows: int
    shares: Mapping[str, float] = field(default_factory=dict)
    rates: Mapping[str, float] = field(default_factory=dict)
    reach: float = _REACH_PRIOR


class Guess(Value, frozen=True):
    """The wait as far as it can be known: mean and standard deviation in ms."""

    mean_ms: int
    spread_ms: int


def pace_of(
    recent: Sequence[Finished], now: int, at_work: int = 0, arrived: Sequence[tuple[str, int]] = ()
) -> Pace:
    """The pace from the latest visits (at most `RECENT`), leaning on a prior while there are few.

    `at_work` is how many windows are known to serve the lane; 0 = count those seen lately. `arrived` are
    class and moment of those still in the line, newest first (at most `ARRIVED`).
    """
    total = _PRIOR_WEIGHT * _PRIOR_MS + sum(visit.took_ms for visit in recent)
    seen = {visit.window for visit in recent if now - visit.ended_ms <= WINDOW_SEEN_MS}
    visit_ms = total / (_PRIOR_WEIGHT + len(recent)) + _between(recent)
    classes = Counter(visit.klass for visit in recent)
    shares = {klass: count / len(recent) for klass, count in classes.items()}
    return Pace(visit_ms, max(1, at_work or len(seen)), shares, _rates(recent, arrived, now), _reach(recent))


def guess(ahead: int, klass: str, pace: Pace, rules: Rules) -> Guess:
    """The wait of a ticket with `ahead` people before it.

    People who come later but are due earlier are counted in: they can only come during the overtaking
    time of `queueing.bound`. How many come is taken half from those served and half from those coming.
    """
    step, mine = pace.visit_ms / pace.windows, rules.patience_of(klass)
    spare = {other: mine - patience for other, patience in rules.patience.items() if patience < mine}
    plain = step * (ahead + _FIRST)
    share = sum(part for other, part in pace.shares.items() if other in spare)
    served = share * min(max(spare.values(), default=0), plain / max(0.2, 1 - share)) / step
    earlier = [(rate, spare[other]) for other, rate in pace.rates.items() if other in spare]
    mean, most = plain, 3 * (ahead + 1) + 20
    for _ in range(8):  # whoever comes earlier makes the wait longer, and more may come
        coming = sum(rate * min(soon, mean) for rate, soon in earlier)
        before, mean = mean, plain + step * min((served + coming) / 2, most)
        if mean == before:
            break
    visits = step * _SPREAD * math.sqrt(mean / step)
    return Guess(round(mean), max(1, round(math.hypot(visits, _MODEL_ERROR * mean))))


def told(made: Guess, pace: Pace, ahead: int, idle: int = 0) -> tuple[int, int]:
    """Low and high minutes of a guess; `idle` windows without anybody call at once."""
    if idle > ahead:
        return 0, 1
    reach = pace.reach * made.spread_ms
    # With nobody before, a window may be free this moment: the low end must allow it.
    low = 0 if ahead == 0 else math.floor(max(0.0, made.mean_ms - reach) / MINUTE)
    return low, max(low + 1, math.ceil((made.mean_ms + reach) / MINUTE))


def wait_minutes(ahead: int, klass: str, pace: Pace, rules: Rules, idle: int = 0) -> tuple[int, int]:
    """Low and high minutes for a ticket with `ahead` people before it and `idle` windows without anybody."""
    return told(guess(ahead, klass, pace, rules), pace, ahead, idle)


def _reach(recent: Sequence[Finished]) -> float:
    known = sorted((visit for visit in recent if visit.spread_ms), key=lambda v: v.ended_ms)[-_LEARNT_FROM:]
    errors = sorted(
        abs(visit.ended_ms - visit.took_ms - visit.taken_ms - visit.guess_ms) / visit.spread_ms
        for visit in known
    )
    if not errors:
        return _REACH_PRIOR
    weight = len(errors) / (len(errors) + _REACH_WEIGHT)
    learnt = weight * errors[int(_HELD * (len(errors) - 1))] + (1 - weight) * _REACH_PRIOR
    return min(_REACH_MOST, max(_REACH_LEAST, learnt))


def _rates(recent: Sequence[Finished], arrived: Sequence[tuple[str, int]], now: int) -> Mapping[str, float]:
    """People of each class that came per ms lately: those in the line still, and those already done."""
    came = [*arrived, *((visit.klass, visit.taken_ms) for visit in recent if visit.taken_ms)]
    since = now - LOOK_BACK_MS
    if len(arrived) >= ARRIVED:  # a crowd: only as far back as we looked
        since = max(since, arrived[-1][1])
    first = min((at for _, at in came), default=now)
    span = now - max(since, first)
    if span < MINUTE:
        return {}
    counted = Counter(klass for klass, at in came if at > since)
    return {klass: count / span for klass, count in counted.items()}


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
