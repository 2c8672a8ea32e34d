from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalog import conditions
from counter_app.catalog.conditions import Context, shift_date
from counter_app.catalog.model import Origin
from counter_app.problems import Problem

TODAY = date(2026, 11, 22)
CONTEXT = Context(
    TODAY,
    form={
        "day": "2026-11-01",
        "month": "2026-12",
        "sum": 300000,
        "rate": "0.8",
        "flag": False,
        "many": ["a", "b"],
        "bills": [{"no": "1", "amount": 500}, {"no": "2", "amount": 700}],
        "place": "371100",
        "empty": "",
    },
    person={"age": 67, "insuplc_admdvs": "371102", "is_deceased": False},
    region={"id": "rizhao", "province": "37", "chronic.limit": 20},
    case={"situation": "er"},
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("form.day >= today - 30d", True),
        ("form.day > today", False),
        ("form.day + 1y > today", True),
        ("form.month == this_month + 1m", True),
        ("form.sum >= 3000元", True),
        ("form.sum < 2999.99元", False),
        ("form.rate < 0.9", True),
        ("form.flag", False),
        ("form.flag == false", True),
        ("'a' in form.many", True),
        ("'c' in form.many", False),
        ("form.bills.count == 2 and form.bills.amount == 12元", True),
        ("form.place.province == region.province", True),
        ("person.insuplc_admdvs.province in ['37', '65']", True),
        ("region.chronic.limit <= 20", True),
        ("case.situation not in ['er', 'injury']", False),
        ("form.day in [2026-11-01, 2026-11-02]", True),
        ("form.none == 'x'", None),
        ("form.empty == ''", None),
        ("not form.none == 'x'", None),
        ("form.none == 'x' or form.flag == false", True),
        ("form.none == 'x' and form.flag == true", False),
        ("form.none == 'x' and form.flag == false", None),
        ("form.none is known", False),
        ("form.none is not known", True),
        ("form.rate == 'eighty'", False),
        ("form.day > 5", None),
        ("form.flag == 0", None),
        ("form.none + 3d < today", None),
        ("today + 9999999d > today", None),
    ],
)
def test_three_valued_answers(text: str, value: bool | None) -> None:
    expression = conditions.parse(text)
    assert expression.value(CONTEXT) is value
    assert expression.holds(CONTEXT) is (value is True)
    assert expression.fails(CONTEXT) is (value is False)


def test_names_are_collected() -> None:
    assert conditions.parse("form.a == 1 or not (person.b is known and form.c + 1d < today)").names == {
        "form.a",
        "person.b",
        "form.c",
        "today",
    }


def test_a_bad_condition_names_its_file_and_line() -> None:
    with pytest.raises(Problem) as caught:
        conditions.parse("form.x ==", Origin("catalog/AA01.toml", 7))
    assert (caught.value.code, caught.value.where) == ("pack-broken", "catalog/AA01.toml:7")
    assert "form.x ==" in caught.value.cause


ATOMS = st.sampled_from(["form.a == 'x'", "form.b == 1", "form.c is known", "form.d", "true", "false"])
TREES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=8,
)
VALUES = st.dictionaries(
    st.sampled_from("abcd"), st.sampled_from(["x", "", 1, 2, True, False, None, [], "2026-01-01"])
)


@given(TREES, VALUES)
def test_evaluation_is_total_and_denial_flips(text: str, form: dict[str, Any]) -> None:
    context = Context(TODAY, form=form)
    value = conditions.parse(text).value(context)
    denied = conditions.parse(f"not ({text})").value(context)
    assert denied is (None if value is None else not value)


@given(TREES, TREES, VALUES)
def test_de_morgan(one: str, two: str, form: dict[str, Any]) -> None:
    context = Context(TODAY, form=form)
    left = conditions.parse(f"not ({one} and {two})").value(context)
    right = conditions.parse(f"not ({one}) or not ({two})").value(context)
    assert left is right


@given(TREES, VALUES, st.sampled_from("abcd"))
def test_knowing_more_never_turns_yes_into_no(text: str, form: dict[str, Any], key: str) -> None:
    if "is known" in text:
        text = text.replace("form.c is known", "form.c == 'y'")
    before = conditions.parse(text).value(Context(TODAY, form={k: v for k, v in form.items() if k != key}))
    after = conditions.parse(text).value(Context(TODAY, form=form))
    assert before is None or before is after


@given(st.dates(date(1950, 1, 31), date(2090, 12, 31)), st.integers(-240, 240))
def test_months_go_and_come_back(start: date, count: int) -> None:
    moved = shift_date(start, count, "m")
    assert (moved.year * 12 + moved.month) - (start.year * 12 + start.month) == count
    assert moved.day == start.day or (moved.day < start.day and moved.day >= 28)
