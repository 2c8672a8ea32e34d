"""Marks of persons: equal for equal numbers, opaque, of one key, and named by its version."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.seals.people import PeopleKeys, from_plain, version_of
from counter_app.seals.provider import new_key

KEYS = PeopleKeys({1: bytes(32), 2: bytes([7]) * 32})


@given(st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True))
def test_however_it_is_written_a_number_has_the_same_marks(number: str) -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) for one in number)
    assert (
        KEYS.of(number) == KEYS.of(number.lower()) == KEYS.of(f" {number[:6]} {number[6:]}") == KEYS.of(wide)
    )
    newest, older = KEYS.of(number)
    assert (version_of(newest), version_of(older)) == (2, 1)
    assert newest[3:] != older[3:]
    assert number not in newest


def test_another_hall_has_other_marks_and_nobody_has_none() -> None:
    mine, other = PeopleKeys({1: new_key()}), PeopleKeys({1: new_key()})
    assert mine.of("11010119800101001X") != other.of("11010119800101001X")
    assert mine.of("11010119800101001X") != mine.of("110101198001010028")
    assert mine.of(" ") == PeopleKeys().of("11010119800101001X") == ()


def test_keys_are_kept_and_never_shown() -> None:
    assert from_plain(KEYS.as_plain()) == KEYS
    assert "0707" not in repr(KEYS)
    assert "\\x07" not in repr(KEYS)


@pytest.mark.parametrize(
    "mark", ["", "p7", "p0." + "0" * 32, "p1." + "0" * 31, "q1." + "0" * 32, "p1." + "G" * 32]
)
def test_what_no_hall_made_has_no_version(mark: str) -> None:
    assert version_of(mark) == 0
