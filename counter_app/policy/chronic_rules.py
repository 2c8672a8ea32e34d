"""What a chronic-disease case may do: steps, identifying hospital, recognition, changes, fallback."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from counter_app.policy.result import Result, Sheet, explained
from counter_app.problems import Problem


@explained
def steps_done(sheet: Sheet, done: Sequence[str]) -> Result:
    """Whether every step of an identification was taken before it ends (X13)."""
    required = sheet.words("chronic.steps")
    lacking = [step for step in required if step not in done]
    taken = [step for step in done if step in required]
    in_order = taken == sorted(taken, key=required.index)
    sheet.say("各环节齐全" if not lacking else "不得办结，缺：" + "、".join(lacking))
    if not in_order:
        sheet.say("环节先后与规定不一致，请核对记录")
    return sheet.result(
        ok=not lacking, in_order=in_order, **({"missing": "、".join(lacking)} if lacking else {})
    )


@explained
def identifying_org(sheet: Sheet, name: str) -> Result:
    """Whether a hospital may judge the qualification (X26); treating a patient is not enough."""
    allowed = list(sheet.words("chronic.identifying_orgs"))
    ok = name.strip() in allowed
    sheet.say(f"{name}可作资格审核" if ok else f"{name}不是资格审核机构，请到：{'、'.join(allowed)}")
    return sheet.result(ok=ok, allowed=allowed)


@explained
def mutual_recognition(sheet: Sheet, kind: str, same_disease: bool | None = None) -> Result:
    """Whether an identification made elsewhere is recognised (K15-K18); unlisted kinds need a person.

    `recognized` is None when a move within the province does not say whether the disease is the same.
    """
    base, said = _split_kind(kind)
    same = said if same_disease is None else same_disease
    if base not in sheet.words("chronic.recognised"):
        sheet.say(f"“{kind}”不在互认情形内，须人工确认")
        return sheet.result(recognized=False, needs_confirm=True)
    if base == "省内变更参保地" and same is None:
        sheet.say("省内变更参保地须为同一病种，请先核对病种")
        return sheet.result(recognized=None, needs_confirm=True)
    if same is False:
        sheet.say("不是同一病种，不能互认，请按新认定办理")
        return sheet.result(recognized=False)
    sheet.say("属于互认情形，不再鉴定，由参保地线上审核登记")
    return sheet.result(recognized=True)


@explained
def cross_province(sheet: Sheet) -> Result:
    """Diseases settled directly in other provinces on the rates' day (K36, K57); the list has its day."""
    sheet.need("chronic.cross_province", "chronic.cross_province_as_of")
    names = list(sheet.words("chronic.cross_province"))
    seen = date.fromisoformat(sheet.text("chronic.cross_province_as_of"))
    if sheet.rates.on > seen:
        sheet.say(f"清单为 {seen} 所见，以后可能扩大，请核对现行清单")
        return sheet.result(count=len(names), names=names, needs_confirm=True)
    return sheet.result(count=len(names), names=names)


@explained
def fallback(sheet: Sheet, result: str, disease: str, poor: bool) -> Result:
    """What to offer when a chronic-disease application fails: 两病 registration (Z44)."""
    names = ("chronic.fallback_diseases", "chronic.fallback_org", "chronic.fallback_poor_only")
    sheet.need(*names)
    listed = disease.strip() in sheet.words("chronic.fallback_diseases")
    poor_only = sheet.flag("chronic.fallback_poor_only")
    if result not in {"通过", "不通过"}:
        raise Problem("policy-input", "mt_result", f"鉴定结果“{result}”只能是通过或不通过。")
    if result == "通过" or not listed or (poor_only and not poor):
        sheet.say("不需要或不适用转两病登记")
        return sheet.result(suggest=None, org=None)
    org = sheet.text("chronic.fallback_org")
    sheet.say(f"建议办理两病门诊用药登记，在{org}建档")
    return sheet.result(suggest="两病门诊用药登记(MT10)", org=org)


@explained
def long_prescription(sheet: Sheet, months: int, stable: bool) -> Result:
    """Whether a prescription may run so many months (K46); written by a doctor, only hinted here."""
    most = sheet.count("prescription.max_months")
    against = []
    if months < 1:
        against.append("月数须为 1 个月或以上")
    if months > most:
        against.append(f"超过{most}个月")
    if not stable:
        against.append("病情不稳定")
    sheet.say(f"可开 {months} 个月" if not against else "不可：" + "；".join(against))
    return sheet.result(allowed=not against, **({"reason": "；".join(against)} if against else {}))


@explained
def hospital_change(sheet: Sheet, changed: int, old_rule: bool = False) -> Result:
    """Whether the chosen hospital may be changed once more this year, and how often after that (R41)."""
    name = "chronic.before.changes_per_year" if old_rule else "chronic.changes_per_year"
    sheet.need(name, "chronic.change_year")
    most = sheet.count(name)
    span = "自然年" if sheet.reading("chronic.change_year") == "calendar" else "最近12个月"
    left = max(0, most - changed)
    sheet.say(f"{span}内已变更 {changed} 次，上限 {most} 次：" + ("可以变更" if left else "不能再变更"))
    return sheet.result(allowed=left > 0, remaining_after=max(0, left - 1))


@explained
def changes_this_year(sheet: Sheet, dates: Sequence[date], applied_on: date) -> Result:
    """Count earlier changes in the year that matters, calendar or the last twelve months (R41, §11)."""
    mode = sheet.reading("chronic.change_year")
    if mode == "calendar":
        count = sum(day.year == applied_on.year and day <= applied_on for day in dates)
    else:
        start = _a_year_before(applied_on)
        count = sum(start < day <= applied_on for day in dates)
    return sheet.result(changed_this_year=count)


def _a_year_before(day: date) -> date:
    return (
        date(day.year - 1, day.month, 28)
        if (day.month, day.day) == (2, 29)
        else day.replace(year=day.year - 1)
    )


_SAME_KIND = {
    "统筹区内变更": "统筹区内", "统筹地区内": "统筹区内", "省内变更": "省内变更参保地",
    "参保险种变更": "险种变更", "变更险种": "险种变更", "兵地联动": "兵地变更", "兵地": "兵地变更",
    "兵地之间变更": "兵地变更", "兵地变更参保地": "兵地变更",
}  # fmt: skip


def _split_kind(kind: str) -> tuple[str, bool | None]:
    """The situation's canonical name and whether its words say that the disease is the same."""
    text = kind.strip()
    for word in sorted((*_SAME_KIND, *_SAME_KIND.values()), key=len, reverse=True):
        rest = text.removeprefix(word)
        if rest == text:
            continue
        if rest in {"", "互认"}:
            return _SAME_KIND.get(word, word), None
        if "病种" in rest:
            return _SAME_KIND.get(word, word), not any(no in rest for no in ("不", "非", "异"))
    return text, None
