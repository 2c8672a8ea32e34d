"""What a virtual card keeps to itself: its password with the tries left, and the keys a module must know.

The arithmetic is a stand-in (a keyed hash in place of SM4): card and simulated module agree with each other
and with nothing real.
"""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass, field
from typing import Tuple

DEMO_KEY = "4F6E6557696E646F77206B6579206F66"  # the simulated hall's
_CHALLENGE, _INTERNAL, _EXTERNAL, _VERIFY = 0x84, 0x88, 0x82, 0x20
INSTRUCTIONS = (_CHALLENGE, _INTERNAL, _EXTERNAL, _VERIFY)


def proof(key: str, card_id: str, factor: bytes, raw: bytes, length: int) -> bytes:
    """What whoever knows the key says to a factor and raw data."""
    told = bytes.fromhex(card_id) + factor + raw
    return hmac.new(bytes.fromhex(key), told, "sha256").digest()[:length]


@dataclass
class Safe:
    """The secrets of one card. Tries outlive a reset, what was proven does not."""

    card_id: str
    key: str = field(repr=False)
    pin: str = field(repr=False)
    pin_tries: int = 6
    key_tries: int = 3
    unlocked: bool = False
    verified: bool = False
    _challenges: Tuple[bytes, ...] = ()

    def reset(self) -> None:
        """Forget what was proven, as selecting the application anew or a power cycle does."""
        self.unlocked = self.verified = False
        self._challenges = ()

    def answer(self, command: bytes) -> bytes:
        """Data and status for one of `INSTRUCTIONS`."""
        data = command[5 : 5 + command[4]] if len(command) > 5 else b""
        if command[1] == _CHALLENGE:
            return self._challenge()
        if command[1] == _VERIFY:
            return self._verify(data)
        if len(data) != 16:
            return b"\x67\x00"
        return self._internal(data) if command[1] == _INTERNAL else self._external(command[3], data)

    def _challenge(self) -> bytes:
        made = os.urandom(8)
        self._challenges = (*self._challenges[-1:], made)
        return made + b"\x90\x00"

    def _internal(self, data: bytes) -> bytes:
        return proof(self.key, self.card_id, data[:8], data[8:], 8) + b"\x90\x00"

    def _external(self, key: int, data: bytes) -> bytes:
        if key != 0x0A:
            return b"\x6a\x88"
        if self.key_tries == 0:
            return b"\x69\x83"
        if len(self._challenges) != 2:
            return b"\x69\x84"
        raw, factor = self._challenges
        self._challenges = ()
        if proof(self.key, self.card_id, factor, raw, 16) != data:
            self.key_tries -= 1
            return bytes([0x63, 0xC0 | self.key_tries])
        self.unlocked = True
        return b"\x90\x00"

    def _verify(self, data: bytes) -> bytes:
        if self.pin_tries == 0:
            return b"\x69\x83"
        if data.hex().upper().rstrip("F") != self.pin:
            self.pin_tries -= 1
            return bytes([0x63, 0xC0 | self.pin_tries])
        self.pin_tries, self.verified = 6, True
        return b"\x90\x00"
