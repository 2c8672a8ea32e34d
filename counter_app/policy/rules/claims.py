"""Rules of manual reimbursement, referral, accounts, agencies and eligibility."""

from __future__ import annotations

from counter_app.policy import agencies, eligibility, personal_account, reimbursement
from counter_app.policy.inputs import Inputs
from counter_app.policy.insured import insured
from counter_app.policy.result import Result
from counter_app.policy.rule import Rule, Setting


def _manual(inputs: Inputs, setting: Setting) -> Result:
    invoice = reimbursement.Invoice(
        total=inputs.money("total"),
        self_paid=inputs.money("self_paid", default=0),
        over_limit=inputs.money("over_limit", default=0),
        first_self=inputs.money("first_self", default=0),
        deductible_paid=inputs.money("deductible_paid", default=0),
        paid_ytd=inputs.money("paid_ytd", default=0),
        filing=inputs.text("filing", default="已备案"),
    )
    return reimbursement.manual(setting.rates, invoice)


def _cross_year(inputs: Inputs, setting: Setting) -> Result:
    admitted, discharged = inputs.day("admitted_on"), inputs.day("discharged_on")
    return reimbursement.cross_year(setting.rates, inputs.money("total"), admitted, discharged)


def _bonus(inputs: Inputs, setting: Setting) -> Result:
    years = inputs.count("cont_years")
    return reimbursement.resident_bonus(setting.rates, insured(inputs.text("insured")), years)


def _referral(inputs: Inputs, setting: Setting) -> Result:
    who, fee = inputs.text("who"), inputs.money("policy_fee")
    return reimbursement.in_province_referral(setting.rates, who, fee)


def _account(inputs: Inputs, setting: Setting) -> Result:
    spending = personal_account.Spending(
        inputs.text("use"),
        inputs.text("payer", default="本人"),
        inputs.text("psn_type", default=""),
        inputs.flag("member_designated", default=False),
        inputs.text("at", default=""),
    )
    return personal_account.permitted(setting.rates, spending)


def _family(inputs: Inputs, setting: Setting) -> Result:
    return personal_account.family_binding(
        setting.rates,
        inputs.text("kinship"),
        inputs.flag("member_insured"),
        inputs.flag("same_province"),
    )


def _agency(inputs: Inputs, setting: Setting) -> Result:
    inputs.text("org", default="")
    bound, applied = inputs.text("bound_agency", default=""), inputs.text("apply_agency")
    return agencies.settlement(setting.rates, bound, applied, inputs.flag("pharmacy", default=False))


def _benefit(inputs: Inputs, setting: Setting) -> Result:
    standing = eligibility.Standing(
        inputs.text("psn_insu_stas"),
        inputs.text("insutype", default=""),
        inputs.day_or_none("date") or setting.rates.on,
        inputs.text("disease", default=""),
        inputs.day_or_none("valid_from"),
        inputs.day_or_none("valid_to"),
    )
    needed = tuple(inputs.words("for_insutypes")) if "for_insutypes" in inputs else ()
    return eligibility.benefit(setting.rates, standing, needed)


def _filing(inputs: Inputs, setting: Setting) -> Result:
    discharged, applied = inputs.day("discharged_on"), inputs.day("applied_on")
    return eligibility.filing_in_time(setting.rates, discharged, applied)


RULES = (
    Rule(
        "manual_reimbursement",
        "手工报销：范围、起付线、比例、限额",
        _manual,
        {
            "deductible": "manual.deductible",
            "ratio": "manual.ratio",
            "annual_cap": "manual.annual_cap",
            "unfiled_cut": "manual.unfiled_cut",
            "referred_cut": "manual.referred_cut",
        },
    ),
    Rule("cross_year_stay", "跨年住院分年", _cross_year, {"cross_year": "manual.cross_year"}),
    Rule("resident_ratio_bonus", "居民连续缴费加成", _bonus, {"base_ratio": "resident.base_ratio"}),
    Rule(
        "in_province_referral",
        "省内转诊",
        _referral,
        {
            "city_level3_ratio": "referral.city_level3_ratio",
            "deductible": "manual.deductible",
            "mode": "referral.mode",
        },
    ),
    Rule("personal_account", "个人账户用途", _account),
    Rule("family_binding", "家庭共济绑定", _family),
    Rule("agency_unique", "医疗机构唯一经办机构", _agency),
    Rule("benefit_eligibility", "待遇享受资格", _benefit),
    Rule("filing_period", "报销申请期限", _filing, {"filing_months": "eligibility.filing_months"}),
)
