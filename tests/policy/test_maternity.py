from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy.insured import Insured, insured
from counter_app.policy.maternity import Birth, birth_code, fixed, funding, prenatal, total
from counter_app.policy.rates import Rates
from counter_app.problems import Problem

FEN = st.integers(0, 10**8)
BREAK = date(2021, 7, 1)


@given(born=st.dates(date(2015, 1, 1), date(2030, 1, 1)), asked=st.dates(date(2015, 1, 1), date(2030, 1, 1)))
def test_the_birth_day_decides_not_the_day_of_asking(
    rates: Callable[..., Rates], born: date, asked: date
) -> None:
    result = fixed(rates("rizhao", asked), Birth(Insured.EMPLOYEE, "顺产", born))
    assert result.amounts["fixed_amount"] == (350_000 if born >= BREAK else 200_000)
    assert any("2021-0" in step.effective for step in result.steps)


def test_a_kind_without_a_standard_gives_no_estimate(rates: Callable[..., Rates]) -> None:
    result = fixed(rates("rizhao"), Birth(Insured.EMPLOYEE, "难产", BREAK))
    assert result.missing == ("maternity.employee.difficult",)


def test_residents_examinations_have_no_published_sum(rates: Callable[..., Rates]) -> None:
    assert prenatal(rates("rizhao"), Insured.RESIDENT).missing == ("maternity.resident.prenatal",)


def test_an_unclear_standard_needs_a_person_also_in_the_total(rates: Callable[..., Rates]) -> None:
    birth = Birth(Insured.RESIDENT, "剖宫产", BREAK)
    assert fixed(rates("rizhao"), birth).facts == {"needs_confirm": True}
    assert total(rates("rizhao"), birth, False).facts == {"needs_confirm": True}


@given(cost=FEN, standard=FEN, subsidy=FEN, package=st.booleans(), complies=st.booleans())
def test_the_payers_of_a_birth_sum_to_its_cost(
    rates: Callable[..., Rates], cost: int, standard: int, subsidy: int, package: bool, complies: bool
) -> None:
    book = rates(given={"maternity.package.fiscal": f"{subsidy // 100}.{subsidy % 100:02d}"})
    amounts = funding(book, cost, standard, package, complies).amounts
    assert sum(amounts.values()) == cost
    assert amounts["self_pay"] >= 0
    assert not package or amounts["self_pay"] == 0
    assert 0 <= amounts["fiscal_pay"] <= (subsidy if complies else 0)


def test_the_treasury_s_sum_is_unknown_in_rizhao(rates: Callable[..., Rates]) -> None:
    assert funding(rates("rizhao"), 100, 50, False, True).missing == ("maternity.package.fiscal",)
    assert funding(rates("rizhao"), 100, 50, False, False).estimated


@pytest.mark.parametrize("mode", [{"maternity.pay_mode": "lower"}, {"maternity.date_basis": "settle"}])
def test_a_reading_that_needs_more_asks_for_it(rates: Callable[..., Rates], mode: dict[str, str]) -> None:
    with pytest.raises(Problem, match="policy-input"):
        fixed(rates("rizhao", given=mode), Birth(Insured.EMPLOYEE, "顺产", BREAK))


def test_words_for_births_and_people() -> None:
    assert birth_code(" 剖腹产 ") == birth_code("3") == "caesarean"
    assert insured("390") is insured("女居民") is Insured.RESIDENT
    with pytest.raises(Problem):
        birth_code("海绵宝宝")
    with pytest.raises(Problem):
        insured("外星人")
