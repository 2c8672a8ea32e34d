"""Cleaning what people type or paste, so that equal words are equal everywhere."""

from __future__ import annotations

import re
import unicodedata

from counter_app.problems import Problem

NAME_LIMIT = 50
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
_FULL_WIDTH |= {code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)}
_FULL_WIDTH |= {0x3000: 0x20, 0x00A0: 0x20}
_DOTS = dict.fromkeys(map(ord, "\u2022\u30fb\uff0e\u2027\u22c5\u2219\uff65\u16eb\u00b7"), "\u00b7")
_CJK = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CJK_POINT = re.compile(rf"(?<=[{_CJK}])\s*[.\u00b7]\s*(?=[{_CJK}])")
_BAD = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_BLANKS = re.compile(r"[^\S\n]+")


def half_width(text: str) -> str:
    """Full-width digits, letters and blanks become their ordinary forms; punctuation is left alone."""
    return text.translate(_FULL_WIDTH)


def normalise(text: str, limit: int = 200, where: str = "", multiline: bool = False) -> str:
    """Trim, turn full-width letters and digits to half-width, join runs of blanks.

    `limit` counts characters. Raises Problem `field-too-long` (found without touching the whole of
    a pasted megabyte) or `field-control-chars` (anything invisible; line breaks only if `multiline`).
    """
    if len(text) > limit + 1000:
        raise Problem("field-too-long", where, str(limit))
    clean = half_width(text.strip())
    if multiline:
        clean = clean.replace("\r\n", "\n").replace("\r", "\n")
    if any(_is_bad(char, multiline) for char in clean):
        raise Problem("field-control-chars", where)
    clean = _BLANKS.sub(" ", clean)
    if len(clean) > limit:
        raise Problem("field-too-long", where, str(limit))
    return clean


def name(text: str, limit: int = NAME_LIMIT, where: str = "") -> str:
    """A person's name: as `normalise`, and every look-alike of the middle dot becomes U+00B7.

    Private-use and not yet assigned characters are kept: they are how rare names arrive.
    """
    clean = normalise(text, limit, where).translate(_DOTS)
    return _CJK_POINT.sub("\u00b7", clean)


def _is_bad(char: str, multiline: bool) -> bool:
    if char == "\n":
        return not multiline
    return char == "\ufffd" or unicodedata.category(char) in _BAD
