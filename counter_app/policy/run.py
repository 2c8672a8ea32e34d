"""Running cases of a file: each is computed from its inputs alone, then compared if it says with what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from counter_app.catalog.holidays import Holidays
from counter_app.catalog.model import Region
from counter_app.domain.value import Value
from counter_app.policy.casefile import Case
from counter_app.policy.inputs import Inputs
from counter_app.policy.rates import ASSUMED, GIVEN, Rates
from counter_app.policy.result import Result, Step
from counter_app.policy.rule import Rule, Setting
from counter_app.problems import Problem

_REGION_WORDS = {"xx": "county57"}


class World(Value, frozen=True):
    """What every case of a run shares. `now` dates cases that name no day."""

    rules: Mapping[str, Rule]
    regions: Mapping[str, Region]
    calendar: Holidays
    now: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case after it was run; `status` is pass fail no_expected no_estimate error."""

    id: str
    rule: str
    status: str
    expected: Mapping[str, Any] | None = None
    actual: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def red(self) -> bool:
        """Whether the run counts it as failed: an estimate that was expected and not made is red too."""
        return self.status in {"fail", "error"} or (
            self.status == "no_estimate" and self.expected is not None
        )

    def as_dict(self) -> dict[str, Any]:
        """The shape printed by `policy run`."""
        row: dict[str, Any] = {"id": self.id, "rule": self.rule, "status": self.status}
        if self.expected is not None:
            row["expected"] = dict(self.expected)
        row |= {"actual": dict(self.actual), "missing": list(self.missing)}
        row["steps"] = [step.as_dict() for step in self.steps]
        return row


def run_cases(cases: Sequence[Case], world: World) -> list[Outcome]:
    """Run every case; a refused one is an outcome and delays no other."""
    return [run_case(case, world) for case in cases]


def run_case(case: Case, world: World) -> Outcome:
    """Run one case."""
    try:
        rule = _rule(case, world)
        inputs = Inputs(case.inputs)
        result = rule.run(inputs, Setting(_rates(case, rule, world), world.calendar, world.now))
    except Problem as problem:
        return Outcome(case.id, case.rule, "error", case.expected, steps=(Step(problem.cause),))
    steps = (*result.steps, *_unused(case, rule, inputs))
    if result.missing:
        file_words = {name: key for key, name in reversed(list(rule.rates.items()))}
        named = tuple(file_words.get(name, name) for name in result.missing)
        return Outcome(case.id, case.rule, "no_estimate", case.expected, {}, named, steps)
    actual = printable(result)
    if case.expected is None:
        return Outcome(case.id, case.rule, "no_expected", None, actual, (), steps)
    wrong = differences(case.expected, actual)
    steps += tuple(Step(text) for text in wrong)
    return Outcome(case.id, case.rule, "fail" if wrong else "pass", case.expected, actual, (), steps)


def printable(result: Result) -> dict[str, Any]:
    """A result as the file writes it: 分 become 元 with two decimals, days and moments words."""
    shown: dict[str, Any] = {key: Decimal(fen).scaleb(-2) for key, fen in result.amounts.items()}
    return shown | {key: _word(value) for key, value in result.facts.items()}


def differences(expected: Mapping[str, Any], actual: Mapping[str, Any]) -> list[str]:
    """Every expected key that the result does not hold with the same value, said in a line."""
    found = []
    for key, value in expected.items():
        if key not in actual:
            found.append(f"不符：结果里没有 {key}，应为 {value}")
        elif not _same(value, actual[key]):
            found.append(f"不符：{key} 应为 {value}，算得 {actual[key]}")
    return found


def _rule(case: Case, world: World) -> Rule:
    if case.broken:
        raise Problem("policy-input", case.id, case.broken)
    if case.rule not in world.rules:
        raise Problem("policy-rule", case.id, case.rule or "（空）")
    return world.rules[case.rule]


def _rates(case: Case, rule: Rule, world: World) -> Rates:
    region = world.regions.get(_REGION_WORDS.get(case.region, case.region))
    given: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for part, source in ((case.assumed, ASSUMED), (case.inputs, GIVEN)):
        for key, name in rule.rates.items():
            if part.get(key) is not None:
                given[name], sources[name] = part[key], source
    return Rates(region, _day(case, rule, world), given, sources)


def _day(case: Case, rule: Rule, world: World) -> date:
    inputs = Inputs({**case.inputs, "case_date": case.on})
    found = next((key for key in (*rule.days, "case_date") if key in inputs), None)
    return inputs.day(found) if found else world.now.date()


def _unused(case: Case, rule: Rule, inputs: Inputs) -> tuple[Step, ...]:
    left = inputs.unused(set(rule.rates) | set(rule.days))
    left += [key for key in case.assumed if key not in rule.rates]
    return (Step("这些输入与本规则无关，没有用到：" + "、".join(left)),) if left else ()


def _word(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes" if value.second == 0 else "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _same(expected: Any, actual: Any) -> bool:
    if isinstance(expected, bool) or isinstance(actual, bool) or expected is None or actual is None:
        return expected is actual
    if isinstance(expected, int | Decimal) and isinstance(actual, int | Decimal):
        return Decimal(expected) == Decimal(actual)
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(map(_same, expected, actual))
    if isinstance(expected, str) and isinstance(actual, str):
        return _moment(expected) == _moment(actual)
    return False


def _moment(text: str) -> datetime | str:
    """Equal times written differently (blank for T, seconds) compare equal; other words are words."""
    try:
        return datetime.fromisoformat(text.strip().replace(" ", "T"))
    except ValueError:
        return text.strip()


def midnight(day: date) -> datetime:
    """The moment a run for a given day counts as its present."""
    return datetime.combine(day, time())
