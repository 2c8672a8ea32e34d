"""Every counter of a city comes back at one moment: drained once each, without a storm."""

from __future__ import annotations

from benchmarks.product.returning import play


def test_a_whole_city_comes_back_without_a_storm() -> None:
    told = {name: values[0] for name, values in play(counters=3_000, records=1_000, seed=31).items()}
    assert told["astray"] == 0
    assert told["away_per_served"] <= 1
    assert told["busiest"] <= 3
    assert told["over_ideal"] <= 2
