from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy.assistance import medical_assistance, premium_subsidy
from counter_app.policy.rates import Rates

FEN = st.integers(0, 10**10)
GIVEN = {"assist.deductible": "2000", "assist.ratio": "0.7", "assist.cap": "20000"}


@given(own=FEN, more=FEN, paid=FEN)
def test_assistance_is_monotone_and_stays_within_the_year(
    rates: Callable[..., Rates], own: int, more: int, paid: int
) -> None:
    book = rates(given=GIVEN)
    one, two = medical_assistance(book, own, paid).amounts, medical_assistance(book, own + more, paid).amounts
    assert one["fund_pay"] + one["self_pay"] == own
    assert one["fund_pay"] <= two["fund_pay"] <= max(0, 2_000_000 - paid)


def test_nothing_is_assumed_where_the_region_is_silent(rates: Callable[..., Rates]) -> None:
    assert medical_assistance(rates("jiaozhou"), 100).missing == (
        "assist.deductible",
        "assist.ratio",
        "assist.cap",
    )


@given(premium=st.integers(0, 10**6), poor=st.booleans())
def test_subsidy_and_own_part_are_the_premium(rates: Callable[..., Rates], premium: int, poor: bool) -> None:
    text = f"{premium // 100}.{premium % 100:02d}"
    amounts = premium_subsidy(rates("jiaozhou", given={"subsidy.premium": text}), poor).amounts
    assert amounts["subsidy"] + amounts["self"] == premium
    assert amounts["self"] == (0 if poor else premium)


def test_a_subsidy_needs_the_year_s_premium(rates: Callable[..., Rates]) -> None:
    assert premium_subsidy(rates("jiaozhou"), True).missing == ("subsidy.premium",)


def test_the_steps_say_who_pays_what(rates: Callable[..., Rates]) -> None:
    given = {"subsidy.premium": "380", "subsidy.poor_ratio": "0.9"}
    said = premium_subsidy(rates("jiaozhou", given=given), True).steps[-1].text
    assert said == "资助 380.00 × 90% = 342.00 元，本人缴 38.00 元"
