"""Who may receive: insured state, listed disease, right insurance, period, and in time."""

from __future__ import annotations

from datetime import date

from counter_app.domain.value import Value
from counter_app.policy.result import Result, Sheet, explained
from counter_app.problems import Problem


class Standing(Value, frozen=True):
    """What is known of a person on a day. `insured_state` is the national psn_insu_stas (1 = normal)."""

    insured_state: str
    insutype: str
    on: date
    disease: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@explained
def benefit(sheet: Sheet, standing: Standing, for_insurances: tuple[str, ...] = ()) -> Result:
    """Whether a benefit can be had that day, with every reason against it."""
    against = []
    if standing.insured_state not in sheet.words("eligibility.payable_states"):
        against.append("参保状态不正常")
    if for_insurances and standing.insutype not in for_insurances:
        against.append("险种不符")
    if standing.disease and _listed(sheet, standing.disease) is False:
        against.append(f"“{standing.disease}”不在本地病种目录内")
    if standing.valid_from and standing.on < standing.valid_from:
        against.append(f"待遇自 {standing.valid_from} 起")
    if standing.valid_to and standing.on > standing.valid_to:
        against.append(f"待遇已于 {standing.valid_to} 到期，请办复审")
    sheet.say("可以享受" if not against else "不能享受：" + "；".join(against))
    return sheet.result(eligible=not against, reasons=against)


@explained
def filing_in_time(sheet: Sheet, discharged_on: date, applied_on: date) -> Result:
    """Whether a reimbursement is asked for within the region's period of months after discharge."""
    last = add_months(discharged_on, sheet.count("eligibility.filing_months"))
    in_time = discharged_on <= applied_on <= last
    sheet.say(f"申请截止 {last}，{'在期限内' if in_time else '不在期限内'}")
    return sheet.result(in_time=in_time, last_day=last)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, the month's last day where there is none.

    Raises Problem `policy-input` for more than 1200 months.
    """
    if not 0 <= months <= 1200:
        raise Problem("policy-input", "months", "月数须在 0 到 1200 之间。")
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _listed(sheet: Sheet, disease: str) -> bool | None:
    region = sheet.rates.region
    if region is None or not region.diseases:
        sheet.say("本地病种目录没有载入，病种未核对")
        return None
    return any(disease in (row.code, row.label, *row.aliases) for row in region.diseases)
