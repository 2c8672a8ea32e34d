"""Arabic script as it is set: joined, from the right, numbers and brackets the right way round, found."""

from __future__ import annotations

import unicodedata

import pytest

from counter_app.catalog.tongues import END, LEFT_TO_RIGHT
from counter_app.documents import fonts
from counter_app.documents.shaping import LAM, is_from_right, read_as, shaped

NUMBER = f"{LEFT_TO_RIGHT}261123-001-K7Q-0001-5{END}"


def read_back(line: str) -> str:
    """What a reader makes of a line that is all from the right."""
    return "".join(read_as(char) for char in reversed(line))


def test_letters_join_and_the_first_stands_at_the_right() -> None:
    line = shaped("نومۇر")
    assert [f"{ord(char):04X}" for char in line] == ["FEAD", "FBD8", "FEE3", "FEEE", "FEE7"]
    assert read_back(line) == "نومۇر"


@pytest.mark.parametrize("word", ["قوبۇل", "تەستىقلاش", "سالام", "ئىلتىماس", "ءوتىنۋشى"])
def test_a_word_is_read_back_as_it_is_written(word: str) -> None:
    assert read_back(shaped(word)) == unicodedata.normalize("NFKC", word)


def test_numbers_never_turn_round_and_brackets_open_where_they_are_read() -> None:
    assert "261123-001-K7Q-0001-5" in shaped(f"نومۇر: {NUMBER}")
    line = shaped(f"ماتېرىيال ({LEFT_TO_RIGHT}A(1){END})")
    assert line.startswith("(A(1))")
    assert read_back(shaped("(بار)"))[0] == ")"  # mirrored: drawn as it looks, from the left


def test_other_scripts_stay_as_they_are() -> None:
    for text in ("受理通知书", "Notice (A)", "", "欧阳𬱖䶮"):
        assert shaped(text) == text
        assert not is_from_right(text)
    assert is_from_right(shaped("بار"))
    assert is_from_right("بار")


def test_a_joined_sign_keeps_its_room_and_nothing_is_drawn_for_its_second_letter() -> None:
    line = shaped("لا")
    assert line == "\ufefb" + LAM
    assert fonts.face_of(LAM) == fonts.ARABIC
    alone = fonts.advance("\ufefb")
    assert fonts.width(line, 1) > alone > 0
    assert 0 < fonts.advance(LAM) < fonts.width(line, 1) / 2
