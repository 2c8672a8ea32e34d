"""Dates as cards carry them."""

from __future__ import annotations

import datetime
from typing import Optional


def iso_date(digits: str) -> Optional[str]:
    """`20260831` as `2026-08-31`; None when it is no day of the calendar."""
    if len(digits) != 8 or not (digits.isascii() and digits.isdecimal()):
        return None
    try:
        return datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return None
