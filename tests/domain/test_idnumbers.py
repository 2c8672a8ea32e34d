from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import idnumbers
from counter_app.domain.idnumbers import IdKind, check
from counter_app.problems import Problem

TODAY = date(2026, 11, 22)
births = st.dates(date(1900, 1, 1), TODAY)


def number(area: str, birth: date, serial: int) -> str:
    first = f"{area}{birth:%Y%m%d}{serial:03d}"
    return first + idnumbers.check_digit(first)


@given(st.integers(110000, 659999), births, st.integers(0, 999))
def test_every_made_number_passes_and_tells_birth_and_sex(area: int, birth: date, serial: int) -> None:
    made = check(number(str(area), birth, serial), TODAY)
    assert made.birth == birth
    assert made.sex == ("1" if serial % 2 else "2")
    assert made.kind is IdKind.RESIDENT


@given(births, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_refused(birth: date, serial: int, place: int, change: int) -> None:
    good = number("371102", birth, serial)
    wrong = good[:place] + str((int(good[place]) + change) % 10) + good[place + 1 :]
    with pytest.raises(Problem) as caught:
        check(wrong, TODAY)
    assert caught.value.code in {"idno-check", "idno-date"}


@given(births, st.integers(0, 999), st.integers(0, 16))
def test_two_neighbours_swapped_are_refused(birth: date, serial: int, place: int) -> None:
    good = number("371102", birth, serial)
    swapped = good[:place] + good[place + 1] + good[place] + good[place + 2 :]
    if swapped == good:
        return
    with pytest.raises(Problem):
        check(swapped, TODAY)


def test_what_fingers_and_input_methods_do_is_forgiven() -> None:
    full = "".join(chr(ord(char) + 0xFEE0) for char in "11010519491231002x")
    assert check(f"  {full} ", TODAY).text == "11010519491231002X"
    assert check("110105 19491231 002x", TODAY).text == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("810000199001010019", IdKind.RESIDENCE_PERMIT),
        ("820000199001010010", IdKind.RESIDENCE_PERMIT),
        ("830000199001010012", IdKind.RESIDENCE_PERMIT),
        ("932840200010101237", IdKind.PERMANENT_RESIDENCE),
    ],
)
def test_residence_documents(text: str, kind: IdKind) -> None:
    assert check(text, TODAY).kind is kind


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "idno-length"),
        ("3711021955010100", "idno-length"),
        ("371102195501010019" * 60000, "idno-length"),
        ("371102550101001", "idno-15"),
        ("37110219550101001A", "idno-chars"),
        ("3711021955010100X9", "idno-chars"),
        ("١٢٣٤٥٦١٩٥٥٠١٠١٠٠١٩", "idno-chars"),
        ("371102195513010019", "idno-date"),
        ("371102195502300019", "idno-date"),
        ("371102000001010019", "idno-date"),
        (number("371102", date(2026, 11, 23), 1), "idno-date"),
        (number("371102", date(1875, 11, 21), 1), "idno-date"),
        ("371102195501010018", "idno-check"),
    ],
)
def test_refusals(text: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        check(text, TODAY, "certno")
    assert (caught.value.code, caught.value.where) == (code, "certno")


def test_oldest_allowed_is_150_and_nothing_leaks_into_the_log() -> None:
    made = check(number("440524", date(1876, 11, 22), 1), TODAY)
    assert made.age(TODAY) == 150
    assert made.text not in repr(made)
