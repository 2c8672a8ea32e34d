"""Resident identity numbers (GB 11643) and the residence permits that share their arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from counter_app.domain.text import half_width
from counter_app.problems import Problem

OLDEST = 150
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class IdKind(StrEnum):
    """Which document a number is printed on."""

    RESIDENT = "resident"  # 居民身份证
    RESIDENCE_PERMIT = "residence_permit"  # 港澳台居民居住证 (81, 82, 83)
    PERMANENT_RESIDENCE = "permanent_residence"  # 新版外国人永久居留身份证 (9…)


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number whose check digit and birth date have been verified; its repr shows nothing."""

    text: str = field(repr=False)

    @property
    def kind(self) -> IdKind:
        """The document the first digits speak of."""
        if self.text[0] == "9":
            return IdKind.PERMANENT_RESIDENCE
        is_permit = self.text[:6] in {"810000", "820000", "830000"}
        return IdKind.RESIDENCE_PERMIT if is_permit else IdKind.RESIDENT

    @property
    def birth(self) -> date:
        """The birth date in digits 7 to 14."""
        return date(int(self.text[6:10]), int(self.text[10:12]), int(self.text[12:14]))

    @property
    def sex(self) -> str:
        """National code: "1" male, "2" female (digit 17, odd is male)."""
        return "1" if int(self.text[16]) % 2 else "2"

    def age(self, on: date) -> int:
        """Full years on a day."""
        birth = self.birth
        return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def check(text: str, on: date | None = None, where: str = "") -> IdNumber:
    """Verify a typed or scanned number; full-width digits, a small x and blanks are forgiven.

    `on` is the day that bounds the birth date (today when absent). Raises Problem `idno-length`,
    `idno-15`, `idno-chars`, `idno-date` (impossible, in the future, older than 150) or `idno-check`.
    """
    if len(text) > 100:
        raise Problem("idno-length", where, str(len(text)))
    clean = "".join(half_width(text).split()).upper()
    if len(clean) == 15 and clean.isascii() and clean.isdecimal():
        raise Problem("idno-15", where)
    if len(clean) != 18:
        raise Problem("idno-length", where, str(len(clean)))
    if not (clean.isascii() and clean[:17].isdecimal() and (clean[17].isdecimal() or clean[17] == "X")):
        raise Problem("idno-chars", where)
    _check_birth(clean, on or date.today(), where)
    if clean[17] != check_digit(clean[:17]):
        raise Problem("idno-check", where)
    return IdNumber(clean)


def check_digit(first17: str) -> str:
    """The 18th character for the first 17 digits (GB 11643, MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first17, strict=True))
    return _CHECKS[total % 11]


def _check_birth(clean: str, on: date, where: str) -> None:
    try:
        number = IdNumber(clean)
        age = number.age(on)
        is_future = number.birth > on
    except ValueError as error:
        raise Problem("idno-date", where) from error
    if is_future or age > OLDEST:
        raise Problem("idno-date", where)
