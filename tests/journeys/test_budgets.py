"""Eight journeys of a clerk, from the idle page of a fresh store to the printed paper, within their keys."""

from __future__ import annotations

import tomllib

import pytest

import resources
from tests.fakes import x_screen
from tests.journeys.play import HERE, Journey, journeys, play, values, wanted

CAPS = {
    "remote": 24,
    "chronic": 34,
    "claim": 36,
    "maternity": 34,
    "share": 18,
    "change": 18,
    "newborn": 30,
    "employer": 45,
}
ALWAYS = ("remote", "claim")  # the others at the long size: each is a whole desk


def test_the_caps_are_those_that_were_set() -> None:
    assert {name: journey.cap for name, journey in journeys().items()} == CAPS


def test_nothing_of_the_file_is_a_default() -> None:
    """Whoever plays is none of the demo's people, and no answer is what the form says anyway."""
    known, demo = values(), resources.read_bytes("demo/people.toml").decode()
    people = tomllib.loads((HERE / "people.toml").read_text("utf-8"))
    assert all(row["name"] not in demo and row["certno"] not in demo for row in people["person"])
    assert all(row["uscc"] not in demo for row in people["employer"])
    assert known["heads"] != "1"


@pytest.mark.parametrize(
    "journey",
    [
        pytest.param(journey, id=name, marks=() if name in ALWAYS else pytest.mark.long)
        for name, journey in journeys().items()
    ],
)
def test_a_journey_within_its_keys(journey: Journey) -> None:
    if (why := x_screen.missing()) is not None:
        pytest.skip(why)
    played = play(journey)
    assert played.clicks == 0
    assert played.keys <= journey.cap
    assert played.number
    for words in (*wanted(journey, values()), played.number):
        assert "".join(words.split()) in played.words, f"{words} is not on the paper"
