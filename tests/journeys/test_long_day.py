"""Eight hours at one desk, twenty times as fast: what it holds does not grow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.fakes import x_screen
from tests.journeys.long_day import EVERYDAY, Held, day, wrong

WARM = len(EVERYDAY)
STEADY = Held(0, "remote", 220.0, 21, 57, 66_000, 54_000, 965, {"QLabel": 400}, ())


def after(visits: int, **changes: object) -> list[Held]:
    """A day on which only the last visit differs."""
    found = [replace(STEADY, visit=nth) for nth in range(visits)]
    return [*found[:-1], replace(found[-1], **changes)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"megabytes": 251.0}, "memory grew by 31.0 MB"),
        ({"none": 65_949}, "references to None: 66000 became 65949"),
        ({"none": 66_051}, "references to None: 66000 became 66051"),
        ({"kinds": {"QLabel": 402}}, "more widgets: {'QLabel': 2}"),
        ({"threads": 22}, "threads: 21 became 22"),
        ({"handles": 58}, "handles: 57 became 58"),
    ],
)
def test_whatever_grows_is_said(changes: dict[str, object], said: str) -> None:
    assert wrong(after(20)) == []
    assert [said in one for one in wrong(after(20, **changes))] == [True]


@pytest.mark.long
def test_a_long_day_leaves_nothing_behind(size: Callable[[str], int]) -> None:
    if (why := x_screen.missing()) is not None:
        pytest.skip(why)
    found = day(size("day_minutes"))
    assert len(found) >= 2 * WARM
    assert wrong(found) == []
