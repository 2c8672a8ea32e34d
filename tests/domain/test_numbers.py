from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.numbers import (
    ALPHABET,
    new_device_code,
    normal_number,
    printed_number,
    verify_number,
)

codes = st.text(ALPHABET, min_size=3, max_size=3)
numbers = st.builds(
    printed_number, st.dates(date(2000, 1, 1), date(2099, 12, 31)), codes, codes, st.integers(1, 9999999)
)


def test_a_known_number() -> None:
    number = printed_number(date(2026, 11, 22), "001", "K7Q", 12)
    assert number[:-1] == "261122-001-K7Q-0012-"
    assert verify_number(number)


@given(numbers)
def test_every_single_wrong_character_is_caught(number: str) -> None:
    assert verify_number(number)
    for at, right in enumerate(number):
        for wrong in ALPHABET if right != "-" else ():
            assert wrong == right or not verify_number(number[:at] + wrong + number[at + 1 :])


@given(numbers)
def test_every_swap_of_two_characters_is_caught(number: str) -> None:
    places = [at for at, char in enumerate(number) if char != "-"]
    for left in places:
        for right in places:
            swapped = list(number)
            swapped[left], swapped[right] = swapped[right], swapped[left]
            text = "".join(swapped)
            assert text == number or not verify_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "261122-001-K7Q-12-0",
        "261122001K7Q00120",
        "261122-001-K7I-0012-0",
        "２61122-001-K7Q-0012-0",
        "x" * 1000,
    ],
)
def test_other_shapes_are_not_numbers(text: str) -> None:
    assert not verify_number(text)


@pytest.mark.parametrize(("hall", "device"), [("01", "K7Q"), ("001", "K7U"), ("oo1", "K7Q"), ("001", "K7QQ")])
def test_a_hall_or_device_outside_the_alphabet_is_refused(hall: str, device: str) -> None:
    with pytest.raises(ValueError, match="base-32"):
        printed_number(date(2026, 11, 22), hall, device, 1)


def test_what_a_tired_hand_types_is_read() -> None:
    number = printed_number(date(2026, 10, 10), "001", "K7Q", 10)
    typed = " " + number.replace("1", "l").replace("0", "o").lower() + "　"
    assert normal_number(typed) == number


def test_device_codes_are_in_the_alphabet_and_differ() -> None:
    made = [new_device_code() for _ in range(200)]
    assert all(code[0].isalpha() and len(code) == 3 and set(code) <= set(ALPHABET) for code in made)
    assert len(set(made)) > 150
