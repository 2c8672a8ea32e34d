"""How numbers are read aloud in a hall: tickets digit by digit, windows and sums as numbers."""

from __future__ import annotations

import re

DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿")
_PAIRS = ("个", "位", "件", "人", "分钟", "天", "次", "张", "份")  # before these 2 is 两
_COUNTED = (*_PAIRS, "元", "楼", "层", "号窗", "窗", "点", "分", "号")
_LONGEST_NUMBER = 4  # digits from which one by one is meant, where nothing that is counted follows
_PIECE = re.compile(r"([A-Za-z]*)(\d{1,2}):(\d{2})(?!\d)|([A-Za-z]*)(\d+)(?:\.(\d+))?", re.ASCII)
_LETTERS = re.compile(r"[A-Za-z]")


def spoken(text: str, one: str = "一") -> str:
    """A sentence with every number in words: `A016 号到 12 号窗口` becomes `A零一六 号到 十二 号窗口`.

    `one` is how a single 1 is said in a row of digits: 一, or 幺 where the hall wants it. Letters and single
    digits are set apart by spaces, so that each is heard.
    """
    return re.sub(r" {2,}", " ", _PIECE.sub(lambda found: _piece(found, text, one), text)).strip()


def number(value: int) -> str:
    """A whole number below 10^12 in words: 105 is 一百零五, 12 is 十二."""
    if value == 0:
        return DIGITS[0]
    said, group, gap = "", 0, False
    while value:
        value, part = divmod(value, 10_000)
        if part:
            joint = "零" if gap and said else ""
            said = _below_ten_thousand(part) + _GROUPS[group] + joint + said
            gap = part < 1000
        else:
            gap = bool(said)
        group += 1
    return said[1:] if said.startswith("一十") else said


def one_by_one(digits: str, one: str = "一") -> str:
    """Each digit by itself: 110 is 一 一 零, or 幺 幺 零."""
    return " ".join(one if d == "1" else DIGITS[int(d)] for d in digits)


def _below_ten_thousand(value: int) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + _UNITS[place]
        gap = not digit
    return said


def _piece(found: re.Match[str], text: str, one: str) -> str:
    after = text[found.end() :].lstrip()
    if found[2] is not None:
        return f"{_spelt(found[1])}{number(int(found[2]))}点{_minutes(found[3])}"
    letters, digits, rest = found[4], found[5], found[6]
    if rest is not None:
        return f"{_spelt(letters)}{number(int(digits))}点{one_by_one(rest).replace(' ', '')}"
    if _is_row(letters, digits, after):
        return f" {_spelt(letters)}{one_by_one(digits, one)} "
    if digits == "2" and after.startswith(_PAIRS):
        return "两"
    return number(int(digits))


def _is_row(letters: str, digits: str, after: str) -> bool:
    """Whether digits are a row (a ticket, a telephone, a year) and no number."""
    if letters or (digits[0] == "0" and len(digits) > 1) or len(digits) > 12:
        return True
    if after.startswith("年"):
        return len(digits) == 4
    return len(digits) >= _LONGEST_NUMBER and not after.startswith(_COUNTED)


def _minutes(digits: str) -> str:
    minutes = int(digits)
    if not minutes:
        return "整"
    return ("零" if minutes < 10 else "") + number(minutes) + "分"


def _spelt(letters: str) -> str:
    return _LETTERS.sub(lambda found: found[0].upper() + " ", letters)
