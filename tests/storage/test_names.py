from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.storage import names


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("单小芳", {"sxf", "dxf", "cxf"}),
        ("仇某", {"qm", "cm"}),
        ("曾某", {"zm", "cm"}),
        ("解某", {"xm", "jm"}),
        ("万俟某", {"mqm"}),
        ("尉迟某", {"ycm", "wcm"}),
        ("欧阳某", {"oym"}),
        ("𬱖某", {"dm"}),
        ("Anna Müller", {"am"}),
        ("买买提·艾力", {"mmtal"}),
    ],
)
def test_every_reading_of_a_name_is_spelled(name: str, spelled: set[str]) -> None:
    assert spelled <= set(names.initials(name))


def test_a_very_ambiguous_name_stays_small_and_keeps_the_surname() -> None:
    found = names.initials("重单长乐行重单长乐行")
    assert 2 < len(found) <= 32
    assert {one[0] for one in found} >= {"c", "z"}


@given(st.text(max_size=50))
def test_any_text_has_ascii_initials_and_one_token_per_character(text: str) -> None:
    assert all(one.isascii() and one == one.lower() for one in names.initials(text))
    tokens = names.characters(text).split()
    assert all(token[0] == "u" and token.isalnum() for token in tokens)


def test_no_character_is_dropped_because_it_is_rare() -> None:
    # Ext B, E, G, a private-use character, a variation selector
    for char in "\U00020000\U0002cc56\U00030000\ue000\ufe00":
        assert names.characters(f"王{char}") == f"u738b u{ord(char):x}"
    assert names.characters("阿·卜 都") == names.characters("阿卜都")
