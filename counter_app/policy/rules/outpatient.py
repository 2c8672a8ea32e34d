"""Rules of two diseases, chronic diseases and medicines of both channels."""

from __future__ import annotations

from counter_app.policy import chronic_payment, chronic_rules, dual_channel, two_diseases
from counter_app.policy.inputs import Inputs
from counter_app.policy.insured import Insured, insured
from counter_app.policy.result import Result
from counter_app.policy.rule import Rule, Setting
from counter_app.problems import Problem


def _two_diseases(inputs: Inputs, setting: Setting) -> Result:
    medicines = two_diseases.Medicines(
        policy_fee=inputs.money("policy_fee"),
        paid_ytd=inputs.money("paid_ytd", default=0),
        kind=inputs.text("kind"),
        insulin=inputs.flag("insulin", default=False),
        insutype=inputs.text("insutype", default=""),
        old=_old(inputs),
    )
    return two_diseases.outpatient(setting.rates, medicines)


def _resident(inputs: Inputs, setting: Setting) -> Result:
    _only(inputs, {Insured.RESIDENT})
    return chronic_payment.resident(setting.rates, inputs.text("org_class"), inputs.money("policy_fee"))


def _employee(inputs: Inputs, setting: Setting) -> Result:
    _only(inputs, {Insured.EMPLOYEE, Insured.FLEXIBLE})
    return chronic_payment.employee(setting.rates, inputs.money("policy_fee"))


def _medicine(inputs: Inputs, setting: Setting) -> Result:
    return dual_channel.medicine(setting.rates, insured(inputs.text("insured")), inputs.money("drug_fee"))


def _select(inputs: Inputs, setting: Setting) -> Result:
    return dual_channel.select(setting.rates, inputs.count("hospitals"), inputs.count("stores"))


def _change(inputs: Inputs, setting: Setting) -> Result:
    changed = _changed(inputs, setting)
    if isinstance(changed, Result):
        return changed
    return chronic_rules.hospital_change(setting.rates, changed, _old(inputs))


def _changed(inputs: Inputs, setting: Setting) -> int | Result:
    """The number given, or counted from the dates of earlier changes (a Result when that fails)."""
    if "changes" not in inputs:
        return inputs.count("changed_this_year")
    dates = [Inputs({"changes": text}).day("changes") for text in inputs.words("changes")]
    counted = chronic_rules.changes_this_year(setting.rates, dates, inputs.day("applied_on"))
    return int(counted.facts["changed_this_year"]) if counted.estimated else counted


def _long_rx(inputs: Inputs, setting: Setting) -> Result:
    return chronic_rules.long_prescription(setting.rates, inputs.count("months"), inputs.flag("stable"))


def _recognition(inputs: Inputs, setting: Setting) -> Result:
    same = inputs.flag("same_disease") if "same_disease" in inputs else None
    return chronic_rules.mutual_recognition(setting.rates, inputs.text("kind"), same)


def _cross_province(inputs: Inputs, setting: Setting) -> Result:
    inputs.day_or_none("date")
    return chronic_rules.cross_province(setting.rates)


def _workflow(inputs: Inputs, setting: Setting) -> Result:
    return chronic_rules.steps_done(setting.rates, inputs.words("done"))


def _ident_org(inputs: Inputs, setting: Setting) -> Result:
    return chronic_rules.identifying_org(setting.rates, inputs.text("ide_org"))


def _fallback(inputs: Inputs, setting: Setting) -> Result:
    result, disease = inputs.text("mt_result"), inputs.text("disease")
    return chronic_rules.fallback(setting.rates, result, disease, inputs.flag("poor", default=False))


def _old(inputs: Inputs) -> bool:
    version = inputs.text("rule_version", default="new")
    if version not in {"old", "new", "旧", "新"}:
        raise Problem("policy-input", "input.rule_version", f"口径“{version}”只能是 old 或 new。")
    return version in {"old", "旧"}


def _only(inputs: Inputs, groups: set[Insured]) -> None:
    if "insured" in inputs and insured(inputs.text("insured")) not in groups:
        raise Problem("policy-input", "input.insured", "参保身份与本规则不符。")


_INPATIENT = {"inpatient_ratio": "chronic.inpatient_ratio", "deductible": "chronic.inpatient_deductible"}

RULES = (
    Rule("liangbing_outpatient", "两病门诊用药", _two_diseases),
    Rule("mt_resident_ratio", "居民门特支付", _resident, {"cap_left": "chronic.cap_left"}),
    Rule("mt_employee_ratio", "职工门特支付", _employee, {**_INPATIENT, "cap_left": "chronic.cap_left"}),
    Rule(
        "dual_channel_drug",
        "双通道药品",
        _medicine,
        {"inpatient_ratio": "dual.inpatient_ratio", "deductible": "dual.deductible"},
    ),
    Rule("dual_channel_select", "双通道选点", _select),
    Rule("mt_hosp_change", "慢特病定点医院变更次数", _change, {"change_year": "chronic.change_year"}),
    Rule("long_rx", "长处方", _long_rx),
    Rule("mutual_recognition", "慢特病认定互认", _recognition),
    Rule("cross_prov_list", "跨省直接结算病种", _cross_province),
    Rule("workflow", "门特认定环节", _workflow),
    Rule("ident_org", "资格审核机构", _ident_org),
    Rule("chronic_fallback", "慢病不通过转两病", _fallback),
)
