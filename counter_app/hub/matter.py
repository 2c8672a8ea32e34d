"""The same matter: one person, one type, one day, as one number that is cheap to look for.

An index over the three themselves goes by persons, who come in no order: of a day's cases nearly each would
touch a page of its own. These numbers begin with the day, so that a day's cases lie on a few pages; what has
the same number is compared word by word.
"""

from __future__ import annotations

import hashlib
from datetime import date

NONE = 0
_BITS = 40


def matter_of(hall: str, person: str, type_id: str, day: str) -> int:
    """The number of a matter, below 2**63; `NONE` where the person or the type is not known.

    It is kept in the store: another rule needs a step that counts all of them anew.
    """
    if not person or not type_id:
        return NONE
    said = "\x00".join((hall, person, type_id, day)).encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(said, digest_size=_BITS // 8).digest()
    return _nth_day(day) << _BITS | int.from_bytes(digest, "big") or 1


def _nth_day(day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:  # whatever a fact calls its day
        return 0
