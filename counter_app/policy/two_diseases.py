"""两病 (高血压、糖尿病) outpatient medicines of residents: deductible, ratio, yearly cap by group."""

from __future__ import annotations

from counter_app.domain.value import Value
from counter_app.policy.result import Result, Sheet, explained
from counter_app.policy.rounding import as_decimal, percent, share, yuan
from counter_app.problems import Problem


class Medicines(Value, frozen=True):
    """Medicine cost within the list and what was already paid this year, both 分.

    `kind`: 合并 高血压 糖尿病. `old` asks for the standard before it was raised.
    """

    policy_fee: int
    paid_ytd: int = 0
    kind: str = "合并"
    insulin: bool = False
    insutype: str = ""
    old: bool = False


_KINDS = {"合并": "both", "高血压合并糖尿病": "both", "高血压": "single", "糖尿病": "single"}


@explained
def outpatient(sheet: Sheet, medicines: Medicines) -> Result:
    """Fund pays (cost - deductible) x ratio, not above what is left of the year's cap (R45-R49)."""
    cap_name = _cap_name(medicines)
    prefix = "two_diseases.before." if medicines.old else "two_diseases."
    fee = medicines.policy_fee
    if medicines.insutype and medicines.insutype not in sheet.words("two_diseases.insurance"):
        sheet.say(f"险种 {medicines.insutype} 不享受两病门诊用药待遇")
        return sheet.result({"fund_pay": 0, "self_pay": fee}, eligible=False)
    sheet.need(prefix + "deductible", prefix + "ratio", prefix + cap_name)
    deductible, ratio = sheet.money(prefix + "deductible"), sheet.ratio(prefix + "ratio")
    cap = sheet.money(prefix + cap_name)
    left = max(0, cap - medicines.paid_ytd)
    raw = share(max(0, fee - deductible), ratio)
    pay = min(raw, left)
    sheet.say(f"({yuan(fee)} − 起付线 {yuan(deductible)}) × {percent(ratio)} = {yuan(raw)} 元")
    sheet.say(f"年度限额 {yuan(cap)} − 已付 {yuan(medicines.paid_ytd)}，剩余 {yuan(left)} 元")
    sheet.say(f"基金支付 {yuan(pay)} 元，个人负担 {yuan(fee - pay)} 元")
    amounts = {
        "deductible": deductible,
        "annual_cap": cap,
        "raw": raw,
        "fund_pay": pay,
        "self_pay": fee - pay,
    }
    facts = {"ratio": as_decimal(ratio), "capped": raw > left, "eligible": True}
    parameter = sheet.rates.find(prefix + cap_name)
    doubtful = {"needs_confirm": True} if parameter is not None and parameter.is_default else {}
    return sheet.result(amounts, **facts, **doubtful)


def _cap_name(medicines: Medicines) -> str:
    group = _KINDS.get(medicines.kind)
    if group is None:
        raise Problem("policy-input", "kind", f"两病类型“{medicines.kind}”只能是：{'、'.join(_KINDS)}。")
    if group == "both":
        return "cap_both"
    return "cap_insulin" if medicines.insulin else "cap_single"
