"""Reading the inputs of a case as typed values; a wrong one is a clear refusal, never a crash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from counter_app.policy.numbers import exact
from counter_app.problems import Problem

_MOST_FEN = 10**16
_YEARS = range(1900, 2201)  # dates outside are slips of the keyboard
_TRUE, _FALSE = {"是", "true", "yes", "y", "1"}, {"否", "false", "no", "n", "0"}


class Inputs:
    """One case's input mapping; remembers what was read so that the rest can be named as unused."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self._read: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return self._values.get(key) is not None

    def unused(self, also: set[str]) -> list[str]:
        """Keys nobody asked for."""
        return [str(key) for key in self._values if key not in self._read and key not in also]

    def raw(self, key: str) -> Any:
        """Whatever stands there. Raises Problem `policy-input` when nothing does."""
        self._read.add(key)
        if self._values.get(key) is None:
            raise Problem("policy-input", f"input.{key}", f"缺少输入 {key}。")
        return self._values[key]

    def money(self, key: str, default: int | None = None) -> int:
        """元 in the file to 分: at most two decimals, not negative."""
        if default is not None and key not in self:
            self._read.add(key)
            return default
        fen = self._number(key) * 100
        if fen.denominator != 1 or not 0 <= fen < _MOST_FEN:
            raise Problem("policy-input", f"input.{key}", f"{key} 须为不小于 0、最多两位小数的金额。")
        return int(fen)

    def count(self, key: str, default: int | None = None) -> int:
        """A whole number, not negative."""
        if default is not None and key not in self:
            self._read.add(key)
            return default
        value = self._number(key)
        if value.denominator != 1 or not 0 <= value < _MOST_FEN:
            raise Problem("policy-input", f"input.{key}", f"{key} 须为不小于 0 的整数。")
        return int(value)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Yes or no, also written 是 or 否."""
        if default is not None and key not in self:
            self._read.add(key)
            return default
        value = self.raw(key)
        word = str(value).strip().lower()
        if word not in _TRUE | _FALSE:
            raise Problem("policy-input", f"input.{key}", f"{key} 须为是或否。")
        return word in _TRUE

    def text(self, key: str, default: str | None = None) -> str:
        """A word; codes written as numbers are words too."""
        if default is not None and key not in self:
            self._read.add(key)
            return default
        value = self.raw(key)
        if isinstance(value, Mapping | list):
            raise Problem("policy-input", f"input.{key}", f"{key} 须为一个词。")
        return str(value).strip()

    def words(self, key: str) -> list[str]:
        """A list of words."""
        value = self.raw(key)
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise Problem("policy-input", f"input.{key}", f"{key} 须为列表。")
        return [str(word).strip() for word in value]

    def day(self, key: str) -> date:
        """A date, `YYYY-MM-DD`; of a moment only its date."""
        return _day(f"input.{key}", self.raw(key))

    def day_or_none(self, key: str) -> date | None:
        """A date that may be absent."""
        self._read.add(key)
        return self.day(key) if key in self else None

    def moment(self, key: str) -> datetime:
        """A local time, `YYYY-MM-DDTHH:MM`."""
        try:
            found = datetime.fromisoformat(self.text(key).replace(" ", "T")).replace(tzinfo=None)
        except ValueError:
            found = None
        if found is None or found.year not in _YEARS:
            raise Problem("policy-input", f"input.{key}", f"{key} 须为 年-月-日T时:分。")
        return found

    def moment_or_none(self, key: str) -> datetime | None:
        """A local time that may be absent."""
        self._read.add(key)
        return self.moment(key) if key in self else None

    def rows(self, key: str) -> list[Mapping[str, Any]]:
        """A list of tables, empty when absent."""
        self._read.add(key)
        if key not in self:
            return []
        value = self.raw(key)
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            raise Problem("policy-input", f"input.{key}", f"{key} 须为表的列表。")
        return value

    def numbers(self) -> dict[str, int]:
        """Every whole number of the input by key (for sums that take whatever parts there are)."""
        found: dict[str, int] = {}
        for key, value in self._values.items():
            if isinstance(value, int | Decimal) and not isinstance(value, bool):
                found[str(key)] = self.count(str(key))
        return found

    def keys(self) -> list[str]:
        """The keys given, in their order."""
        return [str(key) for key in self._values]

    def _number(self, key: str) -> Fraction:
        value = self.raw(key)
        number = exact(value)
        if number is None:
            raise Problem("policy-input", f"input.{key}", f"{key} 的值“{str(value)[:40]}”不是数字。")
        return number


def _day(where: str, value: Any) -> date:
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise Problem("policy-input", where, f"日期“{text[:40]}”须为 年-月-日。")
    return found
