"""Rules of long-term care, serious illness, assistance and the layered settlement."""

from __future__ import annotations

from counter_app.policy import assistance, layers, long_term_care, serious_illness
from counter_app.policy.inputs import Inputs
from counter_app.policy.result import Result
from counter_app.policy.rule import Rule, Setting


def _ltc_monthly(inputs: Inputs, setting: Setting) -> Result:
    return long_term_care.monthly(setting.rates, inputs.money("month_fee"))


def _ltc_daily(inputs: Inputs, setting: Setting) -> Result:
    return long_term_care.daily(setting.rates, inputs.count("days"), inputs.money("day_fee"))


def _tilt(inputs: Inputs, setting: Setting) -> Result:
    sum_ = serious_illness.tilted
    if setting.rates.find("serious.bands") is not None:
        sum_ = serious_illness.banded
    return sum_(setting.rates, inputs.money("comp_fee"), inputs.flag("poor", default=False))


def _order(inputs: Inputs, setting: Setting) -> Result:
    return layers.order(setting.rates, inputs.words("layers"))


def _settle(inputs: Inputs, setting: Setting) -> Result:
    outside, first = inputs.money("out_of_scope", default=0), inputs.money("preself", default=0)
    inputs.text("insured", default="")  # the case names it; the layers' rates already depend on it
    bill = layers.Bill(inputs.money("total"), outside, first)
    return layers.settle(setting.rates, bill, inputs.flag("poor", default=False))


def _assistance(inputs: Inputs, setting: Setting) -> Result:
    paid = inputs.money("paid_ytd", default=0)
    return assistance.medical_assistance(setting.rates, inputs.money("own_cost"), paid)


def _subsidy(inputs: Inputs, setting: Setting) -> Result:
    return assistance.premium_subsidy(setting.rates, inputs.flag("poor", default=False))


RULES = (
    Rule(
        "ltc_monthly",
        "长护：月费用按比例、月封顶",
        _ltc_monthly,
        {"ratio": "ltc.ratio", "monthly_cap": "ltc.monthly_cap"},
    ),
    Rule(
        "ltc_daily",
        "长护：按床日限额",
        _ltc_daily,
        {"ratio": "ltc.ratio", "daily_cap": "ltc.daily_cap", "daily_cap_basis": "ltc.daily_cap_basis"},
    ),
    Rule(
        "serious_illness_tilt",
        "大病保险与困难群众倾斜",
        _tilt,
        {
            "deductible": "serious.deductible",
            "ratio": "serious.ratio",
            "bands": "serious.bands",
            "cap": "serious.cap",
            "tilt_mode": "serious.tilt_mode",
        },
    ),
    Rule("layer_order", "多层保障结算先后", _order),
    Rule(
        "layered_settlement",
        "一站式分层结算",
        _settle,
        {
            "ded": "layers.basic_deductible",
            "r_basic": "layers.basic_ratio",
            "ded_serious": "layers.serious_deductible",
            "r_serious": "layers.serious_ratio",
            "ded_supplement": "layers.supplement_deductible",
            "r_supplement": "layers.supplement_ratio",
            "ded_assist": "layers.assist_deductible",
            "r_assist": "layers.assist_ratio",
            "r_special": "layers.special_ratio",
            "preself_reaches_upper": "layers.preself_reaches_upper",
        },
    ),
    Rule(
        "medical_assistance",
        "医疗救助",
        _assistance,
        {"deductible": "assist.deductible", "ratio": "assist.ratio", "cap": "assist.cap"},
    ),
    Rule(
        "full_subsidy",
        "资助参保个人缴费",
        _subsidy,
        {"personal_premium": "subsidy.premium", "poor_ratio": "subsidy.poor_ratio"},
    ),
)
