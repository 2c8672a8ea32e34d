"""Whether promised limits are short enough against national ones, and how much was cut."""

from __future__ import annotations

from fractions import Fraction

from counter_app.policy.result import Result, Sheet, explained
from counter_app.policy.rounding import as_decimal, percent, rounded
from counter_app.problems import Problem

_TARGETS = ("limits.non_instant_compression", "limits.frequent_compression")


@explained
def limits(sheet: Sheet, national: int, promised: int) -> Result:
    """Compression of a limit in working days against each target the region has set (Z27, Z28).

    `meets_60` (the target's own percentage) counts the bound as met; `max_allowed_wd` is the longest
    promise that meets the first target. The share is rounded to four decimals.
    """
    if national <= 0:
        raise Problem("policy-input", "national_wd", "国家规定时限须大于 0。")
    sheet.need(_TARGETS[0])
    cut = Fraction(national - promised, national)
    shown = as_decimal(rounded(cut, 4))
    sheet.say(f"({national} − {promised}) ÷ {national} = {percent(cut)}")
    facts: dict[str, object] = {"compression": shown}
    for name in _TARGETS:
        if not sheet.has(name):
            continue
        target = sheet.ratio(name)
        key, most = _percent_key(target), int(national * (1 - target))
        facts[f"meets_{key}"] = cut >= target
        facts["max_allowed_wd" if name == _TARGETS[0] else f"max_allowed_wd_{key}"] = most
        verdict = "达标" if cut >= target else "不达标"
        sheet.say(f"压缩 {percent(target)} 以上要求承诺不超过 {most} 个工作日：{verdict}")
    return sheet.result(**facts)


@explained
def reduction(sheet: Sheet, before: int, after: int) -> Result:
    """How much a count was cut, for reports (visits 4 to 1, materials, steps); share of `before`."""
    if before <= 0:
        raise Problem("policy-input", "before", "原数须大于 0。")
    cut = Fraction(before - after, before)
    sheet.say(f"({before} − {after}) ÷ {before} = {percent(cut)}")
    return sheet.result(reduced=before - after, rate=as_decimal(rounded(cut, 4)))


def _percent_key(target: Fraction) -> str:
    return f"{as_decimal(target * 100, 2):f}".replace(".", "_")
