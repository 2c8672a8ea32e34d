"""Volume by the hour: what a setting may say, and what holds when."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.problems import Problem
from counter_app.services.hall.hours import volume


def test_each_step_holds_until_the_next_and_the_last_through_the_night() -> None:
    loud = volume("08:00=80 12:00=40, 13:30=70 18:00=0")
    wanted = {"08:00": 80, "11:59": 80, "12:00": 40, "13:29": 40, "17:59": 70, "18:00": 0}
    assert {at: loud.at(time.fromisoformat(at)) for at in wanted} == wanted
    assert loud.at(time(3, 0)) == 0


def test_nothing_said_is_loudest_and_one_number_holds_all_day() -> None:
    assert volume("").at(time(9, 0)) == 100
    assert {volume("35").at(time(hour, 0)) for hour in range(24)} == {35}


@pytest.mark.parametrize(
    "wrong", ["08:00", "25:00=10", "08:00=101", "08:00=-1", "x=50", "08:00=loud", "8=9=1"]
)
def test_what_makes_no_sense_is_refused_with_an_example(wrong: str) -> None:
    with pytest.raises(Problem) as refused:
        volume(wrong)
    assert refused.value.code == "setting-value"
    assert "08:00=80" in refused.value.cause + refused.value.advice


@given(st.dictionaries(st.times(), st.integers(0, 100), min_size=1, max_size=6), st.times())
def test_what_holds_is_the_latest_step_begun(steps: dict[time, int], moment: time) -> None:
    text = " ".join(f"{at.isoformat()}={loud}" for at, loud in steps.items())
    begun = [at for at in steps if at <= moment]
    assert volume(text).at(moment) == steps[max(begun) if begun else max(steps)]
