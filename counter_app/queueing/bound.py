"""The longest anybody can wait, from arithmetic alone. The proof is in `docs/queueing.md`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.queueing.choose import Window
from counter_app.queueing.rules import Rules, class_of


class Arrival(Value, frozen=True):
    """Somebody of a day: when they came (ms), what they chose, and how long a window needs for them (ms)."""

    at_ms: int
    group: str
    klass: str
    service_ms: int


def overtaking_ms(klass: str, rules: Rules) -> int:
    """How long after a ticket was taken somebody may still come and be called before it.

    A later ticket goes first only if it is due first: taken_y + patience_y <= taken_x + patience_x.
    """
    return rules.patience_of(klass) - min(rules.patience.values())


def wait_bound(klass: str, rules: Rules, ahead: int, fronted: int, windows: int, longest_ms: int) -> int:
    """The longest wait in ms of a ticket, known at the end of its overtaking time.

    `ahead` wait before it then, `fronted` are put to the front later, `windows` serve the lane, and
    none needs more than `longest_ms` for one person and the way to the next press.
    """
    rounds = -(-(ahead + fronted + 1) // windows)
    return overtaking_ms(klass, rules) + rounds * longest_ms


def day_bounds(
    arrivals: Sequence[Arrival], pools: Mapping[tuple[str, ...], int], rules: Rules, gap_ms: int
) -> list[int]:
    """The longest wait of each arrival of a day in ms, computed before anybody is called.

    `pools` says how many windows serve which groups together and nothing else; `gap_ms` is the
    longest time between the end of one visit and the next call. Nothing is simulated: the unfinished
    work of a pool is a tank that every arrival fills and its windows drain.
    """
    bounds = [0] * len(arrivals)
    for groups, count in pools.items():
        mine = [nth for nth, arrival in enumerate(arrivals) if rules.group(arrival.group).code in groups]
        chosen = sorted((arrivals[nth] for nth in mine), key=lambda a: a.at_ms)
        longest = sorted((a.service_ms + gap_ms for a in chosen), reverse=True)
        uneven = sum(longest[: count - 1])  # what windows cannot share: nobody is served by two
        for nth in mine:
            spare = overtaking_ms(class_of(arrivals[nth].klass), rules)
            tank = _tank(chosen, count, arrivals[nth].at_ms + spare, gap_ms)
            bounds[nth] = spare + -(-(tank + uneven) // count)
    return bounds


def pools_of(windows: Sequence[Window], rules: Rules) -> Mapping[tuple[str, ...], int]:
    """The pools of an arrangement. Raises Problem `usage` when windows share some groups but not all."""
    every = tuple(group.code for group in rules.groups)
    own = [tuple(sorted(window.own or every)) for window in windows]
    for one in own:
        for other in own:
            if one != other and set(one) & set(other):
                raise Problem("usage", "windows", f"{'、'.join(one)} 与 {'、'.join(other)} 只有部分相同")
    return Counter(own)


def _tank(arrivals: Sequence[Arrival], windows: int, until: int, gap_ms: int) -> int:
    """Unfinished work at a moment if `windows` could share one visit between them, in ms of one window."""
    level, last = 0, 0
    for arrival in arrivals:
        if arrival.at_ms > until:
            break
        level = max(0, level - windows * (arrival.at_ms - last)) + arrival.service_ms + gap_ms
        last = arrival.at_ms
    return max(0, level - windows * (until - last)) if level else 0
