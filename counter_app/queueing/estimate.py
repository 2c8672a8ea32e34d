"""How long somebody will wait: a low and a high number of minutes, said when the ticket is taken.

Nobody can know; the pair is made so that nearly nine in ten are called within it. What was guessed is
kept with the ticket, and the errors of the last visits decide how wide the next guess is told
(`queueing.pace`; `docs/queueing.md` says how it was calibrated and what happened on the simulated days).
"""

from __future__ import annotations

import math

from counter_app.domain.value import Value
from counter_app.queueing.pace import Pace
from counter_app.queueing.rules import MINUTE, Rules

_MIX_WEIGHT = 10  # people in the line after which who they are counts whole
_FIRST = 0.9  # of one turn, until the next of many busy windows is free
_MODEL_ERROR = 0.05  # what else the pace may be wrong by
_LATER_CHANCE = 0.5  # how far the number of those who come later and go first varies, ÷ that of pure chance
_LATER_CHANGE = 0.3  # and how far the rate they come at may change meanwhile


class Guess(Value, frozen=True):
    """The wait as far as it can be known: mean and standard deviation in ms."""

    mean_ms: int
    spread_ms: int


def guess(ahead: int, klass: str, pace: Pace, rules: Rules) -> Guess:
    """The wait of a ticket with `ahead` people before it, who take as long as their classes did lately.

    People who come later but are due earlier are counted in, as many as come now: they can only come
    during the overtaking time of `queueing.bound`. The deviation grows with what visits vary by, and with
    the whole line by what may be wrong with a mean learnt from few visits.
    """
    mine = rules.patience_of(klass)
    spare = {other: mine - patience for other, patience in rules.patience.items() if patience < mine}
    known = min(1.0, sum(pace.line.values()) / _MIX_WEIGHT)
    step = known * pace.turn(pace.line) + (1 - known) * pace.turn({})
    later = pace.turn({other: rate for other, rate in pace.rates.items() if other in spare})
    mean = plain = step * (ahead + _FIRST)
    more = 0.0
    for _ in range(8):  # whoever comes earlier makes the wait longer, and more may come
        coming = sum(rate * min(spare[who], mean) for who, rate in pace.rates.items() if who in spare)
        more = min(coming, 3 * (ahead + 1) + 20)
        before, mean = mean, plain + later * more
        if mean == before:
            break
    people = ahead + 1 + more
    visits = step * pace.spread * math.sqrt(people * (1 + people / pace.learnt))
    overtaking = later * math.sqrt(_LATER_CHANCE * more + (_LATER_CHANGE * more) ** 2)
    spread = math.hypot(visits, overtaking, _MODEL_ERROR * mean)
    return Guess(round(mean), max(1, round(spread)))


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
