from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from counter_app.catalog import holidays
from counter_app.problems import Problem


def test_every_published_day_is_as_the_well_kept_library_says() -> None:
    table = holidays.shipped()
    day = date(2019, 1, 1)
    while day.year <= 2026:
        assert table.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)
    assert set(range(2019, 2027)) == table.published


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2026, 9, 20), True),
        (date(2026, 10, 10), True),
        (date(2027, 1, 1), False),
        (date(2027, 2, 8), False),
        (date(2027, 10, 1), False),
        (date(2099, 1, 4), False),
        (date(2099, 1, 5), True),
    ],
)
def test_days_that_matter(day: date, works: bool) -> None:
    assert holidays.shipped().is_workday(day) is works


def test_a_hall_adds_the_year_when_its_notice_appears(tmp_path: Path) -> None:
    own = tmp_path / "holidays.toml"
    own.write_text("[2027]\noff = [2027-01-01, 2027-02-11]\nwork = [2027-02-14]\n", "utf-8")
    table = holidays.load(own)
    assert 2027 in table.published
    assert not table.is_workday(date(2027, 2, 11))
    assert table.is_workday(date(2027, 2, 14))
    assert table.is_workday(date(2027, 2, 10)), "the guess for that year is gone"
    assert not table.is_workday(date(2026, 10, 1)), "the other years stay"
    assert holidays.load(tmp_path / "absent.toml") == holidays.shipped()


@pytest.mark.parametrize(
    "text",
    [
        "[2027\n",
        "[2027]\noff = ['x']",
        "[2027]\noff = [2028-01-01]",
        "[x]\noff = []",
        "x = 3",
        "[2027]\noff = [2027-01-01]\nwork = [2027-01-01]",
    ],
)
def test_a_spoilt_table_is_refused(text: str) -> None:
    with pytest.raises(Problem) as caught:
        holidays.parse(text, "holidays.toml")
    assert (caught.value.code, caught.value.where) == ("pack-broken", "holidays.toml")
