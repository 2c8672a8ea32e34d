"""生育医疗费: fixed standards by birth date, the examinations before birth, the package, who pays."""

from __future__ import annotations

from datetime import date

from counter_app.domain.value import Value
from counter_app.policy.insured import Insured
from counter_app.policy.result import Result, Sheet, explained
from counter_app.policy.rounding import yuan
from counter_app.problems import Problem

BIRTHS = {
    "顺产": "natural", "正常产": "natural", "1": "natural",
    "助娩产": "assisted", "2": "assisted",
    "剖宫产": "caesarean", "剖腹产": "caesarean", "3": "caesarean",
    "难产": "difficult", "4": "difficult",
    "流产": "loss", "引产": "loss", "5": "loss", "6": "loss",
}  # fmt: skip


class Birth(Value, frozen=True):
    """A birth to be paid for. `actual_fee` in 分 is needed only where the region pays the lower."""

    group: Insured
    kind: str
    born_on: date
    settled_on: date | None = None
    actual_fee: int | None = None


@explained
def fixed(sheet: Sheet, birth: Birth) -> Result:
    """The fixed sum in 分 for one birth (R68, R73, R74, R76); the standard of the birth day by default."""
    return _fixed(sheet, birth)


@explained
def prenatal(sheet: Sheet, group: Insured) -> Result:
    """The fixed sum in 分 for examinations before birth, on the day the rates stand for (R75)."""
    return sheet.result({"fixed_amount": sheet.money(f"maternity.{group}.prenatal")})


@explained
def total(sheet: Sheet, birth: Birth, with_prenatal: bool) -> Result:
    """Birth and examinations together, 分; that they add up is our reading of the source."""
    birth_sum = _fixed(sheet, birth)
    parts = {"birth_amount": birth_sum.amounts["fixed_amount"], "prenatal_amount": 0}
    if with_prenatal:
        if sheet.flag("maternity.prenatal_adds"):
            parts["prenatal_amount"] = sheet.money(f"maternity.{birth.group}.prenatal")
        else:
            sheet.say("本地区产前检查费已含在生育医疗费定额内")
    whole = sum(parts.values())
    birth_part, prenatal_part = yuan(parts["birth_amount"]), yuan(parts["prenatal_amount"])
    sheet.say(f"生育医疗费 {birth_part} + 产检费 {prenatal_part} = {yuan(whole)} 元")
    return sheet.result({**parts, "total": whole}, **birth_sum.facts)


class Delivery(Value, frozen=True):
    """Where and how a child was born: the four conditions of the package."""

    in_city: bool
    hosp_level: int
    ward: str
    kind: str


@explained
def package(sheet: Sheet, delivery: Delivery) -> Result:
    """Whether the hospital is paid a package and the mother bears practically nothing (R53, R54)."""
    sheet.need("maternity.package.max_level", "maternity.package.ward", "maternity.package.birth")
    level = sheet.count("maternity.package.max_level")
    ward, birth = sheet.text("maternity.package.ward"), sheet.text("maternity.package.birth")
    checks = (
        (delivery.in_city, "不在市内定点医疗机构"),
        (delivery.hosp_level <= level, f"医院等级高于 {level} 级"),
        (delivery.ward == ward, f"不是{ward}"),
        (birth_code(delivery.kind) == birth_code(birth), f"不是{birth}"),
    )
    against = [why for holds, why in checks if not holds]
    sheet.say(
        "符合包干条件，由经办机构按定额拨付医院，个人基本不负担"
        if not against
        else "不适用包干：" + "；".join(against)
    )
    if against:
        return sheet.result(package=False, payee="个人", reasons=against)
    return sheet.result({"self_pay": 0}, package=True, payee="机构", reasons=[])


@explained
def funding(sheet: Sheet, total_fee: int, fixed_amount: int, in_package: bool, complies: bool) -> Result:
    """Who bears the cost of a birth in 分: fund, treasury (R52), person, and the hospital in a package.

    Not a matter a mother applies for but a layer of the settlement; parts sum to the cost exactly.
    """
    treasury_offer = sheet.money("maternity.package.fiscal") if complies else 0
    fund = fixed_amount if in_package else min(total_fee, fixed_amount)
    treasury = min(max(0, total_fee - fund), treasury_offer)
    rest = total_fee - fund - treasury
    person, hospital = (0, rest) if in_package else (rest, 0)
    sheet.say(
        f"总费用 {yuan(total_fee)} 元：基金 {yuan(fund)}、财政补助 {yuan(treasury)}、个人 {yuan(person)} 元"
    )
    if hospital:
        word = "医院承担超定额" if hospital > 0 else "定额结余归医院"
        sheet.say(f"按人头定额包干：{word} {yuan(abs(hospital))} 元")
    return sheet.result(
        {"fund_pay": fund, "fiscal_pay": treasury, "self_pay": person, "hospital_bears": hospital}
    )


def birth_code(kind: str) -> str:
    """The part of a parameter's name a birth falls under. Raises Problem `policy-input`."""
    if kind.strip() not in BIRTHS:
        raise Problem("policy-input", "birth_kind", f"生育类别“{kind}”不在定额表的分类内。")
    return BIRTHS[kind.strip()]


def _fixed(sheet: Sheet, birth: Birth) -> Result:
    name = f"maternity.{birth.group}.{birth_code(birth.kind)}"
    _need(sheet, name, birth)
    dated = _on_basis(sheet, birth)
    found = dated.rates.find(name)
    amount = dated.money(name)
    sheet.include(dated.result())
    if sheet.reading("maternity.pay_mode") == "lower":
        if birth.actual_fee is None:
            raise Problem("policy-input", "actual_fee", "本地区按定额与实际费用取低，须有实际费用。")
        amount = min(amount, birth.actual_fee)
    sheet.say(f"定额支付 {yuan(amount)} 元")
    doubtful = {"needs_confirm": True} if found is not None and found.is_default else {}
    return sheet.result({"fixed_amount": amount}, **doubtful)


def _need(sheet: Sheet, name: str, birth: Birth) -> None:
    """Name the sum itself too where the readings are missing: a region without any has neither."""
    choices = ("maternity.pay_mode", "maternity.date_basis")
    if any(not sheet.has(choice) for choice in choices):
        Sheet(sheet.rates.at(birth.born_on)).need(name, *choices)


def _on_basis(sheet: Sheet, birth: Birth) -> Sheet:
    if sheet.reading("maternity.date_basis") == "settle":
        if birth.settled_on is None:
            raise Problem("policy-input", "settle_date", "本地区按结算日适用标准，须有结算日期。")
        day, word = birth.settled_on, "结算日"
    else:
        day, word = birth.born_on, "分娩日"
    sheet.say(f"按{word} {day} 适用标准")
    return Sheet(sheet.rates.at(day))
