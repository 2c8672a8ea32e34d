from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalog.model import Choice, Parameter, Region
from counter_app.policy.eligibility import Standing, add_months, benefit, filing_in_time
from counter_app.policy.rates import Rates
from counter_app.problems import Problem

DAY = date(2021, 9, 1)
PLACE = Region(
    "here",
    "此地",
    {},
    (),
    (Parameter("eligibility.payable_states", ["1"]),),
    diseases=(Choice("M03900", "高血压", ("高血压病",)),),
)


def test_every_reason_is_given() -> None:
    standing = Standing("2", "310", DAY, "感冒", date(2022, 1, 1), date(2021, 8, 31))
    reasons = benefit(Rates(PLACE, DAY), standing, ("390",)).facts["reasons"]
    assert len(reasons) == 5


@pytest.mark.parametrize("disease", ["高血压", "M03900", "高血压病"])
def test_a_disease_is_found_by_code_name_and_alias(disease: str) -> None:
    assert benefit(Rates(PLACE, DAY), Standing("1", "390", DAY, disease)).facts["eligible"]


def test_a_list_that_is_not_loaded_refuses_nobody_and_says_so() -> None:
    bare = Region("bare", "", {}, (), PLACE.parameters)
    result = benefit(Rates(bare, DAY), Standing("1", "390", DAY, "感冒"))
    assert result.facts["eligible"]
    assert any("未核对" in step.text for step in result.steps)


@given(day=st.dates(date(1990, 1, 1), date(2100, 1, 1)), months=st.integers(0, 1200))
def test_months_later_is_the_same_day_or_the_month_s_last(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and add_months(later.replace(day=1), 1).day == 1)
    assert later.day >= min(day.day, 28)


def test_absurd_periods_are_refused() -> None:
    with pytest.raises(Problem, match="policy-input"):
        add_months(DAY, 1201)


def test_before_discharge_is_not_in_time(rates: Callable[..., Rates]) -> None:
    book = rates(given={"eligibility.filing_months": 12})
    assert filing_in_time(book, DAY, date(2021, 8, 31)).facts["in_time"] is False
    assert filing_in_time(book, DAY, DAY).facts["in_time"] is True
    assert filing_in_time(rates("rizhao"), DAY, DAY).missing == ("eligibility.filing_months",)


@pytest.mark.parametrize(
    ("day", "eligible"), [(date(2021, 8, 31), False), (DAY, True), (date(2021, 9, 2), False)]
)
def test_first_and_last_day_belong_to_the_benefit(day: date, eligible: bool) -> None:
    standing = Standing("1", "390", day, valid_from=DAY, valid_to=DAY)
    assert benefit(Rates(PLACE, DAY), standing).facts["eligible"] is eligible
