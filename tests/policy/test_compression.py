from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from counter_app.policy.compression import limits, reduction
from counter_app.policy.rates import Rates
from counter_app.problems import Problem


@given(national=st.integers(1, 400), promised=st.integers(0, 500))
@example(national=30, promised=12)
@example(national=30, promised=13)
@example(national=15, promised=7)
def test_the_longest_allowed_promise_is_the_last_that_meets(
    rates: Callable[..., Rates], national: int, promised: int
) -> None:
    facts = limits(rates("zaozhuang"), national, promised).facts
    assert facts["meets_60"] == (promised <= facts["max_allowed_wd"])
    assert facts["meets_50"] == (promised <= facts["max_allowed_wd_50"])


def test_a_region_without_a_target_gives_none(rates: Callable[..., Rates]) -> None:
    assert limits(rates("rizhao"), 30, 9).missing == ("limits.non_instant_compression",)


def test_nothing_cannot_be_cut(rates: Callable[..., Rates]) -> None:
    with pytest.raises(Problem, match="policy-input"):
        limits(rates("zaozhuang"), 0, 0)
    with pytest.raises(Problem, match="policy-input"):
        reduction(rates(), 0, 0)
