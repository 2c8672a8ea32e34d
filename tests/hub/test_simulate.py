"""A day through the hub's tables is the day of the pure model."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.hub.simulate import PlayedHub, play, report
from counter_app.problems import Problem
from counter_app.queueing.bound import Arrival
from counter_app.queueing.choose import Window
from counter_app.queueing.days import PlayDay, make_day
from counter_app.queueing.rules import HOUR, Rules
from counter_app.queueing.simulate import PlayedModel, simulate

REFERENCE = Path(__file__).resolve().parents[1] / "days" / "reference.toml"


def test_hub_and_model_call_the_same_people(tmp_path: Path) -> None:
    text = REFERENCE.read_text("utf-8").replace("visitors = 1200", "visitors = 320")
    whole = make_day(text, "reference.toml")
    chosen = tuple(a for a in whole.arrivals if 9 * HOUR <= a.at_ms < 11 * HOUR)
    day = PlayDay(chosen, whole.windows, whole.rules, whole.gap_ms)
    hub = PlayedHub(tmp_path, day)
    real = simulate(day.arrivals, day.windows, day.rules, hub, day.gap_ms)
    hub.close()
    model = simulate(day.arrivals, day.windows, day.rules, PlayedModel(day.windows, day.rules), day.gap_ms)
    assert [(w.nth, w.called_ms, w.window) for w in real] == [(w.nth, w.called_ms, w.window) for w in model]
    assert len(real) == len(chosen) > 150


def test_an_empty_day_is_refused() -> None:
    with pytest.raises(Problem, match="day-file"):
        play(PlayDay((), (Window("1"),), Rules()))


def test_the_bound_comes_first() -> None:
    told = play(PlayDay((Arrival(0, "", "", 60_000), Arrival(1, "", "", 60_000)), (Window("1"),), Rules()))
    assert told["bound_min"]["max"] >= told["classes"]["ordinary"]["max_min"]
    assert [row["wait_min"] for row in told["items"]] == [0.0, 1.0]


def test_who_waited_beyond_the_bound_is_counted() -> None:
    day = PlayDay((Arrival(0, "", "", 60_000), Arrival(1, "", "", 60_000)), (Window("1"),), Rules())
    waited = simulate(day.arrivals, day.windows, day.rules, PlayedModel(day.windows, day.rules))
    assert report(day, [0, 0], waited)["beyond_bound"] == 1
    assert report(day, [0, 60_000], waited)["beyond_bound"] == 0
