from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy.maternity_allowance import Leave, allowance
from counter_app.policy.rates import Rates
from counter_app.problems import Problem


@given(
    wage=st.integers(0, 10**7), children=st.integers(1, 5), difficult=st.booleans(), bonus=st.integers(0, 200)
)
def test_days_and_money_follow_the_table(
    rates: Callable[..., Rates], wage: int, children: int, difficult: bool, bonus: int
) -> None:
    book = rates("rizhao", given={"maternity.allowance.bonus_days": bonus})
    result = allowance(book, wage, Leave(children, difficult), own_wage=wage * 2)
    assert result.facts["days"] == 98 + bonus + 15 * (children - 1) + 15 * difficult
    assert abs(result.amounts["allowance"] * 30 - wage * result.facts["days"]) <= 15
    assert result.amounts["employer_top_up"] >= result.amounts["allowance"] - 1


def test_the_province_s_own_days_are_unknown(rates: Callable[..., Rates]) -> None:
    result = allowance(rates("rizhao"), 600_000, Leave(2, True))
    assert result.missing == ("maternity.allowance.bonus_days",)
    assert allowance(rates("rizhao"), 600_000, Leave(loss_months=2)).estimated


def test_nobody_bears_no_child(rates: Callable[..., Rates]) -> None:
    with pytest.raises(Problem, match="policy-input"):
        allowance(rates("rizhao"), 600_000, Leave(0))


def test_only_what_a_leave_needs_is_asked_for(rates: Callable[..., Rates]) -> None:
    given = {"maternity.allowance.base_days": 98, "maternity.allowance.bonus_days": 0}
    book = rates(given={**given, "maternity.allowance.month_days": 30})
    assert allowance(book, 300_000, Leave()).amounts["allowance"] == 980_000
    assert allowance(book, 300_000, Leave(2)).missing == ("maternity.allowance.extra_child_days",)
    assert allowance(book, 300_000, Leave(1, True)).missing == ("maternity.allowance.difficult_days",)
