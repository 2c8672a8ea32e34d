"""Unified social credit codes of employers and institutions (GB 32100)."""

from __future__ import annotations

from counter_app.domain.text import half_width
from counter_app.problems import Problem

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {char: index for index, char in enumerate(_ALPHABET)}


def check(text: str, where: str = "") -> str:
    """Verify a code; blanks, small letters and full-width characters are forgiven.

    Raises Problem `uscc-length`, `uscc-chars` (I, O, S, V, Z do not occur) or `uscc-check`.
    """
    if len(text) > 100:
        raise Problem("uscc-length", where, str(len(text)))
    clean = "".join(half_width(text).split()).upper()
    if len(clean) != 18:
        raise Problem("uscc-length", where, str(len(clean)))
    if any(char not in _VALUES for char in clean):
        raise Problem("uscc-chars", where)
    if clean[17] != check_character(clean[:17]):
        raise Problem("uscc-check", where)
    return clean


def check_character(first17: str) -> str:
    """The 18th character for the first 17 (weights 3^i mod 31; a remainder of 31 counts as 0)."""
    total = sum(_VALUES[char] * pow(3, index, 31) for index, char in enumerate(first17))
    return _ALPHABET[(31 - total % 31) % 31]
