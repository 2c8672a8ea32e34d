"""Whole files: every case passes, a changed expectation fails, strangers' figures are computed."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy.casefile import Case, read_cases
from counter_app.policy.run import World, differences, run_case, run_cases

HERE = Path(__file__).parent
CASES = [case for file in ("given.yaml", "edges.yaml") for case in read_cases(HERE / file)]
BY_RULE = {case.rule: case for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_case_passes_and_says_how(world: World, case: Case) -> None:
    outcome = run_case(case, world)
    assert outcome.status == "pass", [step.text for step in outcome.steps]
    assert outcome.steps
    assert all(step.text for step in outcome.steps)
    assert not any("没有用到" in step.text for step in outcome.steps)


def other(value: Any) -> Any:
    """Something that is not that value but looks like it."""
    if value is None:
        return False
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal):
        return Decimal(value) + Decimal("0.01")
    return [*value, "x"] if isinstance(value, list) else f"{value}x"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_any_changed_expectation_fails(world: World, case: Case) -> None:
    assert case.expected
    for key, value in case.expected.items():
        outcome = run_case(replace(case, expected={**case.expected, key: other(value)}), world)
        assert outcome.status == "fail", key
        assert outcome.red
    assert run_case(replace(case, expected={**case.expected, "never_heard_of": 1}), world).status == "fail"


def test_names_and_order_mean_nothing(world: World) -> None:
    plain = {case.id: run_case(replace(case, expected=None), world).actual for case in CASES}
    shuffled = random.Random(7).sample(CASES, len(CASES))
    anonymous = [replace(case, id=f"#{n}", expected=None) for n, case in enumerate(shuffled)]
    outcomes = run_cases(anonymous, world)
    assert {outcome.status for outcome in outcomes} == {"no_expected"}
    assert [outcome.actual for outcome in outcomes] == [plain[case.id] for case in shuffled]


def test_without_what_the_case_assumed_there_is_no_estimate(world: World) -> None:
    for case in CASES:
        required = set(case.assumed) - {"cap_left", "ded_supplement", "r_supplement", "cap", "tilt_mode"}
        if not required <= set(case.inputs):
            outcome = run_case(replace(case, assumed={}), world)
            assert outcome.status == "no_estimate", case.id
            assert set(outcome.missing) & required, (case.id, outcome.missing)
            assert outcome.actual == {}
            assert outcome.red


def test_a_missing_parameter_is_named_as_the_file_would_name_it(world: World) -> None:
    case = replace(BY_RULE["dual_channel_drug"], assumed={"deductible": 0}, expected=None)
    outcome = run_case(case, world)
    assert outcome.missing == ("inpatient_ratio",)
    assert not outcome.red
    assert "dual.inpatient_ratio" in outcome.steps[-1].text


@pytest.mark.parametrize("region", ["kuitun", "", "atlantis"])
def test_another_region_s_parameters_are_not_borrowed(world: World, region: str) -> None:
    inputs = {"insured": "职工", "birth_kind": "顺产", "birth_date": "2021-08-01"}
    outcome = run_case(Case("x", "maternity_fixed", region, inputs), world)
    assert outcome.status == "no_estimate"
    assert outcome.missing == ("maternity.employee.natural", "pay_mode", "date_basis")


@given(fee=st.integers(0, 10**9), ratio=st.integers(70, 90))
def test_a_stranger_s_figures_are_computed(world: World, fee: int, ratio: int) -> None:
    inputs = {"month_fee": Decimal(fee).scaleb(-2), "ratio": Decimal(ratio).scaleb(-2)}
    outcome = run_case(Case("x", "ltc_monthly", "jiaozhou", inputs), world)
    wanted = (fee * ratio * 2 + 100) // 200
    assert outcome.status == "no_expected"
    assert outcome.actual["fund_pay"] == Decimal(min(wanted, 345_000)).scaleb(-2)


def test_errors_are_outcomes(world: World) -> None:
    cases = [
        Case("a", "no_such_rule"),
        Case("b", "ltc_monthly", "jiaozhou", {"ratio": Decimal("0.9")}),
        Case("c", "", broken="这一例不是一个表。"),
        Case("d", "deadline_wd", "", {"accepted_on": "2024-02-30", "limit_wd": 3}),
        BY_RULE["ltc_monthly"],
    ]
    outcomes = run_cases(cases, world)
    assert [outcome.status for outcome in outcomes] == ["error", "error", "error", "error", "pass"]
    assert all(outcome.steps for outcome in outcomes)
    assert "month_fee" in outcomes[1].steps[0].text


WILD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**20),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-10, max_value=10**20),
    st.text(max_size=12),
    st.lists(st.text(max_size=5), max_size=3),
    st.dates().map(str),
    st.sampled_from(["职工", "居民", "old", "顺产", "是", "2021-09-01", "daily", "relative", "1e999999"]),
)


@given(data=st.data(), name=st.sampled_from(sorted(BY_RULE)))
def test_no_input_is_a_crash(world: World, data: st.DataObject, name: str) -> None:
    case = BY_RULE[name]
    keys = sorted({*case.inputs, *case.assumed})
    changed = data.draw(st.dictionaries(st.sampled_from([*keys, "x"]), WILD, max_size=3))
    region = data.draw(st.sampled_from([case.region, "", "rizhao"]))
    outcome = run_case(replace(case, region=region, inputs={**case.inputs, **changed}), world)
    assert outcome.status in {"pass", "fail", "no_estimate", "error"}


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        (1, Decimal("1.00"), True),
        (Decimal("0.1"), Decimal("0.10"), True),
        (True, 1, False),
        (0, False, False),
        (None, False, False),
        ("2021-08-02 09:40", "2021-08-02T09:40", True),
        ("2021-08-02T09:40:00", "2021-08-02T09:40", True),
        ("2021-08-02", "2021-08-03", False),
        ([1, "a"], [Decimal(1), "a"], True),
        (["a", "b"], ["b", "a"], False),
        ("ab", ["a", "b"], False),
        (["a", "b"], "ab", False),
        ("4500", Decimal(4500), False),
    ],
)
def test_what_counts_as_the_same(expected: Any, actual: Any, same: bool) -> None:
    assert (differences({"k": expected}, {"k": actual}) == []) == same
