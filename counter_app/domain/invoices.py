"""What an invoice tells of itself, whichever way it was read: a QR code, an OFD, an XML or a PDF."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from counter_app.domain.value import Value

_MARK = re.compile(r"01,\d{2},[A-Z0-9]{0,20},[A-Z0-9]{4,30}(?:,[^,\s]{0,64}){1,8}", re.IGNORECASE)
_MONEY = re.compile(r"\d{1,9}(?:\.\d{1,2})?")
_DECIMAL = re.compile(r"\d{1,9}\.\d{1,2}")


class Invoice(Value, frozen=True):
    """One invoice. `code` is "" where the kind has none, `amount` 分, `check` its 校验码."""

    code: str
    number: str
    amount: int | None = None
    issued_on: date | None = None
    check: str = ""

    @property
    def id(self) -> str:
        """What two copies of the same invoice have in common."""
        return f"{self.code}-{self.number}"


def from_qr(text: str) -> Invoice | None:
    """An invoice from the text of its QR code: `01,kind,code,number,amount,date,check,…`.

    Fiscal bills put the check before the date and the amount last, so amount and date are found by
    shape where the place does not fit. None for anything else.
    """
    clean = text.strip()
    if not _MARK.fullmatch(clean):
        return None
    _, _, code, number, *rest = clean.split(",")
    issued = next((day for word in rest if (day := _day(word)) is not None), None)
    first = rest[0] if _MONEY.fullmatch(rest[0]) and _day(rest[0]) is None else ""
    decimal = next((word for word in rest if _DECIMAL.fullmatch(word)), "")
    amount = decimal or (first if len(rest) > 1 and _day(rest[1]) is not None else "")
    check = next((word for word in rest if word and word != amount and _day(word) is None), "")
    return Invoice(code.upper(), number.upper(), cents(amount), issued, check)


def cents(text: str) -> int | None:
    """元 as they stand on an invoice, in 分; None for what is no sum."""
    try:
        exact = Decimal(text.strip().lstrip("¥￥").replace(",", "")) * 100
    except InvalidOperation:
        return None
    whole = exact.to_integral_value() if exact.is_finite() else None
    return int(whole) if whole is not None and whole == exact and 0 <= whole < 10**11 else None


def _day(text: str) -> date | None:
    if not re.fullmatch(r"20\d{6}", text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
