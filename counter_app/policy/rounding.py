"""Money arithmetic without floats: 分 as int, ratios as Fraction, 四舍五入到分 everywhere."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def half_up(value: Fraction) -> int:
    """Round to the nearest whole number, halves away from zero (四舍五入), as the cases' files state."""
    whole = (abs(value.numerator) * 2 + value.denominator) // (value.denominator * 2)
    return whole if value >= 0 else -whole


def share(fen: int, ratio: Fraction) -> int:
    """A part of an amount in 分, rounded half up to 分."""
    return half_up(fen * ratio)


def rounded(value: Fraction, places: int) -> Fraction:
    """A rate for a report, rounded half up to so many decimals."""
    scale = 10**places
    return Fraction(half_up(value * scale), scale)


def as_decimal(value: Fraction, places: int = 10) -> Decimal:
    """A ratio as a decimal number for files and papers, at most `places` decimals, no trailing zeros."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    short = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP).normalize()
    return short if short.as_tuple().exponent <= 0 else short.quantize(Decimal(1))  # type: ignore[operator]


def yuan(fen: int) -> str:
    """An amount in 分 as a clerk reads it: `3,450.00`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def percent(ratio: Fraction) -> str:
    """A ratio as a clerk reads it: `60%`, `66.67%`."""
    return f"{as_decimal(ratio * 100, 2):f}%"
