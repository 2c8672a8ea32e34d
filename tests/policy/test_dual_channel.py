from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy.dual_channel import medicine, select
from counter_app.policy.insured import Insured
from counter_app.policy.rates import Rates

FEN = st.integers(0, 10**9)
GIVEN = {"dual.inpatient_ratio": "0.85", "dual.deductible": "0"}


@given(fee=FEN, more=FEN, group=st.sampled_from(Insured))
def test_parts_sum_and_grow(rates: Callable[..., Rates], fee: int, more: int, group: Insured) -> None:
    book = rates("rizhao", given=GIVEN)
    one, two = medicine(book, group, fee).amounts, medicine(book, group, fee + more).amounts
    assert one["fund_pay"] + one["self_total"] == fee
    assert one["first_self"] + one["in_scope"] == fee
    assert one["fund_pay"] <= min(two["fund_pay"], one["in_scope"])


@given(fee=FEN)
def test_a_resident_pays_no_less_than_an_employee(rates: Callable[..., Rates], fee: int) -> None:
    book = rates("rizhao", given=GIVEN)
    own = [medicine(book, group, fee).amounts["self_total"] for group in (Insured.EMPLOYEE, Insured.RESIDENT)]
    assert own == sorted(own)


def test_the_inpatient_ratio_is_never_guessed(rates: Callable[..., Rates]) -> None:
    result = medicine(rates("rizhao"), Insured.EMPLOYEE, 1_000_000)
    assert result.missing == ("dual.inpatient_ratio", "dual.deductible")
    assert not result.amounts


@given(hospitals=st.integers(0, 9), stores=st.integers(0, 9))
def test_a_choice_is_refused_exactly_beyond_the_limits(
    rates: Callable[..., Rates], hospitals: int, stores: int
) -> None:
    facts = select(rates("rizhao"), hospitals, stores).facts
    assert facts["ok"] == (hospitals <= 1 and stores <= 2)
    assert ("reason" in facts) != facts["ok"]
