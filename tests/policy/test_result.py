from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from counter_app.catalog.model import Parameter, Region
from counter_app.policy.rates import Rates
from counter_app.policy.result import Result, Sheet, explained
from counter_app.problems import Problem

NEW = Parameter("repair.minutes", 20, valid_from=date(2022, 1, 1), source="R1", is_default=True)
OLD = Parameter("repair.minutes", 30, valid_to=date(2021, 12, 31), source="R0")
PLACE = Region("here", "此地", {}, (), (NEW, OLD, Parameter("ltc.monthly_cap", "3450.005")))


@explained
def minutes(sheet: Sheet) -> Result:
    return sheet.result({"doubled": sheet.count("repair.minutes") * 2})


@explained
def three(sheet: Sheet) -> Result:
    sheet.need("ltc.ratio", "repair.minutes", "ltc.daily_cap")
    raise AssertionError("not reached")


@pytest.mark.parametrize(("day", "value"), [(date(2021, 12, 31), 60), (date(2022, 1, 1), 40)])
def test_the_version_in_force_that_day_counts(day: date, value: int) -> None:
    assert minutes(Rates(PLACE, day)).amounts == {"doubled": value}


def test_a_step_says_value_region_period_source_and_that_it_is_our_default() -> None:
    (step,) = minutes(Rates(PLACE, date(2023, 1, 1))).steps
    assert (step.value, step.region, step.effective, step.source) == ("20", "here", "2022-01-01", "R1")
    assert step.is_default
    assert "默认" in step.text
    assert step.as_dict()["default"] is True
    (old,) = minutes(Rates(PLACE, date(2021, 1, 1))).steps
    assert old.effective == "../2021-12-31"
    assert "default" not in old.as_dict()


def test_every_missing_parameter_is_named_and_no_amount_is_given() -> None:
    result = three(Rates(PLACE, date(2023, 1, 1)))
    assert result.missing == ("ltc.ratio", "ltc.daily_cap")
    assert not result.estimated
    assert not result.amounts
    assert "长护支付比例" in result.steps[-1].text


def test_what_the_case_gives_wins_and_has_no_region() -> None:
    (step,) = minutes(Rates(PLACE, date(2023, 1, 1), {"repair.minutes": 5})).steps
    assert (step.value, step.region) == ("5", "")


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("ltc.ratio", "1.01", "ratio"),
        ("ltc.ratio", "abc", "ratio"),
        ("ltc.ratio", 0.5, "ratio"),
        ("ltc.monthly_cap", "-1", "money"),
        ("ltc.monthly_cap", "0.001", "money"),
        ("repair.minutes", "1.5", "count"),
        ("repair.minutes", True, "count"),
        ("layers.order", "基本医保", "words"),
        ("referral.mode", "both", "reading"),
        ("referral.mode", ["first_self"], "reading"),
        ("layers.preself_reaches_upper", "no", "flag"),
    ],
)
def test_a_wrong_value_is_refused_as_the_case_s_or_the_pack_s(name: str, value: Any, read: str) -> None:
    def refusal(rates: Rates) -> str:
        with pytest.raises(Problem) as caught:
            getattr(Sheet(rates), read)(name)
        return caught.value.code

    region = Region("here", "此地", {}, (), (Parameter(name, value),))
    assert refusal(Rates(region, date(2023, 1, 1))) == "pack-broken"
    assert refusal(Rates(None, date(2023, 1, 1), {name: value})) == "policy-input"


def test_a_name_outside_the_vocabulary_is_our_bug(rates: Callable[..., Rates]) -> None:
    with pytest.raises(KeyError):
        Sheet(rates()).money("no.such_parameter")


def test_the_readers_give_what_the_pack_says(rates: Callable[..., Rates]) -> None:
    sheet = Sheet(rates("jiaozhou"))
    assert sheet.money("ltc.monthly_cap") == 345_000
    assert sheet.ratio("serious.tilt_ratio_step") == Fraction(1, 20)
    assert sheet.words("layers.order")[0] == "基本医保"
    assert sheet.flag("layers.preself_reaches_upper") is False
