"""One-stop settlement: five layers, each on what the layer before left; they sum exactly."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain.value import Value
from counter_app.policy.result import Result, Sheet, explained
from counter_app.policy.rounding import percent, share, yuan
from counter_app.problems import Problem


class Bill(Value, frozen=True):
    """A bill in 分: what lies outside the scope and what the insured pays first (乙类先行自付)."""

    total: int
    out_of_scope: int = 0
    preself: int = 0


@explained
def order(sheet: Sheet, layers: Sequence[str]) -> Result:
    """Put named layers into the order of settlement (source J30; the order itself is our default)."""
    ranked = sheet.words("layers.order")
    unknown = [layer for layer in layers if layer not in ranked]
    if unknown:
        raise Problem("policy-input", "layers", f"不认识的保障层：{'、'.join(unknown)}。")
    arranged = sorted(layers, key=ranked.index)
    sheet.say("结算先后：" + " → ".join(arranged))
    return sheet.result(order=arranged)


@explained
def settle(sheet: Sheet, bill: Bill, poor: bool) -> Result:
    """Settle a bill through all layers; the person's part is the difference, so parts sum to the bill.

    Sources J02, J30. 医疗救助 and 扶贫特惠保险 reach poor people only.
    """
    in_scope = bill.total - bill.out_of_scope - bill.preself
    if in_scope < 0:
        raise Problem("policy-input", "total", "范围外费用与先行自付之和大于总费用。")
    _need_all(sheet, poor)
    outside = f"范围外 {yuan(bill.out_of_scope)} − 先行自付 {yuan(bill.preself)}"
    sheet.say(f"总费用 {yuan(bill.total)} − {outside} = 合规范围内 {yuan(in_scope)} 元")
    paid = {"basic": _layer(sheet, "基本医保", "basic", in_scope)}
    left = in_scope - paid["basic"]
    if bill.preself and sheet.flag("layers.preself_reaches_upper"):
        left += bill.preself
    for key, name in _upper(poor):
        paid[key] = _layer(sheet, name, key, left)
        left -= paid[key]
    amounts = {"in_scope": in_scope, "assistance": 0, "special": 0, **paid}
    fund = sum(paid.values())
    amounts |= {"fund_total": fund, "self_total": bill.total - fund}
    sheet.say(
        f"各层合计 {yuan(fund)} 元；个人负担 = 总费用 − 各层合计 = {yuan(bill.total - fund)} 元（差额法）"
    )
    return sheet.result(amounts)


_PREFIX = {
    "basic": "basic",
    "serious": "serious",
    "supplement": "supplement",
    "assistance": "assist",
    "special": "special",
}


def _upper(poor: bool) -> tuple[tuple[str, str], ...]:
    everyone = (("serious", "大病医保"), ("supplement", "补充医保"))
    return (*everyone, ("assistance", "医疗救助"), ("special", "扶贫特惠保险")) if poor else everyone


def _need_all(sheet: Sheet, poor: bool) -> None:
    names = ["layers.basic_deductible", "layers.basic_ratio", "layers.serious_deductible"]
    names += ["layers.serious_ratio", "layers.supplement_ratio"]
    sheet.need(*names, *(("layers.assist_ratio", "layers.special_ratio") if poor else ()))


def _layer(sheet: Sheet, name: str, key: str, base: int) -> int:
    prefix = f"layers.{_PREFIX[key]}"
    ratio = sheet.ratio(f"{prefix}_ratio")
    # The three upper layers of the sources name no deductible; one is taken only where it is known.
    deductible = sheet.money(f"{prefix}_deductible") if _takes_deductible(sheet, key, prefix) else 0
    pay = share(max(0, base - deductible), ratio)
    sheet.say(f"{name}：({yuan(base)} − {yuan(deductible)}) × {percent(ratio)} = {yuan(pay)} 元")
    return pay


def _takes_deductible(sheet: Sheet, key: str, prefix: str) -> bool:
    return key in {"basic", "serious"} or (key != "special" and sheet.has(f"{prefix}_deductible"))
