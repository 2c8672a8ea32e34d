from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy.rates import Rates
from counter_app.policy.serious_illness import banded, parse_bands, tilted
from counter_app.problems import Problem

GIVEN = {"serious.deductible": "16000", "serious.ratio": "0.6"}
BANDS = {"serious.deductible": "16000", "serious.bands": ["50000:0.6", "100000:0.65", ":0.7"]}
FEE = st.integers(0, 10**10)


@given(fee=FEE, more=FEE)
def test_poor_people_never_get_less_and_more_cost_never_pays_less(
    rates: Callable[..., Rates], fee: int, more: int
) -> None:
    book = rates("jiaozhou", given=GIVEN)
    plain, poor, larger = tilted(book, fee, False), tilted(book, fee, True), tilted(book, fee + more, True)
    assert plain.amounts["fund_pay"] <= poor.amounts["fund_pay"] <= larger.amounts["fund_pay"] <= fee + more
    assert poor.amounts["fund_pay"] + poor.amounts["self_pay"] == fee


@given(fee=FEE, more=FEE, poor=st.booleans())
def test_bands_are_monotone_and_pay_nothing_below_the_deductible(
    rates: Callable[..., Rates], fee: int, more: int, poor: bool
) -> None:
    book = rates("jiaozhou", given=BANDS)
    one, two = banded(book, fee, poor).amounts, banded(book, fee + more, poor).amounts
    assert 0 <= one["fund_pay"] <= two["fund_pay"]
    assert one["fund_pay"] == 0 or fee > one["deductible"]


@given(fee=FEE)
def test_one_band_is_the_plain_sum(rates: Callable[..., Rates], fee: int) -> None:
    book = rates("jiaozhou", given={**GIVEN, "serious.bands": [":0.6"]})
    assert banded(book, fee, False).amounts["fund_pay"] == tilted(book, fee, False).amounts["fund_pay"]


def test_a_region_without_a_tilt_says_what_is_missing(rates: Callable[..., Rates]) -> None:
    result = tilted(rates("rizhao", given=GIVEN), 5_000_000, True)
    assert "serious.tilt_deductible_factor" in result.missing
    assert tilted(rates("rizhao", given=GIVEN), 5_000_000, False).estimated


def test_bands_are_read() -> None:
    assert parse_bands(["1:0.5", ":0.6"]) == [(100, Fraction(1, 2)), (None, Fraction(3, 5))]


@pytest.mark.parametrize(
    "words", [[], ["1:0.5"], [":0.5", ":0.6"], ["2:0.5", "1:0.6", ":1"], ["x:0.5", ":1"], [":2"]]
)
def test_bands_that_make_no_sense_are_refused(words: list[str]) -> None:
    with pytest.raises(Problem, match="pack-broken"):
        parse_bands(words)
