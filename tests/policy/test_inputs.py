from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from counter_app.policy.inputs import Inputs
from counter_app.problems import Problem


def test_values_as_people_write_them() -> None:
    inputs = Inputs(
        {
            "fee": "3,000.50元",
            "exact": Decimal("0.01"),
            "n": Decimal("9.0"),
            "poor": "是",
            "not": "否",
            "code": 1101,
            "day": "2024-04-16T10:00",
            "at": "2021-08-02 09:10",
        }
    )
    assert (inputs.money("fee"), inputs.money("exact"), inputs.count("n")) == (300_050, 1, 9)
    assert (inputs.flag("poor"), inputs.flag("not")) == (True, False)
    assert inputs.text("code") == "1101"
    assert inputs.day("day") == date(2024, 4, 16)
    assert inputs.moment("at") == datetime(2021, 8, 2, 9, 10)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("money", Decimal("0.001")),
        ("money", -1),
        ("money", "1e18"),
        ("money", True),
        ("money", [1]),
        ("money", None),
        ("count", Decimal("1.5")),
        ("count", -1),
        ("flag", "maybe"),
        ("text", {"a": 1}),
        ("words", "基本医保"),
        ("rows", [1]),
        ("day", "2024-02-30"),
        ("day", "9999-12-31"),
        ("moment", "yesterday"),
        ("moment", "9999-12-31T23:59"),
    ],
)
def test_wrong_values_are_refused_by_key(read: str, value: Any) -> None:
    with pytest.raises(Problem) as caught:
        getattr(Inputs({"key": value}), read)("key")
    assert caught.value.code == "policy-input"
    assert caught.value.where == "input.key"


def test_what_nobody_read_is_known() -> None:
    inputs = Inputs({"a": 1, "b": 2, "c": 3})
    inputs.count("a")
    assert inputs.unused({"b"}) == ["c"]
    assert inputs.numbers() == {"a": 1, "b": 2, "c": 3}


def test_defaults_are_only_for_absence() -> None:
    inputs = Inputs({"a": None})
    assert (inputs.money("a", default=5), inputs.count("b", default=6)) == (5, 6)
    assert (inputs.flag("c", default=True), inputs.text("d", default="x")) == (True, "x")
    assert (inputs.day_or_none("e"), inputs.moment_or_none("f"), inputs.rows("g")) == (None, None, [])
