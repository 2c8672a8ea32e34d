"""Codes that the simulated telephone shows and the simulated resolver knows: the same rule on both sides.

A code is `424`, seven digits of the ten-second slot it was made in, ten of a digest over person and slot,
two random, the province and `0000`; it is good for a minute, as the real ones are.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Sequence

from drivers.deck import Invented

_SLOT_S = 10
_SLOTS = 10_000_000
LIFE_S = 60


def mint(person: Invented, now: float | None = None) -> str:
    """The code this person's telephone shows at `now` (seconds, wall clock)."""
    slot = int((time.time() if now is None else now) // _SLOT_S) % _SLOTS
    return f"424{slot:07d}{_digest(person, slot)}{secrets.randbelow(100):02d}{_province(person)}0000"


def owner(code: str, people: Sequence[Invented], now: float | None = None) -> tuple[Invented | None, bool]:
    """Whose code it is (None: nobody's) and whether it is still good."""
    if len(code) != 28 or not code.startswith("424") or not code.isdecimal():
        return None, False
    slot = int(code[3:10])
    current = int((time.time() if now is None else now) // _SLOT_S) % _SLOTS
    good = (current - slot) % _SLOTS <= LIFE_S // _SLOT_S
    found = [p for p in people if p.voucher and _digest(p, slot) == code[10:20]]
    return (found[0] if found else None), good


def _digest(person: Invented, slot: int) -> str:
    digest = hashlib.sha256(f"{person.key}|{person.certno}|{slot}".encode()).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10_000_000_000:010d}"


def _province(person: Invented) -> str:
    return (person.region or person.certno)[:2].rjust(2, "0") if person.region or person.certno else "37"
