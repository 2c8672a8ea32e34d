from __future__ import annotations

import pytest

from counter_app.services.visit_view import ChoiceView
from ui.viewmodels.choices import ChoiceIndex
from ui.viewmodels.initials import initials

PLACES = ChoiceIndex(
    [
        ChoiceView("310000", "上海市", "hu"),
        ChoiceView("310115", "上海市浦东新区"),
        ChoiceView("370100", "济南市"),
        ChoiceView("500000", "重庆市"),
        ChoiceView("371100", "日照市"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("310115", "310115"),
        ("shs", "310000"),
        ("SHSPD", "310115"),
        ("cqs", "500000"),
        ("浦东", "310115"),
        ("日照", "371100"),
        ("rzs", "371100"),
        ("hu", "310000"),
        ("3711", "371100"),
    ],
)
def test_code_initials_words_and_aliases_find(typed: str, first: str) -> None:
    assert PLACES.find(typed)[0].code == first


def test_nothing_typed_lists_all_and_nonsense_lists_none() -> None:
    assert len(PLACES.find("  ")) == 5
    assert PLACES.find("qqqq") == ()


@pytest.mark.parametrize(
    ("typed", "code"), [("shs", "310000"), ("济南市", "370100"), ("jn", "370100"), ("上", None), ("", None)]
)
def test_only_what_was_surely_meant_is_settled(typed: str, code: str | None) -> None:
    meant = PLACES.settled(typed)
    assert (meant.code if meant else None) == code


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("异地就医备案", "ydjyba"),
        ("重庆市", "cqs"),
        ("厦门", "xm"),
        ("给付", "jf"),
        ("A类 2型", "al2x"),
        ("𬱖䶮", ""),
    ],
)
def test_initials(words: str, letters: str) -> None:
    assert initials(words) == letters
