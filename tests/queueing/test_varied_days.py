"""The estimate on days of every kind: right for 80 to 95 of 100 wherever people wait at all."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path

from counter_app.queueing.bound import Arrival
from counter_app.queueing.days import PlayDay, make_day, read_day
from counter_app.queueing.rules import HOUR, MINUTE
from counter_app.queueing.simulate import PlayedModel, Waited, simulate
from tests.days.varied import KINDS, varied, write

REFERENCE = Path(__file__).resolve().parents[1] / "days" / "reference.toml"
WAITS = 5  # minutes; where the median wait is less, most are called at once, and 0 to 1 is right for all
TELLABLE = 15  # minutes; the visits before somebody who waits less vary by more than 60 % of the wait


def played(day: PlayDay) -> list[Waited]:
    return simulate(day.arrivals, day.windows, day.rules, PlayedModel(day.windows, day.rules), day.gap_ms)


def covered(waited: list[Waited]) -> float:
    return statistics.mean(one.low_min <= one.wait_ms / MINUTE <= one.high_min for one in waited)


def test_the_estimate_on_days_of_every_kind(size: Callable[[str], int]) -> None:
    kinds, held, wide = set(), [], []
    for seed in range(5, 5 + size("varied_days")):
        made = varied(seed)
        waited = played(made.day)
        share, median = covered(waited), statistics.median(one.wait_ms for one in waited) / MINUTE
        assert share >= 0.55, seed
        if median < WAITS:
            continue
        kinds.add(made.kind)
        held.append(0.8 <= share <= 0.95)
        if median >= TELLABLE:
            wide.append(statistics.median(one.high_min - one.low_min for one in waited) / median)
    assert kinds
    assert statistics.mean(held) >= 0.8
    assert statistics.median(wide) <= 0.6


def test_a_steady_day_is_not_told_too_widely() -> None:
    """One elderly arrival of 14 minutes every two minutes: told so closely that some are wrong."""
    reference = make_day(REFERENCE.read_text("utf-8"), REFERENCE.name)
    stream = [Arrival(at, "general", "elderly", 14 * MINUTE) for at in range(8 * HOUR, 14 * HOUR, 2 * MINUTE)]
    half = [one for one in reference.arrivals if one.at_ms < 14 * HOUR]
    both = sorted([*half, *stream], key=lambda one: one.at_ms)
    waited = played(PlayDay(tuple(both), reference.windows, reference.rules, reference.gap_ms))
    assert 0.8 <= covered(waited) <= 0.95
    width = statistics.median(one.high_min - one.low_min for one in waited)
    assert width <= 0.25 * statistics.median(one.wait_ms for one in waited) / MINUTE


def test_a_day_written_as_a_table_is_the_same_day(tmp_path: Path) -> None:
    made = varied(1)
    file = write(made, tmp_path)
    read = read_day(file.read_text("utf-8"), file.name, made.windows, made.gap_s * 1000)
    assert [one.klass for one in read.arrivals] == [one.klass for one in made.arrivals]
    apart = (abs(a.at_ms - b.at_ms) for a, b in zip(read.arrivals, made.arrivals, strict=True))
    assert max(apart) < 10
    assert {varied(seed).kind for seed in range(len(KINDS))} == set(KINDS)
