"""Dates and months as clerks type them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from counter_app.catalog.conditions import shift_date
from counter_app.domain.text import half_width
from counter_app.problems import Problem

_WORDS = {
    "今天": 0,
    "今": 0,
    "今日": 0,
    "jt": 0,
    "昨天": -1,
    "昨": -1,
    "昨日": -1,
    "zt": -1,
    "前天": -2,
    "明天": 1,
    "明": 1,
    "mt": 1,
    "后天": 2,
}
_MONTH_WORDS = {
    "本月": 0,
    "这个月": 0,
    "by": 0,
    "上月": -1,
    "上个月": -1,
    "sy": -1,
    "下月": 1,
    "下个月": 1,
    "xy": 1,
}
_RELATIVE = re.compile(r"([+-])([0-9]{1,4})([dmy天月年]?)")
_FULL = re.compile(r"([0-9]{4})([-./年])([0-9]{1,2})[-./月]([0-9]{1,2})日?")
_SHORT = re.compile(r"([0-9]{1,2})[-./月]([0-9]{1,2})日?")
_MONTH = re.compile(r"([0-9]{4})[-./年]?([0-9]{1,2})月?")
_UNITS = {"": "d", "天": "d", "月": "m", "年": "y"}
_LONGEST = 20


def parse_date(text: str, today: date, where: str = "") -> str:
    """ISO date from 20261122, 2026.11.22, 2026年11月22日, 11.22, 1122, 261122, 今, 昨天, +30, -1m …

    Raises Problem `field-date`.
    """
    clean = "".join(half_width(text).split()).lower() if len(text) <= _LONGEST * 2 else ""
    try:
        found = _relative(clean, today) or _absolute(clean, today)
    except (ValueError, OverflowError):
        found = None
    if found is None or not 1850 <= found.year <= 2199:
        raise Problem("field-date", where, text[:_LONGEST])
    return found.isoformat()


def parse_month(text: str, today: date, where: str = "") -> str:
    """`YYYY-MM` from 202611, 2026-11, 2026年11月, 11, 本月, 上月, 下月. Raises Problem `field-month`."""
    clean = "".join(half_width(text).split()).lower() if len(text) <= _LONGEST * 2 else ""
    if clean in _MONTH_WORDS:
        return f"{shift_date(today.replace(day=1), _MONTH_WORDS[clean], 'm'):%Y-%m}"
    whole = _MONTH.fullmatch(clean)
    year, month = (whole.group(1), whole.group(2)) if whole else (str(today.year), clean.removesuffix("月"))
    if not (month.isascii() and month.isdecimal() and 1 <= int(month) <= 12 and 1850 <= int(year) <= 2199):
        raise Problem("field-month", where, text[:_LONGEST])
    return f"{int(year):04d}-{int(month):02d}"


def parse_moment(text: str, today: date, where: str = "") -> str:
    """`YYYY-MM-DD HH:MM` from a date and a time: 20261122 0930, 昨天 9:30, 2026-11-22T09:30.

    Raises Problem `field-date`.
    """
    day, _, clock = half_width(text.strip()[: _LONGEST * 2]).replace("T", " ").rpartition(" ")
    digits = re.fullmatch(r"([0-9]{1,2})[:：点.]?([0-9]{2})分?", clock.strip())
    if not day or digits is None or int(digits.group(1)) > 23 or int(digits.group(2)) > 59:
        raise Problem("field-date", where, text[:_LONGEST])
    return f"{parse_date(day, today, where)} {int(digits.group(1)):02d}:{digits.group(2)}"


def _relative(clean: str, today: date) -> date | None:
    if clean in _WORDS:
        return today + timedelta(days=_WORDS[clean])
    found = _RELATIVE.fullmatch(clean)
    if found is None:
        return None
    count = int(found.group(2)) * (1 if found.group(1) == "+" else -1)
    return shift_date(today, count, _UNITS.get(found.group(3), found.group(3)))


def _absolute(clean: str, today: date) -> date | None:
    if clean.isascii() and clean.isdecimal():
        return _digits(clean, today)
    found = _FULL.fullmatch(clean)
    if found is not None:
        return date(int(found.group(1)), int(found.group(3)), int(found.group(4)))
    found = _SHORT.fullmatch(clean)
    return date(today.year, int(found.group(1)), int(found.group(2))) if found else None


def _digits(clean: str, today: date) -> date | None:
    if len(clean) == 8:
        return date(int(clean[:4]), int(clean[4:6]), int(clean[6:]))
    if len(clean) == 6:
        return date(2000 + int(clean[:2]), int(clean[2:4]), int(clean[4:]))
    if len(clean) == 4:
        return date(today.year, int(clean[:2]), int(clean[2:]))
    return None
