from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy.rates import Rates
from counter_app.policy.two_diseases import Medicines, outpatient
from counter_app.problems import Problem

FEN = st.integers(0, 10**8)


@given(
    fees=st.lists(FEN, max_size=12), kind=st.sampled_from(["合并", "高血压", "糖尿病"]), insulin=st.booleans()
)
def test_a_year_of_visits_never_passes_the_cap(
    rates: Callable[..., Rates], fees: list[int], kind: str, insulin: bool
) -> None:
    paid = 0
    for fee in fees:
        amounts = outpatient(rates("rizhao"), Medicines(fee, paid, kind, insulin, "390")).amounts
        assert amounts["fund_pay"] + amounts["self_pay"] == fee
        paid += amounts["fund_pay"]
    assert paid <= 60_000


def test_the_old_single_disease_cap_was_never_published(rates: Callable[..., Rates]) -> None:
    result = outpatient(rates("rizhao"), Medicines(100, kind="高血压", old=True))
    assert result.missing == ("two_diseases.before.cap_single",)


def test_a_strange_kind_is_refused(rates: Callable[..., Rates]) -> None:
    with pytest.raises(Problem, match="policy-input"):
        outpatient(rates("rizhao"), Medicines(100, kind="感冒"))
