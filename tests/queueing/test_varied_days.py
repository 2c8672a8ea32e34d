"""The estimate on days of every kind: right for 80 to 95 of 100 wherever people wait at all."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path

from counter_app.queueing.days import read_day
from counter_app.queueing.rules import MINUTE
from counter_app.queueing.simulate import PlayedModel, Waited, simulate
from tests.days.varied import KINDS, Varied, varied, write

WAITS = 5  # minutes; where the median wait is less, most are called at once, and 0 to 1 is right for all


def told(made: Varied) -> list[Waited]:
    day = made.day
    return simulate(day.arrivals, day.windows, day.rules, PlayedModel(day.windows, day.rules), day.gap_ms)


def covered(waited: list[Waited]) -> float:
    return statistics.mean(one.low_min <= one.wait_ms / MINUTE <= one.high_min for one in waited)


def test_the_estimate_on_days_of_every_kind(size: Callable[[str], int]) -> None:
    kinds, held, wide = set(), [], []
    for seed in range(size("varied_days")):
        made = varied(seed)
        waited = told(made)
        share, median = covered(waited), statistics.median(one.wait_ms for one in waited) / MINUTE
        assert share >= 0.7, seed
        if median < WAITS:
            continue
        kinds.add(made.kind)
        held.append(0.8 <= share <= 0.95)
        wide.append(statistics.median(one.high_min - one.low_min for one in waited) / median)
    assert kinds
    assert statistics.mean(held) >= 0.9
    assert statistics.median(wide) <= 0.6


def test_a_steady_day_is_not_told_too_widely() -> None:
    """Visits of exactly the same length: the spread is learnt to be small, not taken for granted."""
    steady = next(
        made
        for made in map(varied, range(200))
        if not made.spread and made.load >= 1 and len(made.arrivals) < 700 and made.kind == "even"
    )
    waited = told(steady)
    assert 0.8 <= covered(waited) <= 0.95
    width = statistics.median(one.high_min - one.low_min for one in waited)
    assert width <= 0.6 * statistics.median(one.wait_ms for one in waited) / MINUTE


def test_a_day_written_as_a_table_is_the_same_day(tmp_path: Path) -> None:
    made = varied(1)
    file = write(made, tmp_path)
    read = read_day(file.read_text("utf-8"), file.name, made.windows, made.gap_s * 1000)
    assert [one.klass for one in read.arrivals] == [one.klass for one in made.arrivals]
    apart = (abs(a.at_ms - b.at_ms) for a, b in zip(read.arrivals, made.arrivals, strict=True))
    assert max(apart) < 10
    assert {varied(seed).kind for seed in range(len(KINDS))} == set(KINDS)
