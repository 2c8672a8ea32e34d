from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import money
from counter_app.problems import Problem


@given(st.integers(0, money.LARGEST))
def test_what_is_shown_can_be_typed_again(amount: int) -> None:
    assert money.parse(money.display(amount)) == amount
    assert money.parse(money.plain(amount)) == amount
    assert money.parse("￥" + money.display(amount) + "元") == amount


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_a_refusal(text: str) -> None:
    code, amount = "", 0
    try:
        amount = money.parse(text)
    except Problem as problem:
        code = problem.code
    assert code in {"", "field-money", "field-money-range"}
    assert 0 <= amount <= money.LARGEST


@pytest.mark.parametrize(
    ("text", "amount"),
    [("0", 0), ("12", 1200), ("12.5", 1250), ("１，２３４．５６", 123456), ("12。5", 1250), (" ￥3 ", 300)],
)
def test_ways_of_typing(text: str, amount: int) -> None:
    assert money.parse(text) == amount


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "field-money"),
        ("1e18", "field-money"),
        ("-1", "field-money"),
        ("1.234", "field-money"),
        ("1,23", "field-money"),
        ("٣", "field-money"),
        ("9" * 1_000_000, "field-money"),
        ("1000000000000000000", "field-money-range"),
        ("100000000000000", "field-money-range"),
    ],
)
def test_refusals(text: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        money.parse(text, "medfee_sumamt")
    assert (caught.value.code, caught.value.where) == (code, "medfee_sumamt")


def test_negative_amounts_are_shown_with_their_sign() -> None:
    assert money.display(-5) == "-0.05"
