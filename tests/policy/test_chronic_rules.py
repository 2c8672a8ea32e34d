from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy import chronic_rules as rules
from counter_app.policy.rates import Rates
from counter_app.problems import Problem


@given(changed=st.integers(0, 9), old=st.booleans())
def test_changes_run_out_exactly_at_the_limit(rates: Callable[..., Rates], changed: int, old: bool) -> None:
    most = 1 if old else 2
    facts = rules.hospital_change(rates("rizhao"), changed, old).facts
    assert facts["allowed"] == (changed < most)
    assert facts["remaining_after"] == max(0, most - changed - 1)


@given(
    days=st.lists(st.dates(date(2019, 1, 1), date(2023, 12, 31))),
    on=st.dates(date(2020, 1, 1), date(2023, 12, 31)),
)
def test_rolling_and_calendar_years_count_what_they_say(
    rates: Callable[..., Rates], days: list[date], on: date
) -> None:
    def count(mode: str) -> int:
        book = rates("rizhao", given={"chronic.change_year": mode})
        return int(rules.changes_this_year(book, days, on).facts["changed_this_year"])

    assert count("calendar") == sum(date(on.year, 1, 1) <= day <= on for day in days)
    assert count("calendar") <= count("rolling")  # the rolling year reaches at least as far back
    assert count("rolling") <= sum(0 <= (on - day).days <= 366 for day in days)


@given(months=st.integers(0, 24), stable=st.booleans())
def test_long_prescriptions(rates: Callable[..., Rates], months: int, stable: bool) -> None:
    allowed = rules.long_prescription(rates("kuitun"), months, stable).facts["allowed"]
    assert allowed == (stable and 1 <= months <= 3)


@pytest.mark.parametrize(
    ("kind", "recognised"),
    [
        ("统筹区内", True),
        ("省内变更参保地互认，同一病种", True),
        ("省内变更参保地且非同一病种", False),
        ("险种变更", True),
        ("参保险种变更互认", True),
        ("兵地联动互认", True),
        ("跨省变更参保地且同一病种", False),
        ("省内变更参保地", None),
    ],
)
def test_recognition(rates: Callable[..., Rates], kind: str, recognised: bool | None) -> None:
    assert rules.mutual_recognition(rates("kuitun"), kind).facts["recognized"] is recognised


def test_other_regions_have_published_nothing(rates: Callable[..., Rates]) -> None:
    assert rules.mutual_recognition(rates("rizhao"), "统筹区内").missing == ("chronic.recognised",)
    assert rules.long_prescription(rates("rizhao"), 1, True).missing == ("prescription.max_months",)
    assert rules.identifying_org(rates("rizhao"), "某院").missing == ("chronic.identifying_orgs",)
    assert rules.steps_done(rates("rizhao"), []).missing == ("chronic.steps",)


def test_the_list_of_five_is_sure_only_on_its_day(rates: Callable[..., Rates]) -> None:
    assert "needs_confirm" not in rules.cross_province(rates("kuitun", date(2024, 4, 16))).facts
    assert rules.cross_province(rates("kuitun", date(2024, 4, 17))).facts["needs_confirm"] is True


def test_a_result_that_is_neither_is_refused(rates: Callable[..., Rates]) -> None:
    with pytest.raises(Problem, match="policy-input"):
        rules.fallback(rates("zaozhuang"), "待定", "高血压", True)


def test_who_is_not_poor_is_not_sent_to_the_township(rates: Callable[..., Rates]) -> None:
    assert rules.fallback(rates("zaozhuang"), "不通过", "高血压", False).facts["suggest"] is None


def test_steps_out_of_order_are_remarked_on(rates: Callable[..., Rates]) -> None:
    def said(*done: str) -> list[str]:
        return [step.text for step in rules.steps_done(rates("county57"), done).steps]

    remark = "环节先后与规定不一致，请核对记录"
    assert remark in said("科室复核", "患者申请", "审核确认")
    assert remark not in said("患者申请", "科室复核", "审核确认")
