from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalog.dates import parse_date, parse_moment, parse_month
from counter_app.problems import Problem

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("20261122", "2026-11-22"),
        ("2026-11-22", "2026-11-22"),
        ("2026.1.2", "2026-01-02"),
        ("2026/11/22", "2026-11-22"),
        ("2026年11月2日", "2026-11-02"),
        ("２０２６１１２２", "2026-11-22"),
        ("261122", "2026-11-22"),
        ("1122", "2026-11-22"),
        ("11.22", "2026-11-22"),
        ("11月5日", "2026-11-05"),
        ("今天", "2026-11-22"),
        ("今", "2026-11-22"),
        ("JT", "2026-11-22"),
        ("昨天", "2026-11-21"),
        ("后天", "2026-11-24"),
        ("+30", "2026-12-22"),
        ("-1m", "2026-10-22"),
        ("+1年", "2027-11-22"),
    ],
)
def test_ways_of_typing_a_date(typed: str, iso: str) -> None:
    assert parse_date(typed, TODAY) == iso


@given(st.dates(date(1850, 1, 1), date(2199, 12, 31)))
def test_every_full_form_of_every_date(day: date) -> None:
    for form in ("%Y%m%d", "%Y-%m-%d", "%Y.%m.%d", "%Y年%m月%d日"):
        assert parse_date(day.strftime(form), TODAY) == day.isoformat()


@pytest.mark.parametrize(
    "typed", ["", "x", "20261322", "2026-02-30", "2026-11", "+99999", "12345", "9" * 1_000_000, "3026-01-01"]
)
def test_what_is_no_date(typed: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_date(typed, TODAY, "begndate")
    assert (caught.value.code, caught.value.where) == ("field-date", "begndate")
    assert len(caught.value.cause) < 60


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("202611", "2026-11"),
        ("2026-1", "2026-01"),
        ("2026年11月", "2026-11"),
        ("3", "2026-03"),
        ("12月", "2026-12"),
        ("本月", "2026-11"),
        ("上月", "2026-10"),
        ("下月", "2026-12"),
    ],
)
def test_ways_of_typing_a_month(typed: str, month: str) -> None:
    assert parse_month(typed, TODAY) == month


@pytest.mark.parametrize("typed", ["", "13", "202613", "0", "x月", "٣", "9" * 100_000])
def test_what_is_no_month(typed: str) -> None:
    with pytest.raises(Problem, match="field-month"):
        parse_month(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("20261122 0930", "2026-11-22 09:30"),
        ("昨天 9:05", "2026-11-21 09:05"),
        ("2026-11-22T23:59", "2026-11-22 23:59"),
    ],
)
def test_moments(typed: str, moment: str) -> None:
    assert parse_moment(typed, TODAY) == moment


@pytest.mark.parametrize("typed", ["", "20261122", "20261122 2460", "今天 9:75", "x 9:30"])
def test_what_is_no_moment(typed: str) -> None:
    with pytest.raises(Problem, match="field-date"):
        parse_moment(typed, TODAY)
