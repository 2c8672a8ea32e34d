"""The number printed on papers: `YYMMDD-HHH-DDD-NNNN-C`, made without asking anybody.

Day, hall, device code, serial of that device and day, check character. Every character but the
hyphens is a digit of Crockford's base 32 (no I, L, O, U), read as an element of the field GF(2^5).
The check character is chosen so that the sum of `value × a^place` over the whole number is zero,
places counted from the right and `a` a generator of the field. All powers a^0 … a^30 differ, so any
one wrong character and any two swapped characters (neighbours or not) change the sum.
"""

from __future__ import annotations

import re
import secrets
from datetime import date

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS = ALPHABET[10:]
_VALUES = {char: value for value, char in enumerate(ALPHABET)}
_FIELD = 0b100101  # x^5 + x^2 + 1
_SHAPE = re.compile(rf"[0-9]{{6}}-[{ALPHABET}]{{3}}-[{ALPHABET}]{{3}}-[0-9]{{4,7}}-[{ALPHABET}]")
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "－": "-", "—": "-", "–": "-", " ": None, "　": None})


def printed_number(day: date, hall: str, device: str, serial: int) -> str:
    """The number of one paper; `serial` counts from 1 (from 10 000 on it has five digits).

    Raises ValueError when hall or device are not three base-32 characters.
    """
    front = f"{day:%y%m%d}-{hall}-{device}-{serial:04d}"
    if not _SHAPE.fullmatch(f"{front}-0"):
        raise ValueError("hall and device are three base-32 characters each")
    return f"{front}-{check_character(front)}"


def verify_number(text: str) -> bool:
    """Whether a number is whole: right shape and right check character."""
    if not _SHAPE.fullmatch(text):
        return False
    return check_character(text[:-2]) == text[-1]


def normal_number(text: str) -> str:
    """A typed number as it is printed: capitals, and I, L, O for the digits they look like."""
    return text.strip().upper().translate(_MISREAD)


def check_character(front: str) -> str:
    """The last character for everything before it (hyphens are skipped). At most 30 characters."""
    total, weight = 0, 2
    for char in reversed(front.replace("-", "")):
        total ^= _times(_VALUES[char], weight)
        weight = _times(weight, 2)
    return ALPHABET[total]


def new_device_code() -> str:
    """Three random base-32 characters, the first a letter, for a device nobody has enrolled yet."""
    return secrets.choice(_LETTERS) + secrets.choice(ALPHABET) + secrets.choice(ALPHABET)


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0b100000:
            left ^= _FIELD
        right >>= 1
    return product
