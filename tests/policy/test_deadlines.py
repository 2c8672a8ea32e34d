from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from counter_app.catalog.holidays import Holidays, shipped
from counter_app.policy.deadlines import Light, Pause, Timed, clocks, due, due_list, reading, within_minutes
from counter_app.policy.workdays import working_days
from counter_app.problems import Problem

TABLE = shipped()
DAYS = st.dates(date(2019, 1, 1), date(2026, 10, 1))
LIMITS = st.integers(0, 90)


@st.composite
def pauses(draw: st.DrawFn) -> tuple[Pause, ...]:
    spans = draw(st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=3))
    kind = st.sampled_from(["补正", "专家评审", "现场考察"])
    return tuple(Pause(draw(kind), first, first + timedelta(days=length)) for first, length in spans)


@given(start=DAYS, limit=LIMITS, stops=pauses())
def test_never_on_a_rest_day_nor_in_a_pause_nor_before_the_start(
    start: date, limit: int, stops: tuple[Pause, ...]
) -> None:
    found = due(TABLE, start, limit, stops)
    assert found.on is not None
    assert found.on >= start
    assert TABLE.is_workday(found.on)
    assert not any(p.last and p.first <= found.on <= p.last for p in stops)


@given(start=DAYS, limit=LIMITS, stops=pauses())
def test_working_days_up_to_the_deadline_are_the_limit_and_the_paused(
    start: date, limit: int, stops: tuple[Pause, ...]
) -> None:
    assume(limit > 0)
    found = due(TABLE, start, limit, stops)
    assert found.on is not None
    assert working_days(start, found.on, TABLE) == limit + found.paused_workdays


@given(start=DAYS, limit=LIMITS, more=st.integers(0, 20), stops=pauses())
def test_a_longer_limit_a_later_start_or_a_pause_never_comes_earlier(
    start: date, limit: int, more: int, stops: tuple[Pause, ...]
) -> None:
    plain = due(TABLE, start, limit).on or date.min
    assert (due(TABLE, start, limit + more).on or date.min) >= plain
    assert (due(TABLE, start + timedelta(days=more), limit).on or date.min) >= plain
    assert (due(TABLE, start, limit, stops).on or date.min) >= plain


@pytest.mark.parametrize(
    ("start", "limit", "on"),
    [
        # Worked out on the printed calendar of the notices.
        (date(2021, 9, 30), 3, date(2021, 10, 11)),  # 10-08 Fri, 10-09 make-up Sat, 10-11
        (date(2022, 1, 29), 1, date(2022, 1, 30)),  # a make-up weekend before Spring Festival
        (date(2022, 1, 30), 1, date(2022, 2, 7)),
        (date(2024, 2, 9), 1, date(2024, 2, 18)),  # a make-up Sunday after Spring Festival
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # 02-14 make-up Sat is day one
        (date(2026, 9, 18), 1, date(2026, 9, 20)),  # 09-20 is a make-up Sunday
    ],
)
def test_make_up_days_count(start: date, limit: int, on: date) -> None:
    assert due(TABLE, start, limit).on == on


def test_an_unpublished_year_is_an_estimate_that_changes_when_it_is_published() -> None:
    guess = due(TABLE, date(2026, 12, 30), 9)
    assert (guess.on, guess.provisional) == (date(2027, 1, 13), True)
    told = Holidays(TABLE.off | {date(2027, 1, 4)}, TABLE.work, TABLE.published | {2027})
    known = due(told, date(2026, 12, 30), 9)
    assert (known.on, known.provisional) == (date(2027, 1, 14), False)


def test_an_open_pause_leaves_the_day_open_only_when_it_begins_in_time() -> None:
    before = due(TABLE, date(2026, 11, 20), 9, (Pause("补正", date(2026, 12, 3)),))
    after = due(TABLE, date(2026, 11, 20), 9, (Pause("补正", date(2026, 12, 4)),))
    assert before.on is None
    assert after.on == date(2026, 12, 3)


def test_overlapping_pauses_count_once() -> None:
    stops = (
        Pause("补正", date(2026, 11, 24), date(2026, 11, 25)),
        Pause("协查", date(2026, 11, 25), date(2026, 11, 26)),
    )
    found = due(TABLE, date(2026, 11, 20), 9, stops)
    assert (found.on, found.paused_workdays) == (date(2026, 12, 8), 3)


@pytest.mark.parametrize("limit", [-1, 5000])
def test_a_senseless_limit_is_refused(limit: int) -> None:
    with pytest.raises(Problem, match="policy-input"):
        due(TABLE, date(2026, 11, 20), limit)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Problem, match="policy-input"):
        due(TABLE, date(2026, 11, 20), 9, (Pause("补正", date(2026, 11, 25), date(2026, 11, 24)),))


# --- lights -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "left", "light"),
    [
        (date(2026, 12, 1), 2, Light.GREEN),
        (date(2026, 12, 2), 1, Light.YELLOW),
        (date(2026, 12, 3), 0, Light.YELLOW),
        (date(2026, 12, 4), -1, Light.RED),
        (date(2026, 12, 5), -1, Light.RED),  # a Saturday adds nothing but is late all the same
        (date(2026, 12, 7), -2, Light.RED),
    ],
)
def test_a_clock_turns_yellow_then_red(today: date, left: int, light: Light) -> None:
    found = reading(TABLE, due(TABLE, date(2026, 11, 20), 9), today)
    assert (found.left, found.light) == (left, light)


def test_the_statutory_clock_starts_at_receipt_and_the_promise_at_acceptance() -> None:
    case = Timed("A", date(2026, 11, 9), date(2026, 11, 20), statutory=30, promised=9)
    row = clocks(TABLE, case, date(2026, 12, 4))
    assert row.statutory is not None
    assert row.promised is not None
    assert row.statutory.due.on == due(TABLE, date(2026, 11, 9), 30).on == date(2026, 12, 21)
    assert (row.statutory.light, row.promised.light) == (Light.GREEN, Light.RED)
    assert row.nearest == date(2026, 12, 3)


def test_no_promise_no_clock_and_a_finished_case_stands_still() -> None:
    row = clocks(TABLE, Timed("A", date(2026, 11, 9), date(2026, 11, 20), statutory=30), date(2026, 12, 4))
    assert row.promised is None
    done = Timed("B", date(2026, 11, 9), date(2026, 11, 20), promised=9, done_on=date(2026, 11, 30))
    late = clocks(TABLE, done, date(2027, 3, 1)).promised
    assert late is not None
    assert late.light is Light.GREEN


@given(starts=st.lists(DAYS, max_size=20), limit=st.integers(0, 5))
def test_the_due_list_is_the_head_of_everything_open_by_day(starts: list[date], limit: int) -> None:
    cases = [Timed(f"{n:03}", day, day, promised=9) for n, day in enumerate(starts)]
    cases.append(Timed("done", date(2019, 1, 2), date(2019, 1, 2), promised=1, done_on=date(2019, 1, 3)))
    rows = due_list(TABLE, cases, date(2026, 11, 22), limit)
    everything = sorted((due(TABLE, c.received_on, 9).on, c.number) for c in cases[:-1])
    assert [(row.nearest, row.number) for row in rows] == everything[:limit]


# --- minutes ----------------------------------------------------------------------------------------


@given(reported=st.datetimes(datetime(2019, 1, 1), datetime(2030, 1, 1)), late=st.integers(-30, 600))
def test_thirty_minutes_are_clock_minutes(reported: datetime, late: int) -> None:
    found = within_minutes(reported, 30, reported + timedelta(minutes=30 + late), reported)
    assert found.due - reported == timedelta(minutes=30)
    assert found.overdue == (late > 0)


def test_minutes_that_make_no_sense_are_refused() -> None:
    now = datetime(2026, 11, 22, 9)
    with pytest.raises(Problem, match="policy-input"):
        within_minutes(now, 30, now - timedelta(minutes=1), now)
    with pytest.raises(Problem, match="policy-input"):
        within_minutes(now, 10**9, None, now)
