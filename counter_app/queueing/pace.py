"""How fast a lane moves today: what the visits that ended, those under way and the line itself teach.

Everything is learnt from at most `RECENT` visits and `ARRIVED` tickets, and leans on a guess that one
visit or two outweigh. `docs/queueing.md` says why each part is as it is, and what came of it.
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from counter_app.domain.value import Value
from counter_app.queueing.rules import MINUTE, SECOND

RECENT = 450  # finished visits looked back at: about a day of a hall of ten windows
ARRIVED = 300  # newest tickets in the line looked at: who stands there, and how fast people come
LOOK_BACK_MS = 20 * MINUTE  # how long ago is "now" for the rate at which people come
WINDOW_SEEN_MS = 30 * MINUTE  # a window that finished nobody for so long is not counted
_PRIOR_MS = 7 * MINUTE  # one visit, before the day has taught anything: worth one visit
_CLASS_WEIGHT = 10  # visits of a class after which its own mean counts as much as that of all
_SPREAD, _SPREAD_WEIGHT = 0.6, 20  # standard deviation of one visit ÷ its mean, before the day has taught it
_LOST = 4  # spreads beyond the mean after which a visit under way means that its window has stopped
_PAUSE_MS = 2 * MINUTE  # longer than this between two visits a window was not at work
_AT_ONCE_MS = 10 * SECOND  # whoever was called so soon met a free window: nothing is learnt from them
# How many spreads are told to either side: what held most of the last visits' waits as whole minutes,
# between bounds, leaning on a prior while there are few.
_HELD = 0.85
_REACH_PRIOR, _REACH_WEIGHT, _REACH_LEAST, _REACH_MOST = 1.4, 30, 0.1, 4.0


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

    @property
    def wait_ms(self) -> int:
        """From taking the number to the call."""
        return self.ended_ms - self.took_ms - self.taken_ms


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a lane moves: ms per visit with the way to the next press, and windows at work.

    `rates` are people of each class that come per ms, `means` ms per visit of a class without the way,
    `line` the newest people in the line by class; `gap_ms` is the way to the next press, `spread` the
    deviation of one visit ÷ its mean, `learnt` the number of visits all this was learnt from, and
    `reach` how many spreads of a guess are told to either side.
    """

    visit_ms: float
    windows: int
    rates: Mapping[str, float] = field(default_factory=dict)
    reach: float = _REACH_PRIOR
    means: Mapping[str, float] = field(default_factory=dict)
    line: Mapping[str, int] = field(default_factory=dict)
    gap_ms: float = 0.0
    spread: float = _SPREAD
    learnt: int = 1

    def turn(self, people: Mapping[str, float]) -> float:
        """Ms until the lane moves by one of these people (numbers by class), of all when there are none."""
        total = sum(people.values())
        if not total:
            return self.visit_ms / self.windows
        usual = self.visit_ms - self.gap_ms
        held = sum(self.means.get(klass, usual) * count for klass, count in people.items()) / total
        return (held + self.gap_ms) / self.windows


def pace_of(
    recent: Sequence[Finished],
    now: int,
    at_work: int = 0,
    arrived: Sequence[tuple[str, int]] = (),
    under_way: Sequence[int] = (),
) -> Pace:
    """The pace from the latest visits (at most `RECENT`), leaning on a prior while there are few.

    `at_work` is how many windows are known to serve the lane; 0 = count those seen lately. `arrived` are
    class and moment of those still in the line, newest first (at most `ARRIVED`); `under_way` is since
    when (ms) those of the windows that have somebody have had them.
    """
    usual, gap = _usual(recent, (), 0.0), _between(recent)
    spread = _spread(recent, _means(recent, usual), usual)
    held = [now - began for began in under_way]
    longest = _usual(recent, held, spread) * (1 + _LOST * spread)
    since = [ms for ms in held if ms <= longest]
    seen = {visit.window for visit in recent if now - visit.ended_ms <= WINDOW_SEEN_MS}
    if len(recent) < RECENT:  # the day began in sight: the visits that have ended are the shorter ones
        usual = _usual(recent, since, spread)
    return Pace(
        usual + gap,
        max(1, (at_work or len(seen)) - (len(held) - len(since))),
        _rates(recent, arrived, now),
        _reach(recent),
        _means(recent, usual),
        Counter(klass for klass, _ in arrived),
        gap,
        spread,
        1 + len(recent),
    )


def _usual(recent: Sequence[Finished], since: Sequence[int], spread: float) -> float:
    """Ms per visit. Those under way count with the time they have had, and as the part of a visit that
    makes time ÷ visits right from the first minute of a day (renewal theory: (1 - spread²) ÷ 2).
    """
    begun = max(0.0, 1 - spread**2) / 2 * len(since)
    total = _PRIOR_MS + sum(visit.took_ms for visit in recent) + sum(since)
    return total / (1 + len(recent) + begun)


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
    known = (visit for visit in recent if visit.spread_ms and visit.wait_ms > _AT_ONCE_MS)
    needed = sorted(_needed(visit) for visit in known)
    if not needed:
        return _REACH_PRIOR
    weight = len(needed) / (len(needed) + _REACH_WEIGHT)
    learnt = weight * needed[int(_HELD * len(needed))] + (1 - weight) * _REACH_PRIOR
    return min(_REACH_MOST, max(_REACH_LEAST, learnt))


def _needed(visit: Finished) -> float:
    """The smallest reach that would have told a wait rightly, in whole minutes rounded outwards."""
    waited, mean, spread = (ms / MINUTE for ms in (visit.wait_ms, visit.guess_ms, visit.spread_ms))
    off = mean - math.floor(waited) - 1 if waited < mean else math.ceil(waited) - 1 - mean
    return max(0.0, off / spread)


def _rates(recent: Sequence[Finished], arrived: Sequence[tuple[str, int]], now: int) -> Mapping[str, float]:
    """People of each class that come per ms: as many of all as lately, of each class as today so far."""
    came = [*arrived, *((visit.klass, visit.taken_ms) for visit in recent if visit.taken_ms)]
    since = now - LOOK_BACK_MS
    if len(arrived) >= ARRIVED:  # a crowd: only as far back as we looked
        since = max(since, arrived[-1][1])
    first = min((at for _, at in came), default=now)
    span = now - max(since, first)
    if span < MINUTE:
        return {}
    rate = sum(at > since for _, at in came) / span
    return {klass: rate * count / len(came) for klass, count in Counter(klass for klass, _ in came).items()}


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
