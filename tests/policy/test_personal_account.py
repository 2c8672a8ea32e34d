from __future__ import annotations

from collections.abc import Callable

import pytest

from counter_app.policy.personal_account import Spending, family_binding, permitted
from counter_app.policy.rates import Rates


@pytest.mark.parametrize("psn_type", ["1201", "1202", "1203", "1204"])
def test_any_retired_person_may_pay_the_serious_illness_fund(
    rates: Callable[..., Rates], psn_type: str
) -> None:
    spending = Spending("职工大病医疗救助金", psn_type=psn_type)
    assert permitted(rates("zaozhuang"), spending).facts == {"allowed": True}


@pytest.mark.parametrize("psn_type", ["1101", "1103", "1300", "1501", ""])
def test_nobody_else_may(rates: Callable[..., Rates], psn_type: str) -> None:
    facts = permitted(rates("zaozhuang"), Spending("职工大病医疗救助金", psn_type=psn_type)).facts
    assert facts == {"allowed": False, "reason": "仅退休人员"}


def test_silence_of_the_source_is_not_a_yes(rates: Callable[..., Rates]) -> None:
    for place in ("定点诊所", ""):
        spending = Spending("家庭成员就医购药", member_designated=True, place=place)
        assert permitted(rates("zaozhuang"), spending).facts == {"allowed": None, "needs_confirm": True}
    assert permitted(rates("zaozhuang"), Spending("本人就医购药")).facts["allowed"] is None


def test_another_person_cannot_pay_my_care_with_my_words(rates: Callable[..., Rates]) -> None:
    spending = Spending("本人就医购药", payer="子女", place="定点诊所")
    assert permitted(rates("zaozhuang"), spending).facts["allowed"] is False


def test_a_region_without_rules_says_so(rates: Callable[..., Rates]) -> None:
    assert "account.self_premiums" in permitted(rates("kuitun"), Spending("健身")).missing


def test_binding_names_every_reason(rates: Callable[..., Rates]) -> None:
    facts = family_binding(rates("zaozhuang"), "邻里", False, False).facts
    assert facts["reason"].count("；") == 2
    assert family_binding(rates("zaozhuang"), "配偶", True, True).facts == {"allowed": True}
