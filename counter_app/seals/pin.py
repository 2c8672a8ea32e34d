"""The PIN that ends a kiosk: only its argon2id hash is ever kept."""

from __future__ import annotations

from counter_app.problems import Problem

SHORTEST, LONGEST = 6, 12  # digits


def hashed(pin: str) -> str:
    """The hash of a PIN, for the setting `kiosk_pin`. Raises Problem `usage` unless it is 6 to 12 digits."""
    from argon2 import PasswordHasher

    if not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
        raise Problem("usage", "pin", f"口令应为 {SHORTEST} 至 {LONGEST} 位数字")
    return PasswordHasher().hash(pin)


def fits(pin: str, kept: str) -> bool:
    """Whether a PIN is the one that was hashed, in some 50 ms on purpose; False for a broken hash."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(kept, pin)
    except (VerificationError, InvalidHashError):
        return False
