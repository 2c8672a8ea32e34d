"""Reading a written number exactly; floats and numbers beyond reason are no numbers here."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

_LARGEST_EXPONENT = 30  # neither an amount nor a ratio has more digits on either side


def exact(value: Any) -> Fraction | None:
    """The exact value of a whole number, a decimal or its text (`3,450.00`, `12元`), else None."""
    if isinstance(value, bool | float) or not isinstance(value, int | Decimal | str):
        return None
    text = str(value).replace(",", "").replace("，", "").removesuffix("元").strip()
    if len(text) > 2 * _LARGEST_EXPONENT:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    exponent = number.as_tuple().exponent
    if (
        not isinstance(exponent, int)
        or exponent < -_LARGEST_EXPONENT
        or number.adjusted() > _LARGEST_EXPONENT
    ):
        return None
    return Fraction(number)
