"""Rules of maternity: fixed sums, package, who pays, allowance."""

from __future__ import annotations

from counter_app.policy import maternity, maternity_allowance
from counter_app.policy.inputs import Inputs
from counter_app.policy.insured import insured
from counter_app.policy.result import Result
from counter_app.policy.rule import Rule, Setting
from counter_app.problems import Problem

_LEVELS = {"未定级": 0, "一级": 1, "二级": 2, "三级": 3, "0": 0, "1": 1, "2": 2, "3": 3}


def _fixed(inputs: Inputs, setting: Setting) -> Result:
    return maternity.fixed(setting.rates, _birth(inputs))


def _prenatal(inputs: Inputs, setting: Setting) -> Result:
    for key in ("date", "settle_date", "birth_date"):
        inputs.day_or_none(key)
    return maternity.prenatal(setting.rates, insured(inputs.text("insured")))


def _total(inputs: Inputs, setting: Setting) -> Result:
    return maternity.total(setting.rates, _birth(inputs), inputs.flag("prenatal", default=False))


def _package(inputs: Inputs, setting: Setting) -> Result:
    level = inputs.text("hosp_level")
    if level not in _LEVELS:
        raise Problem("policy-input", "input.hosp_level", f"医院等级“{level}”只能是 0 到 3 级。")
    delivery = maternity.Delivery(
        inputs.flag("in_city"), _LEVELS[level], inputs.text("ward"), inputs.text("birth_kind")
    )
    return maternity.package(setting.rates, delivery)


def _funding(inputs: Inputs, setting: Setting) -> Result:
    return maternity.funding(
        setting.rates,
        inputs.money("total_fee"),
        inputs.money("fixed_amount"),
        inputs.flag("package", default=False),
        inputs.flag("complies", default=True),
    )


def _allowance(inputs: Inputs, setting: Setting) -> Result:
    leave = maternity_allowance.Leave(
        inputs.count("children", default=1),
        inputs.flag("difficult", default=False),
        inputs.count("loss_months") if "loss_months" in inputs else None,
    )
    own = inputs.money("own_wage") if "own_wage" in inputs else None
    return maternity_allowance.allowance(setting.rates, inputs.money("average_wage"), leave, own)


def _birth(inputs: Inputs) -> maternity.Birth:
    return maternity.Birth(
        insured(inputs.text("insured")),
        inputs.text("birth_kind"),
        inputs.day("birth_date"),
        inputs.day_or_none("settle_date"),
        inputs.money("actual_fee") if "actual_fee" in inputs else None,
    )


_CHOICES = {"pay_mode": "maternity.pay_mode", "date_basis": "maternity.date_basis"}

RULES = (
    Rule("maternity_fixed", "生育医疗费定额", _fixed, _CHOICES, ("birth_date",)),
    Rule("prenatal_fixed", "产前检查费定额", _prenatal, {}, ("date", "settle_date", "birth_date")),
    Rule(
        "maternity_total",
        "生育医疗费与产检合计",
        _total,
        {**_CHOICES, "prenatal_adds": "maternity.prenatal_adds"},
        ("birth_date",),
    ),
    Rule("maternity_package", "生育包干条件", _package, {}, ("birth_date", "date")),
    Rule("maternity_funding", "生育费用资金分担", _funding, {"fiscal_subsidy": "maternity.package.fiscal"}),
    Rule("maternity_allowance", "生育津贴", _allowance, {"bonus_days": "maternity.allowance.bonus_days"}),
)
