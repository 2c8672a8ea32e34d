"""Deadlines as explained results: limits in working days, the green channel, repair minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from counter_app.catalog.holidays import Holidays
from counter_app.policy.deadlines import PAUSING, Pause, Timed, clocks, due, within_minutes
from counter_app.policy.result import Result, Sheet, explained

_LIGHTS = {"green": "绿灯", "yellow": "黄灯", "red": "红灯", "paused": "暂停"}


@explained
def working_days(
    sheet: Sheet, calendar: Holidays, start: date, limit: int, pauses: Sequence[Pause] = ()
) -> Result:
    """The deadline so many working days after a day, with what was not counted (Z56, K44, X32)."""
    found = due(calendar, start, limit, pauses)
    is_workday = calendar.is_workday(start)
    sheet.say(f"{start}{'' if is_workday else '（非工作日）'}当日不计，从次一工作日起算 {limit} 个工作日")
    for pause in pauses:
        counted = "暂停计时" if pause.kind in PAUSING else "照常计时"
        sheet.say(f"{pause.kind} {pause.first} 至 {pause.last or '今'}：{counted}")
    facts: dict[str, object] = {"accepted_is_workday": is_workday, "provisional": found.provisional}
    if found.on is None:
        sheet.say("暂停尚未结束，到期日待定")
        return sheet.result(due_on=None, paused_wd=found.paused_workdays, **facts)
    if found.provisional:
        facts["due_on_estimate"] = found.on
        sheet.say("所涉年份放假安排尚未公布，只计固定法定假日，暂估；公布后重算")
    sheet.say(f"到期日 {found.on}")
    return sheet.result(due_on=found.on, paused_wd=found.paused_workdays, **facts)


@explained
def two_clocks(sheet: Sheet, calendar: Holidays, case: Timed, today: date) -> Result:
    """Both clocks of a case and their lights: statutory from receipt, promised from acceptance."""
    row = clocks(calendar, case, today)
    facts: dict[str, object] = {}
    for key, name, read in (("statutory", "法定", row.statutory), ("promised", "承诺", row.promised)):
        if read is None:
            sheet.say(f"{name}时限本地未给，不设")
            continue
        facts |= {f"{key}_due": read.due.on, f"{key}_left": read.left, f"{key}_light": str(read.light)}
        facts[f"{key}_provisional"] = read.due.provisional
        sheet.say(f"{name}到期 {read.due.on or '待定'}，剩 {read.left} 个工作日，{_LIGHTS[read.light]}")
    return sheet.result(**facts)


@explained
def green_channel(sheet: Sheet, calendar: Holidays, disease: str, accepted_on: date) -> Result:
    """The target day of a chronic-disease case: the same day for listed diseases (K11, K12, K45).

    The target is not a promise; the benefit begins that day. Others run the ordinary limit, and a
    disease that is not listed needs a person, for the source's list is open ("恶性肿瘤等").
    """
    if disease.strip() in sheet.words("chronic.green_diseases"):
        sheet.say(f"绿色通道：目标 {accepted_on} 当日办结（目标，非承诺），待遇自当日起")
        return sheet.result(green=True, target_due=accepted_on, begndate=accepted_on)
    found = due(calendar, accepted_on, sheet.count("chronic.limit"))
    sheet.say(f"“{disease}”未列入绿色通道，按普通时限 {found.on} 到期；原清单未列全，须人工确认")
    return sheet.result(green=False, target_due=found.on, begndate=None, needs_confirm=True)


@explained
def repair(sheet: Sheet, reported: datetime, arrived: datetime | None, now: datetime) -> Result:
    """Whether the repairers came in time (R66), in clock minutes."""
    found = within_minutes(reported, sheet.count("repair.minutes"), arrived, now)
    sheet.say(f"报修 {reported:%Y-%m-%d %H:%M}，应于 {found.due:%Y-%m-%d %H:%M} 前到场（自然分钟）")
    if arrived is not None:
        sheet.say(f"{arrived:%Y-%m-%d %H:%M} 到场，{'超时' if found.overdue else '按时'}")
    return sheet.result(due=found.due, overdue=found.overdue)
