"""好差评 on the citizen's screen: it opens by itself, each case once, and the desk shows nothing of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from counter_app.services.rating import Asking
from drivers.protocols import Rating
from tests.fakes import snapshots as s
from tests.ui.conftest import quiet
from ui.faces.asked_rating import AskedRating, kept


class Side:
    """A citizen's screen that remembers what it was asked."""

    def __init__(self) -> None:
        self.is_open = True
        self.asked: list[tuple[str, Any]] = []

    def rate(self, title: str, number: str, then: Any) -> bool:
        self.asked.append((number, then))
        return True


@pytest.fixture
def made(stand: Any) -> Any:
    opened = stand(s.FILLING)
    opened.due = [Asking("c1", "N1", "异地安置备案", "3"), None]
    opened.counter.rating_due = lambda: opened.due.pop(0) if opened.due else None
    opened.side = Side()
    opened.asker = AskedRating(opened.model, opened.side, opened.model)
    return opened


def written(made: Any) -> None:
    """Every case of the visit has its number now."""
    tile = replace(s.TILES[0], number="N1", problems=0)
    made.counter.put(tiles=(tile,), case=s.DONE_CASE)


def test_it_asks_by_itself_once_and_the_answer_is_kept(qtbot: Any, made: Any) -> None:
    assert made.side.asked == []
    written(made)
    qtbot.waitUntil(lambda: len(made.side.asked) == 1)
    quiet(qtbot, made)
    number, then = made.side.asked[0]
    assert number == "N1"
    then(Rating("rated", 1, "screen", ("115",)))
    quiet(qtbot, made)
    assert ("rate", ("c1", 1, ("115",), "screen")) in made.visit.asked
    written(made)
    quiet(qtbot, made)
    assert len(made.side.asked) == 1, "never asked again"


def test_while_something_is_unfinished_or_no_screen_is_there_nobody_is_asked(qtbot: Any, made: Any) -> None:
    made.counter.put(tiles=s.DONE.tiles)
    quiet(qtbot, made)
    made.side.is_open = False
    written(made)
    quiet(qtbot, made)
    assert made.side.asked == []


def test_what_is_kept_of_an_answer() -> None:
    assert kept(Rating("rated", 5)) == (5, ())
    assert kept(Rating("timeout", 0)) == (0, ())
    assert kept(Rating("skipped", 3)) == (0, ())
    assert kept(Rating("rated", 2, "x", ("213", "000"))) == (2, ("213", "000"))
    assert kept(Rating("rated", 2, "x", ("made-up",))) == (2, ()), "the answer itself is never lost"


def test_a_rater_of_the_desk_is_asked_before_any_screen_and_named(qtbot: Any, stand: Any) -> None:
    made = stand(s.FILLING)
    due = [Asking("c1", "N1", "异地安置备案", "3"), None]
    made.counter.rating_due = lambda: due.pop(0) if due else None
    made.counter.able = {"rate"}
    AskedRating(made.model, made.desk.asking, made.model)
    written(made)
    qtbot.waitUntil(lambda: any(verb == "rate" for verb, _ in made.visit.asked))
    ((_, told),) = [one for one in made.visit.asked if one[0] == "rate"]
    assert (told[0], told[-1]) == ("c1", "rater")
