"""Reconciliations of reports: parts and wholes, averages, online rates, a bill against its payers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from counter_app.policy.result import Result, Sheet, explained
from counter_app.policy.rounding import as_decimal, half_up, rounded, yuan
from counter_app.problems import Problem


@explained
def total(sheet: Sheet, parts: Sequence[int], stated: int | None = None) -> Result:
    """Add counts (人次, 病种, 窗口) and compare with a stated total (R72, R82-R84, K49-K51)."""
    whole = sum(parts)
    sheet.say(" + ".join(str(part) for part in parts) + f" = {whole}")
    if stated is None:
        return sheet.result(total=whole)
    sheet.say("与所报合计一致" if whole == stated else f"与所报合计 {stated} 不符，差 {whole - stated}")
    return sheet.result(total=whole, ok=whole == stated, difference=whole - stated)


@explained
def average(sheet: Sheet, amount: int, times: int) -> Result:
    """Average amount in 分 per person or visit, rounded to 分 (R77, R78, X43)."""
    if times <= 0:
        raise Problem("policy-input", "times", "人数或人次须大于 0 才能求平均。")
    mean = half_up(Fraction(amount, times))
    sheet.say(f"{yuan(amount)} ÷ {times} = {yuan(mean)} 元")
    return sheet.result({"avg": mean})


@explained
def online_rate(sheet: Sheet, items: int, online: int) -> Result:
    """Share of matters that can be done online, percent with one decimal (J56)."""
    if items <= 0 or online > items:
        raise Problem("policy-input", "items", "事项总数须大于 0，且不少于可网办数。")
    rate = rounded(Fraction(online * 100, items), 1)
    sheet.say(f"{online} ÷ {items} = {as_decimal(rate, 1):f}%")
    return sheet.result(rate=as_decimal(rate, 1))


@explained
def bill_balance(
    sheet: Sheet, bill: int, funds: Sequence[tuple[str, int]], cash: int, account: int
) -> Result:
    """Whether a bill equals what the funds, the account and the person paid, all 分."""
    paid = sum(part for _, part in funds) + cash + account
    shown = " + ".join(f"{name} {yuan(part)}" for name, part in funds)
    sheet.say(f"{shown or '各基金 0.00'} + 个账 {yuan(account)} + 现金 {yuan(cash)} = {yuan(paid)} 元")
    sheet.say("与总费用相符" if paid == bill else f"与总费用 {yuan(bill)} 元相差 {yuan(bill - paid)} 元")
    return sheet.result({"paid": paid, "difference": bill - paid}, ok=paid == bill)
