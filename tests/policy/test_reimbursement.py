from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy.insured import Insured
from counter_app.policy.rates import Rates
from counter_app.policy.reimbursement import Invoice, cross_year, in_province_referral, manual, resident_bonus
from counter_app.problems import Problem

FEN = st.integers(0, 10**10)
GIVEN = {
    "manual.deductible": "500",
    "manual.ratio": "0.8",
    "manual.annual_cap": "200000",
    "manual.unfiled_cut": "0.2",
    "manual.referred_cut": "0.05",
}


@given(
    scope=FEN,
    more=FEN,
    outside=st.tuples(FEN, FEN, FEN),
    before=st.tuples(FEN, FEN),
    filing=st.sampled_from(["已备案", "转诊", "未备案", "急诊抢救"]),
)
def test_manual_sums_grows_and_stays_under_the_cap(
    rates: Callable[..., Rates],
    scope: int,
    more: int,
    outside: tuple[int, int, int],
    before: tuple[int, int],
    filing: str,
) -> None:
    book = rates(given=GIVEN)
    invoice = Invoice(scope + sum(outside), *outside, *before, filing)
    amounts = manual(book, invoice).amounts
    assert amounts["fund_pay"] + amounts["self_pay"] == invoice.total
    assert 0 <= amounts["fund_pay"] <= max(0, 20_000_000 - before[1])
    assert amounts["in_scope"] == scope
    assert (
        amounts["fund_pay"] <= manual(book, replace(invoice, total=invoice.total + more)).amounts["fund_pay"]
    )


@given(fee=FEN)
def test_the_worse_the_filing_the_less_is_paid(rates: Callable[..., Rates], fee: int) -> None:
    book = rates(given=GIVEN)
    pays = [manual(book, Invoice(fee, filing=f)).amounts["fund_pay"] for f in ("急诊抢救", "转诊", "未备案")]
    assert pays == sorted(pays, reverse=True)


def test_manual_names_what_is_missing_also_for_a_cut(rates: Callable[..., Rates]) -> None:
    assert manual(rates("rizhao"), Invoice(100)).missing == (
        "manual.deductible",
        "manual.ratio",
        "manual.annual_cap",
    )
    known = {name: GIVEN[name] for name in ("manual.deductible", "manual.ratio", "manual.annual_cap")}
    assert manual(rates(given=known), Invoice(100, filing="转诊")).missing == ("manual.referred_cut",)


@pytest.mark.parametrize("invoice", [Invoice(100, 101), Invoice(100, filing="随便")])
def test_impossible_bills_are_refused(rates: Callable[..., Rates], invoice: Invoice) -> None:
    with pytest.raises(Problem, match="policy-input"):
        manual(rates(given=GIVEN), invoice)


@given(total=FEN, start=st.dates(date(2000, 1, 1), date(2030, 1, 1)), days=st.integers(0, 1500))
def test_years_of_a_stay_sum_to_the_bill(
    rates: Callable[..., Rates], total: int, start: date, days: int
) -> None:
    for mode in ("daily", "discharge"):
        book = rates(given={"manual.cross_year": mode})
        amounts = cross_year(book, total, start, start + timedelta(days=days)).amounts
        assert sum(amounts.values()) == total
        assert all(part >= 0 for part in amounts.values())


@pytest.mark.parametrize(
    ("first", "last", "parts"),
    [
        (date(2021, 12, 31), date(2022, 1, 1), {"year_2021": 100}),
        (date(2022, 1, 1), date(2022, 1, 1), {"year_2022": 100}),
        (date(2021, 12, 31), date(2022, 1, 2), {"year_2021": 50, "year_2022": 50}),
    ],
)
def test_nights_decide_the_year(
    rates: Callable[..., Rates], first: date, last: date, parts: dict[str, int]
) -> None:
    assert cross_year(rates(given={"manual.cross_year": "daily"}), 100, first, last).amounts == parts


def test_a_stay_that_ends_before_it_begins_is_refused(rates: Callable[..., Rates]) -> None:
    with pytest.raises(Problem, match="policy-input"):
        cross_year(rates(given={"manual.cross_year": "daily"}), 1, date(2021, 1, 2), date(2021, 1, 1))


@given(years=st.integers(0, 60))
def test_the_bonus_begins_with_the_fifth_year(rates: Callable[..., Rates], years: int) -> None:
    book = rates("rizhao", given={"resident.base_ratio": "0.7"})
    assert resident_bonus(book, Insured.RESIDENT, years).facts["bonus"] == (years >= 5)


def test_the_level_three_ratio_is_not_known_here(rates: Callable[..., Rates]) -> None:
    result = in_province_referral(rates("rizhao"), "参保贫困人口", 100)
    assert result.missing == ("referral.city_level3_ratio", "manual.deductible")


def test_a_wrong_reading_of_the_ten_percent_is_refused(rates: Callable[..., Rates]) -> None:
    book = rates(
        "rizhao",
        given={"referral.mode": "x", "referral.city_level3_ratio": "0.5", "manual.deductible": "0"},
    )
    with pytest.raises(Problem, match="policy-input"):
        in_province_referral(book, "普通居民", 100)
