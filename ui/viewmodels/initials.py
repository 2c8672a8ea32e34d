"""Pinyin initials without a dictionary: GB 2312 orders its first plane by reading."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

_STARTS = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8,
    0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1, 0xD7FA,
)  # fmt: skip
_LETTERS = "abcdefghjklmnopqrstwxyz "
# Words whose common reading is not the one GB 2312 sorts them by; place names clerks type daily.
_READINGS = {
    "重庆": "cq",
    "厦门": "xm",
    "长": "c",
    "曾": "z",
    "单": "d",
    "给": "j",
    "行": "h",
    "圳": "z",
    "亳": "b",
}


@lru_cache(maxsize=8192)  # every case asks the same places and diseases
def initials(text: str) -> str:
    """First letters of a text's reading; characters of the second plane are left out."""
    for word, reading in _READINGS.items():
        text = text.replace(word, reading)
    return "".join(_initial(character) for character in text)


def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    place = bisect_right(_STARTS, code) - 1
    return _LETTERS[place].strip() if 0 <= place < len(_LETTERS) else ""
