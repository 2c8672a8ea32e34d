"""What a sum answers: amounts in 分, facts, and every step in the clerk's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from counter_app.catalog.model import Parameter
from counter_app.domain.value import Value
from counter_app.policy.names import NAMES, READINGS
from counter_app.policy.numbers import exact
from counter_app.policy.rates import Rates
from counter_app.policy.rounding import percent, yuan
from counter_app.problems import Problem

P = ParamSpec("P")
_MOST = 10**16


class Step(Value, frozen=True):
    """One line of the explanation; the last five are empty where no parameter was used."""

    text: str
    parameter: str = ""
    value: str = ""
    region: str = ""
    effective: str = ""
    source: str = ""
    is_default: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The shape printed by `policy run`."""
        row: dict[str, Any] = {
            "text": self.text,
            "parameter": self.parameter,
            "value": self.value,
            "region": self.region,
            "effective": self.effective,
            "source": self.source,
        }
        if self.is_default:
            row["default"] = True
        return row


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of one sum. With anything in `missing` there is no estimate and no amount at all."""

    amounts: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def estimated(self) -> bool:
        """Whether the sum could be made."""
        return not self.missing


class MissingParameters(Exception):
    """Raised inside a sum when a parameter is unknown; never leaves this package's sums."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(*names)
        self.names = names


class Sheet:
    """The worksheet of one sum in progress: fetches parameters and writes down each step."""

    def __init__(self, rates: Rates) -> None:
        self.rates = rates
        self._steps: list[Step] = []

    def say(self, text: str) -> None:
        """Write a step that uses no parameter."""
        self._steps.append(Step(text, region=self.rates.region_id))

    def need(self, *names: str) -> None:
        """Ask for several parameters at once, so that a refusal names every one that is missing."""
        absent = tuple(name for name in names if self.rates.find(name) is None)
        if absent:
            raise MissingParameters(absent)

    def has(self, name: str) -> bool:
        """Whether a parameter that may be absent is known."""
        return self.rates.find(name) is not None

    def money(self, name: str) -> int:
        """A parameter in 分."""
        parameter, fen = self._number(name, 100, "最多两位小数的金额")
        self._used(parameter, yuan(fen) + " 元")
        return fen

    def ratio(self, name: str) -> Fraction:
        """A parameter between 0 and 1."""
        parameter = self._fetch(name)
        value = exact(parameter.value)
        if value is None or not 0 <= value <= 1:
            raise self._bad(parameter, "0 到 1 之间的比例")
        self._used(parameter, percent(value))
        return value

    def count(self, name: str) -> int:
        """A whole number."""
        parameter, value = self._number(name, 1, "整数")
        self._used(parameter, str(value))
        return value

    def text(self, name: str) -> str:
        """A word."""
        parameter = self._fetch(name)
        self._used(parameter, str(parameter.value))
        return str(parameter.value)

    def reading(self, name: str) -> str:
        """The code of a reading of an ambiguous text; the step says it in words."""
        parameter, words = self._fetch(name), READINGS[name]
        if not isinstance(parameter.value, str) or parameter.value not in words:
            raise self._bad(parameter, " 或 ".join(words))
        self._used(parameter, words[parameter.value])
        return parameter.value

    def flag(self, name: str) -> bool:
        """Yes or no."""
        parameter = self._fetch(name)
        if not isinstance(parameter.value, bool):
            raise self._bad(parameter, "true 或 false")
        self._used(parameter, "是" if parameter.value else "否")
        return parameter.value

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words."""
        parameter = self._fetch(name)
        if not isinstance(parameter.value, list | tuple):
            raise self._bad(parameter, "列表")
        found = tuple(str(word) for word in parameter.value)
        self._used(parameter, "、".join(found))
        return found

    def result(self, amounts: Mapping[str, int] | None = None, /, **facts: Any) -> Result:
        """Close the worksheet."""
        return Result(dict(amounts or {}), facts, tuple(self._steps))

    def refused(self, names: tuple[str, ...]) -> Result:
        """Close it without an estimate, naming what is missing."""
        labels = "、".join(f"{NAMES[name].label}（{name}）" for name in names)
        self.say(f"本地区没有这些参数，不作试算：{labels}。")
        return Result({}, {}, tuple(self._steps), names)

    def include(self, other: Result) -> Result:
        """Take over the steps of a sum this one rests on. Its missing parameters are ours."""
        self._steps.extend(other.steps)
        if other.missing:
            raise MissingParameters(other.missing)
        return other

    def _fetch(self, name: str) -> Parameter:
        NAMES[name]  # a name outside the vocabulary is our bug, not a missing value
        parameter = self.rates.find(name)
        if parameter is None:
            raise MissingParameters((name,))
        return parameter

    def _number(self, name: str, scale: int, wanted: str) -> tuple[Parameter, int]:
        parameter = self._fetch(name)
        value = exact(parameter.value)
        if value is None or (value * scale).denominator != 1 or not 0 <= value * scale < _MOST:
            raise self._bad(parameter, wanted)
        return parameter, int(value * scale)

    def _bad(self, parameter: Parameter, wanted: str) -> Problem:
        """A wrong value is the case's fault when the case gave it, else the pack's."""
        code = "policy-input" if parameter.name in self.rates.given else "pack-broken"
        label = NAMES[parameter.name].label
        return Problem(code, parameter.name, f"{label}“{str(parameter.value)[:40]}”须为{wanted}。")

    def _used(self, parameter: Parameter, shown: str) -> None:
        from_case = parameter.name in self.rates.given
        label = NAMES[parameter.name].label
        tail = "（原文未明，按本系统默认，待当地确认）" if parameter.is_default else ""
        self._steps.append(
            Step(
                f"{label}：{shown}{tail}",
                parameter.name,
                shown,
                "" if from_case else self.rates.region_id,
                _period(parameter.valid_from, parameter.valid_to),
                parameter.source,
                parameter.is_default,
            )
        )


def _period(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{first}/{last}"
    if first:
        return first.isoformat()
    return f"../{last}" if last else ""


def explained(sum_: Callable[Concatenate[Sheet, P], Result]) -> Callable[Concatenate[Rates, P], Result]:
    """Make a sum out of a function over a worksheet: callers hand `Rates`, a gap becomes `missing`."""

    @wraps(sum_)
    def run(rates: Rates, /, *args: P.args, **kwargs: P.kwargs) -> Result:
        sheet = Sheet(rates)
        try:
            return sum_(sheet, *args, **kwargs)
        except MissingParameters as gap:
            return sheet.refused(gap.names)

    return run
