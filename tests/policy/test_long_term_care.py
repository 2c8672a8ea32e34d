from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy.long_term_care import daily, monthly
from counter_app.policy.rates import Rates
from counter_app.problems import Problem

FEE = st.integers(0, 10**9)
RATIO = st.integers(70, 90).map(lambda n: f"0.{n}")


@given(fee=FEE, more=FEE, ratio=RATIO)
def test_monthly_is_capped_and_monotone_and_sums(
    rates: Callable[..., Rates], fee: int, more: int, ratio: str
) -> None:
    book = rates("jiaozhou", given={"ltc.ratio": ratio})
    one, two = monthly(book, fee).amounts, monthly(book, fee + more).amounts
    assert one["fund_pay"] + one["self_pay"] == fee
    assert one["fund_pay"] <= two["fund_pay"] <= 345_000
    assert all(isinstance(fen, int) for fen in one.values())


@given(fee=FEE, days=st.integers(0, 366), cap=st.integers(0, 20_000), basis=st.sampled_from(["fee", "pay"]))
def test_daily_never_pays_above_its_limit(
    rates: Callable[..., Rates], fee: int, days: int, cap: int, basis: str
) -> None:
    cap_text = f"{cap // 100}.{cap % 100:02d}"
    book = rates(given={"ltc.ratio": "0.8", "ltc.daily_cap": cap_text, "ltc.daily_cap_basis": basis})
    amounts = daily(book, days, fee).amounts
    assert amounts["fund_pay"] + amounts["self_pay"] == fee * days
    assert amounts["fund_pay"] <= cap * days


def test_a_region_without_the_cap_gives_no_estimate(rates: Callable[..., Rates]) -> None:
    result = monthly(rates("rizhao", given={"ltc.ratio": "0.9"}), 300_000)
    assert result.missing == ("ltc.monthly_cap",)
    assert not result.amounts


def test_both_missing_are_named(rates: Callable[..., Rates]) -> None:
    assert monthly(rates("rizhao"), 300_000).missing == ("ltc.ratio", "ltc.monthly_cap")


def test_an_unknown_basis_is_refused(rates: Callable[..., Rates]) -> None:
    book = rates(given={"ltc.ratio": "0.8", "ltc.daily_cap": "1", "ltc.daily_cap_basis": "both"})
    with pytest.raises(Problem, match="policy-input"):
        daily(book, 1, 1)
