"""个人账户: what its money may pay for ("三个允许、一个共享"), and who is family."""

from __future__ import annotations

from counter_app.domain.value import Value
from counter_app.policy.result import Result, Sheet, explained

_RETIRED = "12"  # national psn_type: 12xx is retired


class Spending(Value, frozen=True):
    """One use of account money. `psn_type` is the owner's national code; `place` the kind of place."""

    use: str
    payer: str = "本人"
    psn_type: str = ""
    member_designated: bool = False
    place: str = ""


@explained
def permitted(sheet: Sheet, spending: Spending) -> Result:
    """Whether account money may be used so (Z35-Z39); None with needs_confirm where sources are silent."""
    sheet.need(
        "account.self_premiums", "account.retired_premiums", "account.self_uses", "account.family_uses"
    )
    if spending.use in sheet.words("account.self_premiums"):
        return _answer(sheet, "" if spending.payer == "本人" else "仅限本人的费用")
    if spending.use in sheet.words("account.retired_premiums"):
        return _retired_premium(sheet, spending)
    if spending.use in sheet.words("account.self_uses"):
        return _own_care(sheet, spending)
    if spending.use in sheet.words("account.family_uses"):
        return _family_care(sheet, spending)
    return _answer(sheet, "不在个人账户允许的用途内")


@explained
def family_binding(sheet: Sheet, kinship: str, member_insured: bool, same_province: bool) -> Result:
    """Whether a person may be bound to share an account (Z39): near kin, insured, same province."""
    against = []
    if kinship not in sheet.words("account.family_kinship"):
        against.append(f"“{kinship}”不属于近亲属")
    if not member_insured:
        against.append("对方未参加基本医疗保险")
    if not same_province:
        against.append("双方不在同一省份参保")
    sheet.say("可以绑定" if not against else "不能绑定：" + "；".join(against))
    return sheet.result(allowed=not against, **({"reason": "；".join(against)} if against else {}))


def _retired_premium(sheet: Sheet, spending: Spending) -> Result:
    if not spending.psn_type.startswith(_RETIRED):
        return _answer(sheet, "仅退休人员")
    return _answer(sheet, "" if spending.payer == "本人" else "仅限本人的费用")


def _own_care(sheet: Sheet, spending: Spending) -> Result:
    if spending.payer != "本人":
        return _answer(sheet, "仅限本人的费用")
    if not spending.place:
        return _unclear(sheet, "没有说明在何处使用")
    return _answer(sheet, "" if spending.place in sheet.words("account.self_places") else "不是定点医药机构")


def _family_care(sheet: Sheet, spending: Spending) -> Result:
    sheet.need("account.family_places", "account.family_unclear_places")
    if not spending.member_designated:
        return _answer(sheet, "未指定该家庭成员")
    if spending.place in sheet.words("account.family_places"):
        return _answer(sheet, "")
    if not spending.place or spending.place in sheet.words("account.family_unclear_places"):
        return _unclear(sheet, "来源没有说明家庭成员能否在此使用")
    return _answer(sheet, "不是定点医药机构")


def _answer(sheet: Sheet, reason: str) -> Result:
    sheet.say(f"不允许：{reason}" if reason else "允许使用个人账户资金")
    return sheet.result(allowed=not reason, **({"reason": reason} if reason else {}))


def _unclear(sheet: Sheet, why: str) -> Result:
    sheet.say(f"{why}，须人工确认")
    return sheet.result(allowed=None, needs_confirm=True)
