from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalog import grammar
from counter_app.catalog.grammar import Chain, Compare, Literal, Name, Not, ParseError, Shift


def test_precedence_is_or_and_not_comparison() -> None:
    node = grammar.parse("a.b == 1 or not a.c == 2 and a.d == 3")
    assert isinstance(node, Chain)
    assert node.op == "or"
    assert isinstance(node.parts[1], Chain)
    assert isinstance(node.parts[1].parts[0], Not)


def test_every_literal_has_its_type() -> None:
    node = grammar.parse("x in ['a', \"b\"]")
    assert isinstance(node, Compare)
    assert node.right == Literal(("a", "b"), "list:text")
    values = {"300元": 30000, "0.5元": 50, "2026-11": "2026-11", "true": True}
    for text, value in values.items():
        found = grammar.parse(f"x == {text}")
        assert isinstance(found, Compare)
        assert isinstance(found.right, Literal)
        assert found.right.value == value


def test_a_shifted_date() -> None:
    node = grammar.parse("today - 30d + 1m")
    assert node == Shift(Shift(Name("today"), -1, 30, "d"), 1, 1, "m")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a ==",
        "== a",
        "a b",
        "a = 1",
        "a == 1 or",
        "(a == 1",
        "a in []",
        "a in [1, 'x']",
        "a in [b]",
        "today + 3",
        "today + x",
        "f(x)",
        "a == 2026-02-30",
        "a == 2026-13",
        "a == 'x",
        "a is 3",
        "not",
        "import os",
        "a; b",
        "a == $b",
        "(" * 200 + "a" + ")" * 200,
        "not " * 200 + "a",
        "a == 1 or " * 300 + "a == 1",
    ],
)
def test_what_is_not_a_condition_is_refused(text: str) -> None:
    with pytest.raises(ParseError):
        grammar.parse(text)


def test_the_place_of_a_fault_is_named() -> None:
    with pytest.raises(ParseError, match="第 11 个字符“or”"):
        grammar.parse("form.x == or 1")


@given(st.text("abx.'[]()=<>!andornotinis 0123456789dmy元-+,", max_size=60))
def test_any_text_parses_or_is_refused(text: str) -> None:
    code = ""
    try:
        grammar.parse(text)
    except ParseError as error:
        code = str(error)
    assert code == "" or len(code) > 2
