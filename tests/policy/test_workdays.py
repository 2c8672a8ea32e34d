from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalog.holidays import shipped
from counter_app.policy.workdays import due_on, working_days

STARTS = st.dates(date(2019, 1, 1), date(2028, 12, 31))


@given(STARTS, st.integers(1, 90))
def test_no_deadline_on_a_rest_day_and_the_start_never_counts(start: date, days: int) -> None:
    due = due_on(start, days)
    assert shipped().is_workday(due.on)
    assert working_days(start, due.on) == days


@given(STARTS, st.integers(0, 60))
def test_one_day_more_is_never_earlier(start: date, days: int) -> None:
    assert due_on(start, days + 1).on > due_on(start, days).on


@given(STARTS, st.integers(1, 40), st.integers(0, 30), st.integers(0, 30))
def test_a_pause_moves_the_date_by_its_working_days(start: date, days: int, after: int, length: int) -> None:
    first = start + timedelta(days=after + 1)
    pause = (first, first + timedelta(days=length))
    plain, moved = due_on(start, days), due_on(start, days, [pause])
    lost = working_days(first - timedelta(days=1), pause[1]) if first <= plain.on else 0
    assert working_days(start, moved.on) == days + lost
    assert not pause[0] <= moved.on <= pause[1]


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 9, 18), 3, date(2026, 9, 22)),  # 20 September is a make-up day
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # 14 February works, then the Spring Festival
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        (date(2026, 11, 22), 9, date(2026, 12, 3)),
        (date(2026, 11, 20), 20, date(2026, 12, 18)),
    ],
)
def test_dates_counted_by_hand(start: date, days: int, due: date) -> None:
    assert due_on(start, days) == due_on(start, days).__class__(due, False)


def test_a_year_not_yet_published_is_an_estimate() -> None:
    found = due_on(date(2026, 11, 22), 30)
    assert (found.on, found.estimated) == (date(2027, 1, 4), True)
    assert not due_on(date(2026, 11, 22), 28).estimated
    assert not due_on(date(2026, 12, 31), 0).estimated


@pytest.mark.parametrize("days", [-1, 10_000])
def test_nonsense_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match="not a limit"):
        due_on(date(2026, 1, 1), days)
