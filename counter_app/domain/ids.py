"""Identifiers made here, without asking anybody: UUIDv7 (RFC 9562), in order of making."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass

_COUNTER_BITS = 42
_COUNTER_END = 1 << _COUNTER_BITS


@dataclass(slots=True)
class IdMaker:
    """Makes UUIDv7 that only ever grow on this device, also when the clock runs back.

    48 bits of time, a 42-bit counter that starts at a random place each millisecond, 32 random
    bits. `last` is the newest id made before (kept in the store), so order survives a restart.
    """

    last: str = ""

    def next(self, wall_ms: int) -> str:
        """An id greater than every one before; `wall_ms` is Unix time in ms, trusted for nothing."""
        last_ms, last_counter = _parts(self.last)
        drawn = int.from_bytes(os.urandom(10))  # once: each asking of the system costs as much as the rest
        start, noise = (drawn >> 32) & ((1 << _COUNTER_BITS - 1) - 1), drawn & 0xFFFFFFFF
        if wall_ms > last_ms:
            ms, counter = wall_ms, start
        else:
            ms, counter = last_ms, last_counter + 1 + (start & 0xFF)
        if counter >= _COUNTER_END:
            ms, counter = ms + 1, start
        self.last = _text(ms, counter, noise)
        return self.last


def new_id(now_ms: int) -> str:
    """One UUIDv7 for whoever needs uniqueness and no order (a draft, a visit, a person)."""
    return _text(now_ms, secrets.randbits(_COUNTER_BITS), secrets.randbits(32))


def _text(ms: int, counter: int, noise: int) -> str:
    high, low = counter >> 30, counter & ((1 << 30) - 1)
    value = (ms & ((1 << 48) - 1)) << 80 | 7 << 76 | high << 64 | 2 << 62 | low << 32 | noise
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _parts(text: str) -> tuple[int, int]:
    if not text:
        return -1, 0
    value = int(text.replace("-", ""), 16)
    high, low = (value >> 64) & 0xFFF, (value >> 32) & ((1 << 30) - 1)
    return value >> 80, high << 30 | low
