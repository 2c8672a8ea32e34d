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
ARRIVED = 300  # newest tickets in the line looked at: who stands there, and how fast people come
LOOK_BACK_MS = 20 * MINUTE  # how long ago is "now" for the rate at which people come
WINDOW_SEEN_MS = 30 * MINUTE  # a window that finished nobody for so long is not counted
_PRIOR_MS = 7 * MINUTE  # one visit, before the day has taught anything
_PRIOR_WEIGHT = 8
_CLASS_WEIGHT = 10  # visits of a class after which its own mean counts as much as that of all
_MIX_WEIGHT = 10  # people in the line after which who they are counts whole
_SPREAD, _SPREAD_WEIGHT = 0.6, 20  # standard deviation of one visit ÷ its mean, before the day has taught it
_FIRST = 0.9  # of one turn, until the next of many busy windows is free
_MODEL_ERROR = 0.09  # what the pace itself may be wrong by
_LATER_SPREAD = 0.5  # how far the number of those who come later and go first varies, ÷ that of pure chance
_PAUSE_MS = 2 * MINUTE  # longer than this between two visits a window was not at work
# How many spreads are told to either side: what held 85 in 100 of the last visits' waits as whole minutes,
# between bounds, leaning on a prior while there are few (`docs/queueing.md`).
_LEARNT_FROM, _HELD = 80, 0.85
_REACH_PRIOR, _REACH_WEIGHT, _REACH_LEAST, _REACH_MOST = 1.2, 30, 0.1, 4.0


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

    `shares` are the classes of those served lately, `rates` people of each class that come per ms,
    `means` ms per visit of a class without the way, `line` the newest people in the line by class;
    `gap_ms` is the way to the next press, `spread` the deviation of one visit ÷ its mean, and
    `reach` how many spreads of a guess are told to either side.
    """

    visit_ms: float
    windows: int
    shares: Mapping[str, float] = field(default_factory=dict)
    rates: Mapping[str, float] = field(default_factory=dict)
    reach: float = _REACH_PRIOR
    means: Mapping[str, float] = field(default_factory=dict)
    line: Mapping[str, int] = field(default_factory=dict)
    gap_ms: float = 0.0
    spread: float = _SPREAD

    def turn(self, people: Mapping[str, float]) -> float:
        """Ms until the lane moves by one of these people (numbers by class), of all when there are none."""
        total = sum(people.values())
        if not total:
            return self.visit_ms / self.windows
        usual = self.visit_ms - self.gap_ms
        held = sum(self.means.get(klass, usual) * count for klass, count in people.items()) / total
        return (held + self.gap_ms) / self.windows


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
    usual, gap = total / (_PRIOR_WEIGHT + len(recent)), _between(recent)
    seen = {visit.window for visit in recent if now - visit.ended_ms <= WINDOW_SEEN_MS}
    classes = Counter(visit.klass for visit in recent)
    means = _means(recent, usual)
    return Pace(
        usual + gap,
        max(1, at_work or len(seen)),
        {klass: count / len(recent) for klass, count in classes.items()},
        _rates(recent, arrived, now),
        _reach(recent),
        means,
        Counter(klass for klass, _ in arrived),
        gap,
        _spread(recent, means, usual),
    )


def guess(ahead: int, klass: str, pace: Pace, rules: Rules) -> Guess:
    """The wait of a ticket with `ahead` people before it, who take as long as their classes did lately.

    People who come later but are due earlier are counted in: they can only come during the overtaking
    time of `queueing.bound`. How many come is taken half from those served and half from those coming.
    """
    mine = rules.patience_of(klass)
    spare = {other: mine - patience for other, patience in rules.patience.items() if patience < mine}
    known = min(1.0, sum(pace.line.values()) / _MIX_WEIGHT)
    step = known * pace.turn(pace.line) + (1 - known) * pace.turn({})
    plain = step * (ahead + _FIRST)
    later = pace.turn({other: part for other, part in pace.shares.items() if other in spare})
    mean, more = plain, 0.0
    for _ in range(8):  # whoever comes earlier makes the wait longer, and more may come
        more = min((_served(pace, spare, plain) + _coming(pace, spare, mean)) / 2, 3 * (ahead + 1) + 20)
        before, mean = mean, plain + later * more
        if mean == before:
            break
    before_me = step * pace.spread * math.sqrt(ahead + 1)
    overtaking = later * math.sqrt(more * (pace.spread**2 + _LATER_SPREAD))
    spread = math.hypot(before_me, overtaking, _MODEL_ERROR * mean)
    return Guess(round(mean), max(1, round(spread)))


def _served(pace: Pace, spare: Mapping[str, int], plain: float) -> float:
    """How many will go first, if as many of them come as were served lately."""
    share = sum(part for other, part in pace.shares.items() if other in spare)
    longest = min(max(spare.values(), default=0), plain / max(0.2, 1 - share))
    return share * longest / pace.turn({})


def _coming(pace: Pace, spare: Mapping[str, int], wait: float) -> float:
    """How many will go first, if they come as fast as now."""
    return sum(rate * min(spare[other], wait) for other, rate in pace.rates.items() if other in spare)


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


def _means(recent: Sequence[Finished], usual: float) -> Mapping[str, float]:
    """Ms per visit of each class, leaning on that of all while there are few."""
    took: dict[str, list[int]] = {}
    for visit in recent:
        took.setdefault(visit.klass, []).append(visit.took_ms)
    return {
        klass: (_CLASS_WEIGHT * usual + sum(some)) / (_CLASS_WEIGHT + len(some))
        for klass, some in took.items()
    }


def _spread(recent: Sequence[Finished], means: Mapping[str, float], usual: float) -> float:
    """How far visits vary around the mean of their class: nothing at all on a day of equal visits."""
    apart = sum((visit.took_ms - means[visit.klass]) ** 2 for visit in recent) / usual**2
    return math.sqrt((apart + _SPREAD_WEIGHT * _SPREAD**2) / (len(recent) + _SPREAD_WEIGHT))


def _reach(recent: Sequence[Finished]) -> float:
    known = sorted((visit for visit in recent if visit.spread_ms), key=lambda v: v.ended_ms)[-_LEARNT_FROM:]
    needed = sorted(_needed(visit) for visit in known)
    if not needed:
        return _REACH_PRIOR
    weight = len(needed) / (len(needed) + _REACH_WEIGHT)
    learnt = weight * needed[int(_HELD * len(needed))] + (1 - weight) * _REACH_PRIOR
    return min(_REACH_MOST, max(_REACH_LEAST, learnt))


def _needed(visit: Finished) -> float:
    """The smallest reach that would have told a wait rightly, in whole minutes rounded outwards."""
    waited = (visit.ended_ms - visit.took_ms - visit.taken_ms) / MINUTE
    mean, spread = visit.guess_ms / MINUTE, visit.spread_ms / MINUTE
    off = mean - math.floor(waited) - 1 if waited < mean else math.ceil(waited) - 1 - mean
    return max(0.0, off / spread)


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
