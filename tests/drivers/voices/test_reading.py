"""Numbers as a hall says them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.voices.reading import DIGITS, number, spoken

PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def understood(words: str) -> int:
    """What a listener makes of a number: written apart from how it is said."""
    for sign in ("亿", "万"):
        if sign in words:
            above, below = words.split(sign, 1)
            return understood(above) * PLACES[sign] + (understood(below) if below else 0)
    total, digit = 0, 0
    for sign in words:
        if sign in PLACES:
            total, digit = total + (digit or 1) * PLACES[sign], 0
        else:
            digit = DIGITS.index(sign)
    return total + digit


@given(st.integers(0, 10**12 - 1))
def test_a_number_is_understood_as_it_was_meant(value: int) -> None:
    words = number(value)
    assert understood(words) == value
    assert "零零" not in words
    assert not (words.endswith("零") and value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (10_010, "一万零一十"),
    ],
)
def test_numbers_every_child_knows(value: int, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("请 A016 号到 5 号窗口", "请 A 零 一 六 号到 五 号窗口"),
        ("请A016号到12号窗口", "请 A 零 一 六 号到十二号窗口"),
        ("请016号到105号窗口", "请 零 一 六 号到一百零五号窗口"),
        ("请 12 号到 3 号窗口", "请 十二 号到 三 号窗口"),
        ("服务电话 12393", "服务电话 一 二 三 九 三"),
        ("2026年11月22日", "二 零 二 六 年十一月二十二日"),
        ("12000元", "一万二千元"),
        ("3.50元", "三点五零元"),
        ("还有 2 位", "还有 两 位"),
        ("约 12 分钟", "约 十二 分钟"),
        ("10:05 停号", "十点零五分 停号"),
        ("9:00 开门", "九点整 开门"),
        ("请到服务台", "请到服务台"),
    ],
)
def test_sentences(text: str, words: str) -> None:
    assert spoken(text) == words


def test_a_hall_may_say_yao() -> None:
    assert spoken("请 A101 号到 1 号窗口", one="幺") == "请 A 幺 零 幺 号到 一 号窗口"


@given(st.from_regex(r"[A-H][0-9]{3}", fullmatch=True), st.integers(1, 199))
def test_every_ticket_is_heard_digit_by_digit_and_every_window_as_a_number(ticket: str, window: int) -> None:
    words = spoken(f"请 {ticket} 号到 {window} 号窗口")
    digits = "".join(str(DIGITS.index(c)) for c in words.split("号到")[0] if c in DIGITS)
    assert (words[2], digits) == (ticket[0], ticket[1:])
    assert understood(words.split("号到 ")[1].split(" ")[0]) == window
