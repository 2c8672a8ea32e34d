from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.seals.canonical import canonical


class Text(str):
    """A string under another name, as database layers hand out."""

    __slots__ = ()


leaves = st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.text()
values = st.recursive(leaves, lambda v: st.lists(v) | st.dictionaries(st.text(), v), max_leaves=20)


def test_the_sorting_example_of_the_standard() -> None:
    # RFC 8785 section 3.2.3
    given_keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    plain = json.loads(canonical({key: 1 for key in given_keys}))
    assert list(plain) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_the_escaping_example_of_the_standard() -> None:
    # RFC 8785 section 3.2.2, without its fractions
    text = canonical({"string": '\u20ac$\u000f\nA\'B"\\\\"/', "literals": [None, True, False]})
    assert text == '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'.encode()


def test_money_keeps_every_digit() -> None:
    assert canonical([9_999_999_999_999_999, -1, 0]) == b"[9999999999999999,-1,0]"


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), b"x", {1: 2}, {"a": {2}}, 2**63, "\ud800", {"\udc00é": 1}, object()]
)
def test_what_has_no_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        canonical(value)


@given(values)
def test_it_is_json_and_a_fixed_point(value: object) -> None:
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


@given(values)
def test_the_quick_writer_and_the_plain_one_say_the_same(value: object) -> None:
    slow = json.dumps(json.loads(canonical(value)), ensure_ascii=False, separators=(",", ":"))
    assert canonical(value) == slow.encode()
    assert canonical([value, Text("é")]) == canonical([value, "é"])  # what is rare goes the slow way


@given(st.dictionaries(st.text(), st.booleans(), min_size=2))
def test_order_of_making_does_not_matter(value: dict[str, bool]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)
