"""门诊慢特病 / 门特 payments: residents by class of hospital, employees at the inpatient ratio."""

from __future__ import annotations

from counter_app.policy.result import Result, Sheet, explained
from counter_app.policy.rounding import as_decimal, percent, share, yuan
from counter_app.problems import Problem

_CLASSES = {
    "三类": "3", "二类": "2", "一类": "1", "一类以下": "1", "一类及以下": "1", "一类(含一类以下)": "1",
    "一类（含一类以下）": "1", "3": "3", "2": "2", "1": "1",
}  # fmt: skip


@explained
def resident(sheet: Sheet, org_class: str, policy_fee: int) -> Result:
    """A resident's payment in 分 (X17, X18, X20, X40, X41); a disease's limit is taken when known."""
    if org_class.strip() not in _CLASSES:
        raise Problem(
            "policy-input", "org_class", f"医院类别“{org_class}”只能是三类、二类、一类(含一类以下)。"
        )
    name = f"chronic.resident_ratio_{_CLASSES[org_class.strip()]}"
    sheet.need("chronic.resident_deductible", name)
    deductible, ratio = sheet.money("chronic.resident_deductible"), sheet.ratio(name)
    raw = share(max(0, policy_fee - deductible), ratio)
    sheet.say(f"({yuan(policy_fee)} − 起付线 {yuan(deductible)}) × {percent(ratio)} = {yuan(raw)} 元")
    pay = _within_limit(sheet, raw)
    amounts = {"deductible": deductible, "raw": raw, "fund_pay": pay, "self_pay": policy_fee - pay}
    return sheet.result(amounts, ratio=as_decimal(ratio), capped=pay < raw)


@explained
def employee(sheet: Sheet, policy_fee: int) -> Result:
    """An employee's payment in 分 at the inpatient ratio (X19); no deductible by default."""
    sheet.need("chronic.inpatient_ratio", "chronic.employee_takes_deductible")
    ratio = sheet.ratio("chronic.inpatient_ratio")
    takes = sheet.flag("chronic.employee_takes_deductible")
    deductible = sheet.money("chronic.inpatient_deductible") if takes else 0
    raw = share(max(0, policy_fee - deductible), ratio)
    sheet.say(f"({yuan(policy_fee)} − 起付线 {yuan(deductible)}) × {percent(ratio)} = {yuan(raw)} 元")
    pay = _within_limit(sheet, raw)
    amounts = {"deductible": deductible, "raw": raw, "fund_pay": pay, "self_pay": policy_fee - pay}
    return sheet.result(amounts, ratio=as_decimal(ratio), capped=pay < raw)


def _within_limit(sheet: Sheet, raw: int) -> int:
    if not sheet.has("chronic.cap_left"):
        sheet.say("病种剩余限额未给，未作封顶；实际支付以结算时限额为准")
        return raw
    left = sheet.money("chronic.cap_left")
    pay = min(raw, left)
    sheet.say(f"与病种剩余限额 {yuan(left)} 元取低，基金支付 {yuan(pay)} 元")
    return pay
