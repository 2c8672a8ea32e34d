"""Passwords of clerks: only argon2id hashes are kept; and one-time codes (TOTP, RFC 6238)."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from counter_app.problems import Problem

if TYPE_CHECKING:
    from argon2 import PasswordHasher
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

_STEP_S = 30
_DIGITS = 6
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # nothing that is read for something else


@dataclass(frozen=True)
class Passwords:
    """How dear a guess is: by default 64 MiB and 3 passes (RFC 9106, second recommended choice)."""

    memory_kib: int = 65536
    passes: int = 3

    def hashed(self, password: str) -> str:
        """The hash to keep, its salt and cost in it."""
        return self._hasher.hash(password)

    def fits(self, password: str, kept: str) -> bool:
        """Whether a password is the one that was hashed; False for a broken hash. Slow on purpose."""
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    def is_stale(self, kept: str) -> bool:
        """Whether a hash was made cheaper, or otherwise, than today."""
        return self._hasher.check_needs_rehash(kept)

    def refuse(self, password: str) -> None:
        """Take as long as for somebody who is known, so that nobody learns who is."""
        self.fits(password, self._nobody)

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher(time_cost=self.passes, memory_cost=self.memory_kib, parallelism=1)

    @cached_property
    def _nobody(self) -> str:
        return self.hashed(new_password())


def new_password() -> str:
    """A first password to be told once and changed: 60 random bits in three groups."""
    import secrets

    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def new_totp() -> str:
    """A fresh secret of the second factor, base 32 (160 bits)."""
    return base64.b32encode(os.urandom(20)).decode("ascii")


def totp_address(secret: str, clerk_no: str, hall: str) -> str:
    """What an authenticator scans (`otpauth://…`)."""
    return _totp(secret).get_provisioning_uri(clerk_no, f"一窗 {hall}".strip())


def totp_step(secret: str, code: str, now_s: float, after: int) -> int:
    """The step a code belongs to: this one, the one before or the next, and later than `after`; else 0."""
    from cryptography.hazmat.primitives.twofactor import InvalidToken

    given = code.strip().encode("ascii", "replace")
    for step in (int(now_s) // _STEP_S + shift for shift in (0, -1, 1)):
        try:
            _totp(secret).verify(given, step * _STEP_S)
        except InvalidToken:
            continue
        return step if step > after else 0
    return 0


def _totp(secret: str) -> TOTP:
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

    try:
        key = base64.b32decode(secret)
    except ValueError as error:
        raise Problem("seal-broken", "totp") from error
    return TOTP(key, _DIGITS, SHA1(), _STEP_S, enforce_key_length=False)
