"""生育津贴: days of leave x the employer's average monthly wage of last year / 30."""

from __future__ import annotations

from fractions import Fraction

from counter_app.domain.value import Value
from counter_app.policy.result import Result, Sheet, explained
from counter_app.policy.rounding import share, yuan
from counter_app.problems import Problem


class Leave(Value, frozen=True):
    """What the days depend on. `loss_months`: months of pregnancy at a loss, None for a birth."""

    children: int = 1
    difficult: bool = False
    loss_months: int | None = None


@explained
def allowance(sheet: Sheet, average_wage: int, leave: Leave, own_wage: int | None = None) -> Result:
    """The allowance in 分; with the own wage also what the employer adds when the wage is higher."""
    days = _days(sheet, leave)
    month_days = sheet.count("maternity.allowance.month_days")
    if month_days < 1:
        raise Problem("pack-broken", "maternity.allowance.month_days", "月平均工资折算天数须为 1 或以上。")
    pay = share(average_wage, Fraction(days, month_days))
    sheet.say(f"单位上年度月平均工资 {yuan(average_wage)} ÷ {month_days} × {days} 天 = {yuan(pay)} 元")
    amounts = {"allowance": pay}
    if own_wage is not None:
        own = share(own_wage, Fraction(days, month_days))
        amounts["employer_top_up"] = max(0, own - pay)
        sheet.say(f"本人工资折算 {yuan(own)} 元，单位补差 {yuan(amounts['employer_top_up'])} 元")
    return sheet.result(amounts, days=days)


def _days(sheet: Sheet, leave: Leave) -> int:
    if leave.children < 1:
        raise Problem("policy-input", "children", "胎数须为 1 或以上。")
    if leave.loss_months is not None:
        early = leave.loss_months < 4
        return sheet.count("maternity.allowance." + ("early_loss_days" if early else "late_loss_days"))
    names = ["base_days", "bonus_days", "month_days"]
    names += ["difficult_days"] if leave.difficult else []
    names += ["extra_child_days"] if leave.children > 1 else []
    sheet.need(*(f"maternity.allowance.{name}" for name in names))
    days = sheet.count("maternity.allowance.base_days") + sheet.count("maternity.allowance.bonus_days")
    if leave.difficult:
        days += sheet.count("maternity.allowance.difficult_days")
    if leave.children > 1:
        days += sheet.count("maternity.allowance.extra_child_days") * (leave.children - 1)
    return days
