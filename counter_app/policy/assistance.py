"""医疗救助 and the subsidy of poor people's premiums."""

from __future__ import annotations

from counter_app.policy.result import Result, Sheet, explained
from counter_app.policy.rounding import percent, share, yuan


@explained
def medical_assistance(sheet: Sheet, own_cost: int, paid_ytd: int = 0) -> Result:
    """Assistance on the compliant cost a person still bears after insurance, in 分, up to a year's cap.

    Source J82; ratios and caps are the region's. `paid_ytd` is what assistance paid this year.
    """
    sheet.need("assist.deductible", "assist.ratio", "assist.cap")
    deductible, ratio = sheet.money("assist.deductible"), sheet.ratio("assist.ratio")
    cap = sheet.money("assist.cap")
    above = max(0, own_cost - deductible)
    raw = share(above, ratio)
    left = max(0, cap - paid_ytd)
    pay = min(raw, left)
    sheet.say(f"(合规自付 {yuan(own_cost)} − 起付线 {yuan(deductible)}) × {percent(ratio)} = {yuan(raw)} 元")
    sheet.say(f"年度剩余限额 {yuan(left)} 元，救助 {yuan(pay)} 元")
    amounts = {"raw": raw, "fund_pay": pay, "self_pay": own_cost - pay, "cap_left": left - pay}
    return sheet.result(amounts, capped=raw > left)


@explained
def premium_subsidy(sheet: Sheet, poor: bool) -> Result:
    """What the treasury pays of a resident's own premium (分); poor people in full where J23 holds."""
    premium = sheet.money("subsidy.premium")
    if not poor:
        sheet.say("不是资助对象，个人缴费由本人承担")
        return sheet.result({"subsidy": 0, "self": premium})
    ratio = sheet.ratio("subsidy.poor_ratio")
    subsidy = share(premium, ratio)
    sheet.say(
        f"资助 {yuan(premium)} × {percent(ratio)} = {yuan(subsidy)} 元，本人缴 {yuan(premium - subsidy)} 元"
    )
    return sheet.result({"subsidy": subsidy, "self": premium - subsidy})
