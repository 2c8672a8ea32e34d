from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy.rates import Rates
from counter_app.policy.reconcile import average, bill_balance, online_rate, total
from counter_app.problems import Problem

FEN = st.integers(0, 10**12)


@given(parts=st.lists(FEN, min_size=1), slip=st.integers(-2, 2))
def test_a_stated_total_is_right_or_its_difference_is_said(
    rates: Callable[..., Rates], parts: list[int], slip: int
) -> None:
    facts = total(rates(), parts, sum(parts) - slip).facts
    assert facts == {"total": sum(parts), "ok": slip == 0, "difference": slip}


@given(amount=FEN, times=st.integers(1, 10**7))
def test_an_average_is_rounded_half_up(rates: Callable[..., Rates], amount: int, times: int) -> None:
    wanted = (Decimal(amount) / times).quantize(Decimal(1), ROUND_HALF_UP)
    assert average(rates(), amount, times).amounts["avg"] == wanted


@given(items=st.integers(1, 10**4), share=st.fractions(0, 1))
def test_a_rate_has_one_decimal_and_stays_within_a_hundred(
    rates: Callable[..., Rates], items: int, share: object
) -> None:
    online = int(items * share)  # type: ignore[operator]
    rate = online_rate(rates(), items, online).facts["rate"]
    assert abs(rate - Decimal(online * 100) / items) <= Decimal("0.05")
    assert 0 <= rate <= 100


@given(funds=st.lists(FEN), cash=FEN, account=FEN, slip=st.integers(-1, 1))
def test_a_bill_balances_to_the_fen(
    rates: Callable[..., Rates], funds: list[int], cash: int, account: int, slip: int
) -> None:
    bill = sum(funds) + cash + account + slip
    result = bill_balance(rates(), bill, [("基金", part) for part in funds], cash, account)
    assert result.facts["ok"] == (slip == 0)
    assert result.amounts["difference"] == slip


def test_nobody_has_no_average(rates: Callable[..., Rates]) -> None:
    with pytest.raises(Problem, match="policy-input"):
        average(rates(), 1, 0)
    with pytest.raises(Problem, match="policy-input"):
        online_rate(rates(), 3, 4)
    with pytest.raises(Problem, match="policy-input"):
        online_rate(rates(), 0, 0)
