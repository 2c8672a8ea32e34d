"""长期护理保险: the monthly form with one cap for both fees, and the per-bed-day form."""

from __future__ import annotations

from counter_app.policy.result import Result, Sheet, explained
from counter_app.policy.rounding import percent, share, yuan


@explained
def monthly(sheet: Sheet, month_fee: int) -> Result:
    """Fund pays fee x ratio up to the month's cap (分). Source J52, J53: 70-90 %, 3450 a month."""
    sheet.need("ltc.ratio", "ltc.monthly_cap")
    ratio, cap = sheet.ratio("ltc.ratio"), sheet.money("ltc.monthly_cap")
    raw = share(month_fee, ratio)
    pay = min(raw, cap)
    sheet.say(f"符合规定费用 {yuan(month_fee)} × {percent(ratio)} = {yuan(raw)} 元（四舍五入到分）")
    sheet.say(f"与月最高支付 {yuan(cap)} 元取低，基金支付 {yuan(pay)} 元")
    amounts = {"raw": raw, "fund_pay": pay, "self_pay": month_fee - pay}
    if sheet.has("ltc.ratio_lowest") and sheet.has("ltc.ratio_highest"):
        low, high = sheet.ratio("ltc.ratio_lowest"), sheet.ratio("ltc.ratio_highest")
        if not low <= ratio <= high:
            sheet.say(f"所给比例不在本地公布的 {percent(low)} 至 {percent(high)} 之间，须人工确认")
            return sheet.result(amounts, capped=raw > cap, needs_confirm=True)
    return sheet.result(amounts, capped=raw > cap)


@explained
def daily(sheet: Sheet, days: int, day_fee: int) -> Result:
    """Fund pays by bed-day (分 a day, whole days); the cap limits the fee or the payment of a day."""
    sheet.need("ltc.ratio", "ltc.daily_cap", "ltc.daily_cap_basis")
    ratio, cap = sheet.ratio("ltc.ratio"), sheet.money("ltc.daily_cap")
    basis = sheet.reading("ltc.daily_cap_basis")
    per_day = share(min(day_fee, cap), ratio) if basis == "fee" else min(share(day_fee, ratio), cap)
    pay, total = per_day * days, day_fee * days
    over = day_fee > cap if basis == "fee" else share(day_fee, ratio) > cap
    sheet.say(f"每床日支付 {yuan(per_day)} 元 × {days} 日 = {yuan(pay)} 元")
    sheet.say(f"总费用 {yuan(total)} 元，个人负担 {yuan(total - pay)} 元")
    amounts = {"per_day": per_day, "fund_pay": pay, "self_pay": total - pay, "total": total}
    return sheet.result(amounts, capped=over, days=days)
