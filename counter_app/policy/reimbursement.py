"""手工（零星）报销: scope, deductible, ratio, cap; the referral and long-payment rules of ratios."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from counter_app.domain.value import Value
from counter_app.policy.insured import Insured
from counter_app.policy.result import Result, Sheet, explained
from counter_app.policy.rounding import as_decimal, percent, share, yuan
from counter_app.problems import Problem


class Invoice(Value, frozen=True):
    """A bill in 分: total = in scope + 自费 + 超限价 + 乙类先行自付. `filing` is how care was sought.

    `filing`: 已备案 转诊 未备案 急诊抢救. `deductible_paid` and `paid_ytd` are this year's, before this bill.
    """

    total: int
    self_paid: int = 0
    over_limit: int = 0
    first_self: int = 0
    deductible_paid: int = 0
    paid_ytd: int = 0
    filing: str = "已备案"


@explained
def manual(sheet: Sheet, invoice: Invoice) -> Result:
    """The general form of a manual reimbursement in 分; emergencies keep their ratio."""
    excluded = invoice.self_paid + invoice.over_limit + invoice.first_self
    in_scope = invoice.total - excluded
    if in_scope < 0:
        raise Problem("policy-input", "total", "自费、超限价与先行自付之和大于总费用。")
    sheet.need("manual.deductible", "manual.ratio", "manual.annual_cap")
    deductible = max(0, sheet.money("manual.deductible") - invoice.deductible_paid)
    base = max(0, in_scope - deductible)
    ratio = _cut(sheet, sheet.ratio("manual.ratio"), invoice.filing)
    left = max(0, sheet.money("manual.annual_cap") - invoice.paid_ytd)
    raw = share(base, ratio)
    pay = min(raw, left)
    sheet.say(
        f"政策范围内：{yuan(invoice.total)} − 自费、超限价、先行自付 {yuan(excluded)} = {yuan(in_scope)} 元"
    )
    sheet.say(f"扣剩余起付线 {yuan(deductible)} 元后 {yuan(base)} × {percent(ratio)} = {yuan(raw)} 元")
    sheet.say(
        f"年度剩余限额 {yuan(left)} 元，基金支付 {yuan(pay)} 元，个人负担 {yuan(invoice.total - pay)} 元"
    )
    amounts = {"in_scope": in_scope, "deductible": min(deductible, in_scope), "base": base, "raw": raw}
    amounts |= {"fund_pay": pay, "self_pay": invoice.total - pay, "cap_left": left - pay}
    return sheet.result(amounts, ratio=as_decimal(ratio), capped=raw > left)


@explained
def cross_year(sheet: Sheet, total: int, admitted: date, discharged: date) -> Result:
    """Which year a stay's cost (分) belongs to: the discharge's, or split by days; parts sum exactly."""
    if discharged < admitted:
        raise Problem("policy-input", "discharged", "出院日期早于入院日期。")
    mode = sheet.reading("manual.cross_year")
    parts: dict[int, int] = {}
    if mode == "discharge":
        parts[discharged.year] = total
    else:
        days = _days_by_year(admitted, discharged)
        *earlier, last = sorted(days)
        for year in earlier:
            parts[year] = share(total, Fraction(days[year], sum(days.values())))
        parts[last] = total - sum(parts.values())
    for year, part in parts.items():
        sheet.say(f"计入 {year} 年：{yuan(part)} 元")
    return sheet.result({f"year_{year}": part for year, part in parts.items()})


@explained
def resident_bonus(sheet: Sheet, group: Insured, years: int) -> Result:
    """A resident's ratio after years of unbroken payment, points added (source R42)."""
    base = sheet.ratio("resident.base_ratio")
    if group is not Insured.RESIDENT:
        sheet.say("连续缴费的提高只适用于城乡居民")
        return sheet.result(ratio=as_decimal(base), bonus=False)
    sheet.need("resident.bonus_years", "resident.bonus_step", "resident.ratio_ceiling")
    if years < sheet.count("resident.bonus_years"):
        sheet.say(f"连续缴费 {years} 年，未满规定年数，不提高")
        return sheet.result(ratio=as_decimal(base), bonus=False)
    raised = min(base + sheet.ratio("resident.bonus_step"), max(base, sheet.ratio("resident.ratio_ceiling")))
    sheet.say(f"连续缴费 {years} 年，比例由 {percent(base)} 提高为 {percent(raised)}")
    return sheet.result(ratio=as_decimal(raised), bonus=True)


@explained
def in_province_referral(sheet: Sheet, who: str, policy_fee: int) -> Result:
    """Care elsewhere in the province after referral, 分 (R43, R44); the 10 % is 先行自付 by default."""
    sheet.need("referral.exempt", "referral.city_level3_ratio", "manual.deductible")
    exempt = who in sheet.words("referral.exempt")
    ratio, deductible = sheet.ratio("referral.city_level3_ratio"), sheet.money("manual.deductible")
    first = 0
    if exempt:
        sheet.say(f"{who}：免省内转诊个人先行自付，按市内三级医院比例")
    else:
        first, ratio = _referral_burden(sheet, policy_fee, ratio)
    base = max(0, policy_fee - first - deductible)
    pay = share(base, ratio)
    sheet.say(f"先行自付 {yuan(first)} 元、起付线 {yuan(deductible)} 元，余 {yuan(base)} 元")
    sheet.say(f"{yuan(base)} × {percent(ratio)} = {yuan(pay)} 元")
    amounts = {"first_self": first, "fund_pay": pay, "self_pay": policy_fee - pay}
    return sheet.result(amounts, ratio=as_decimal(ratio), exempt=exempt)


def _referral_burden(sheet: Sheet, fee: int, ratio: Fraction) -> tuple[int, Fraction]:
    burden, mode = sheet.ratio("referral.first_self_ratio"), sheet.reading("referral.mode")
    if mode == "ratio_cut":
        return 0, max(Fraction(0), ratio - burden)
    return share(fee, burden), ratio


def _cut(sheet: Sheet, ratio: Fraction, filing: str) -> Fraction:
    names = {"已备案": "", "急诊抢救": "", "未备案": "manual.unfiled_cut", "转诊": "manual.referred_cut"}
    if filing not in names:
        raise Problem("policy-input", "filing", f"就医方式“{filing}”只能是：{'、'.join(names)}。")
    if not names[filing]:
        return ratio
    lowered = max(Fraction(0), ratio - sheet.ratio(names[filing]))
    sheet.say(f"{filing}，支付比例降为 {percent(lowered)}")
    return lowered


def _days_by_year(first: date, last: date) -> dict[int, int]:
    """Days of stay per calendar year; the day of discharge counts only when nothing else does."""
    years = range(first.year, last.year + 1)
    nights = {y: (min(last, date(y + 1, 1, 1)) - max(first, date(y, 1, 1))).days for y in years}
    return {y: n for y, n in nights.items() if n > 0} or {last.year: 1}
