from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy.layers import Bill, order, settle
from counter_app.policy.rates import Rates
from counter_app.problems import Problem

LAYERS = ("basic", "serious", "supplement", "assistance", "special")
FEN = st.integers(0, 10**10)
RATIO = st.sampled_from(["0", "0.05", "0.3333", "0.5", "0.65", "0.9", "0.9999", "1"])
GIVEN = {
    "layers.basic_deductible": "800",
    "layers.basic_ratio": "0.65",
    "layers.serious_deductible": "8000",
    "layers.serious_ratio": "0.65",
    "layers.assist_ratio": "0.7",
    "layers.special_ratio": "0.5",
}


@given(bill=st.tuples(FEN, FEN, FEN), ratios=st.tuples(RATIO, RATIO, RATIO, RATIO, RATIO), poor=st.booleans())
def test_layers_and_person_sum_to_the_bill_and_nobody_pays_below_nothing(
    rates: Callable[..., Rates], bill: tuple[int, int, int], ratios: tuple[str, ...], poor: bool
) -> None:
    in_scope, outside, first = bill
    names = ("basic", "serious", "supplement", "assist", "special")
    book = rates(
        "jiaozhou", given=GIVEN | {f"layers.{n}_ratio": r for n, r in zip(names, ratios, strict=True)}
    )
    amounts = settle(book, Bill(in_scope + outside + first, outside, first), poor).amounts
    assert sum(amounts[layer] for layer in LAYERS) == amounts["fund_total"]
    assert amounts["fund_total"] + amounts["self_total"] == in_scope + outside + first
    assert all(amounts[layer] >= 0 for layer in LAYERS)
    assert amounts["self_total"] >= outside + first
    assert all(isinstance(fen, int) for fen in amounts.values())


@given(total=FEN, more=FEN, poor=st.booleans())
def test_more_cost_never_pays_less(rates: Callable[..., Rates], total: int, more: int, poor: bool) -> None:
    book = rates("jiaozhou", given=GIVEN)
    one, two = settle(book, Bill(total), poor).amounts, settle(book, Bill(total + more), poor).amounts
    # Each layer rounds by itself, so five layers may differ by a few fen where the cost hardly does.
    assert two["fund_total"] >= one["fund_total"] - 3
    assert two["basic"] >= one["basic"]


def test_each_missing_layer_is_named(rates: Callable[..., Rates]) -> None:
    result = settle(rates("jiaozhou", given={"layers.basic_ratio": "0.65"}), Bill(100), True)
    assert result.missing == (
        "layers.basic_deductible",
        "layers.serious_deductible",
        "layers.serious_ratio",
        "layers.assist_ratio",
        "layers.special_ratio",
    )


def test_parts_larger_than_the_bill_are_refused(rates: Callable[..., Rates]) -> None:
    with pytest.raises(Problem, match="policy-input"):
        settle(rates("jiaozhou", given=GIVEN), Bill(100, 60, 41), False)


@given(st.permutations(["医疗救助", "基本医保", "扶贫特惠保险", "补充医保", "大病医保"]))
def test_any_order_comes_out_as_the_one(rates: Callable[..., Rates], layers: list[str]) -> None:
    wanted = ["基本医保", "大病医保", "补充医保", "医疗救助", "扶贫特惠保险"]
    assert order(rates("jiaozhou"), layers).facts["order"] == wanted


def test_a_strange_layer_is_refused(rates: Callable[..., Rates]) -> None:
    with pytest.raises(Problem) as caught:
        order(rates("jiaozhou"), ["基本医保", "商业险"])
    assert "商业险" in caught.value.cause
