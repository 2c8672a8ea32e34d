from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy.chronic_payment import employee, resident
from counter_app.policy.rates import Rates
from counter_app.problems import Problem

FEN = st.integers(0, 10**9)


@given(fee=FEN, more=FEN, left=FEN)
def test_within_the_limit_monotone_and_better_at_small_hospitals(
    rates: Callable[..., Rates], fee: int, more: int, left: int
) -> None:
    book = rates("county57", given={"chronic.cap_left": f"{left // 100}.{left % 100:02d}"})
    pays = [resident(book, level, fee).amounts for level in ("三类", "二类", "一类")]
    assert all(p["fund_pay"] + p["self_pay"] == fee and p["fund_pay"] <= left for p in pays)
    assert [p["fund_pay"] for p in pays] == sorted(p["fund_pay"] for p in pays)
    assert resident(book, "二类", fee + more).amounts["fund_pay"] >= pays[1]["fund_pay"]


@given(fee=FEN)
def test_an_employee_s_deductible_only_where_the_region_takes_it(
    rates: Callable[..., Rates], fee: int
) -> None:
    plain = {"chronic.inpatient_ratio": "0.85", "chronic.inpatient_deductible": "500"}
    without = employee(rates("county57", given=plain), fee).amounts
    taken = employee(
        rates("county57", given={**plain, "chronic.employee_takes_deductible": True}), fee
    ).amounts
    assert without["deductible"] == 0
    assert taken["fund_pay"] <= without["fund_pay"]
    assert taken["fund_pay"] == 0 or fee > 50_000


def test_missing_ratio(rates: Callable[..., Rates]) -> None:
    assert employee(rates("county57"), 1).missing == ("chronic.inpatient_ratio",)
    assert resident(rates("rizhao"), "二类", 1).missing == (
        "chronic.resident_deductible",
        "chronic.resident_ratio_2",
    )


def test_a_level_is_not_a_class(rates: Callable[..., Rates]) -> None:
    with pytest.raises(Problem, match="policy-input"):
        resident(rates("county57"), "三级甲等", 1)


def test_a_region_may_take_a_deductible_from_residents(rates: Callable[..., Rates]) -> None:
    book = rates("county57", given={"chronic.resident_deductible": "300"})
    amounts = resident(book, "二类", 100_000).amounts
    assert (amounts["fund_pay"], amounts["self_pay"]) == (49_000, 51_000)  # (1000 - 300) x .7
    assert resident(book, "二类", 30_000).amounts["fund_pay"] == 0
