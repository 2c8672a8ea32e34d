"""Rules that reconcile the figures of reports."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.policy import reconcile
from counter_app.policy.inputs import Inputs
from counter_app.policy.result import Result
from counter_app.policy.rule import Rule, Setting
from counter_app.problems import Problem

_STATED = ("total", "declared", "stated")
_AMOUNTS = ("amount_yuan", "amount")
_TIMES = ("persons", "times", "count", "cases")


def _stat(inputs: Inputs, setting: Setting) -> Result:
    """An average where there is an amount, otherwise the sum of the parts."""
    amount = next((key for key in _AMOUNTS if key in inputs), None)
    if amount is None:
        return _sum(inputs, setting)
    times = next((key for key in _TIMES if key in inputs), None)
    if times is None:
        raise Problem("policy-input", "input", f"求平均须有 {'、'.join(_TIMES)} 之一。")
    return reconcile.average(setting.rates, inputs.money(amount), inputs.count(times))


def _sum(inputs: Inputs, setting: Setting) -> Result:
    numbers = inputs.numbers()
    stated = next((numbers.pop(key) for key in _STATED if key in numbers), None)
    if not numbers:
        raise Problem("policy-input", "input", "没有可相加的数。")
    return reconcile.total(setting.rates, list(numbers.values()), stated)


def _rate(inputs: Inputs, setting: Setting) -> Result:
    return reconcile.online_rate(setting.rates, inputs.count("items"), inputs.count("online"))


def _balance(inputs: Inputs, setting: Setting) -> Result:
    funds = [(Inputs(row).text("fund"), Inputs(row).money("paid")) for row in inputs.rows("funds")]
    cash, account = inputs.money("cash", default=0), inputs.money("account", default=0)
    return reconcile.bill_balance(setting.rates, inputs.money("total"), funds, cash, account)


_RULES: tuple[tuple[str, str, Callable[[Inputs, Setting], Result]], ...] = (
    ("stat_check", "统计合计与平均", _stat),
    ("catalog_consistency", "目录数勾稽", _sum),
    ("rate_check", "网办率", _rate),
    ("bill_balance", "总费用与各支付方勾稽", _balance),
)
RULES = tuple(Rule(name, about, run) for name, about, run in _RULES)
