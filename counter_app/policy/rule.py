"""What a rule of a case file is, and finding all of them by name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from counter_app.catalog.holidays import Holidays
from counter_app.domain.value import Value
from counter_app.policy import rules as package
from counter_app.policy.inputs import Inputs
from counter_app.policy.rates import Rates
from counter_app.policy.result import Result

ANY_DAY = ("date", "accepted_on", "birth_date", "settle_date", "report_at", "on")


class Setting(Value, frozen=True):
    """What surrounds one case: its parameters, the calendar, the present moment."""

    rates: Rates
    calendar: Holidays
    now: datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule name of the case format and the sum behind it.

    `rates` says which input or assumed key names which parameter; `days` which inputs date the rules
    that apply, the first present one wins.
    """

    name: str
    about: str
    run: Callable[[Inputs, Setting], Result]
    rates: Mapping[str, str] = field(default_factory=dict)
    days: tuple[str, ...] = ANY_DAY


def all_rules() -> dict[str, Rule]:
    """Every rule by name, from the constant `RULES` of each module in `policy/rules`.

    Raises ValueError when two rules share a name.
    """
    found: dict[str, Rule] = {}
    for module in pkgutil.iter_modules(package.__path__):
        for rule in getattr(importlib.import_module(f"{package.__name__}.{module.name}"), "RULES", ()):
            if rule.name in found:
                raise ValueError(f"two rules are called {rule.name}")
            found[rule.name] = rule
    return found
