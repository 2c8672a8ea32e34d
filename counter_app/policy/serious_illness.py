"""大病保险 with its tilt for poor people: deductible halved, ratio raised by five points."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from counter_app.policy.numbers import exact
from counter_app.policy.result import Result, Sheet, explained
from counter_app.policy.rounding import as_decimal, percent, share, yuan
from counter_app.problems import Problem

Band = tuple[int | None, Fraction]  # upper bound in 分 of compliant cost, None = no bound; ratio


@explained
def tilted(sheet: Sheet, comp_fee: int, poor: bool) -> Result:
    """(compliant cost - deductible) x ratio in 分; source J29. "提高5%" is points by default (§11)."""
    sheet.need("serious.deductible", "serious.ratio")
    deductible, ratio = sheet.money("serious.deductible"), sheet.ratio("serious.ratio")
    if poor:
        deductible, ratio = _tilt(sheet, deductible, ratio)
    above = max(0, comp_fee - deductible)
    pay = share(above, ratio)
    sheet.say(f"合规费用 {yuan(comp_fee)} − 起付线 {yuan(deductible)} = {yuan(above)} 元（不足按 0）")
    sheet.say(f"{yuan(above)} × {percent(ratio)} = {yuan(pay)} 元")
    pay = _capped(sheet, pay)
    amounts = {"deductible": deductible, "fund_pay": pay, "self_pay": comp_fee - pay}
    return sheet.result(amounts, ratio=as_decimal(ratio))


@explained
def banded(sheet: Sheet, comp_fee: int, poor: bool) -> Result:
    """The same with a ratio per band of cost; each band is rounded, the bands add up."""
    sheet.need("serious.deductible", "serious.bands")
    deductible = sheet.money("serious.deductible")
    bands = parse_bands(sheet.words("serious.bands"))
    if poor:
        deductible, _ = _tilt(sheet, deductible, Fraction(0))
        bands = [(upper, _raise(sheet, ratio)) for upper, ratio in bands]
    pay, lower = 0, deductible
    for upper, ratio in bands:
        top = comp_fee if upper is None else min(comp_fee, upper)
        piece = share(max(0, top - lower), ratio)
        if piece:
            sheet.say(f"{yuan(lower)} 至 {yuan(top)} 元部分 × {percent(ratio)} = {yuan(piece)} 元")
        pay, lower = pay + piece, max(lower, top)
    pay = _capped(sheet, pay)
    return sheet.result({"deductible": deductible, "fund_pay": pay, "self_pay": comp_fee - pay})


def parse_bands(words: Sequence[str]) -> list[Band]:
    """Read `上限:比例` words, the last with an empty bound. Raises Problem `pack-broken`."""
    bands: list[Band] = []
    for word in words:
        upper, _, ratio = word.partition(":")
        bound, part = exact(upper) if upper else None, exact(ratio)
        if part is None or not 0 <= part <= 1 or (upper and (bound is None or bound < 0)):
            raise Problem("pack-broken", "serious.bands", f"大病分段“{word}”写法不对。")
        bands.append((None if bound is None else int(bound * 100), part))
    bounds = [bound for bound, _ in bands]
    rising = all(a is not None and (b is None or a < b) for a, b in pairwise(bounds))
    if not bands or not rising or bounds[-1] is not None:
        raise Problem("pack-broken", "serious.bands", "大病分段的上限须逐段增大，最后一段不写上限。")
    return bands


def _tilt(sheet: Sheet, deductible: int, ratio: Fraction) -> tuple[int, Fraction]:
    sheet.need("serious.tilt_deductible_factor", "serious.tilt_ratio_step", "serious.tilt_mode")
    halved = share(deductible, sheet.ratio("serious.tilt_deductible_factor"))
    sheet.say(f"困难群众起付线降为 {yuan(halved)} 元")
    return halved, _raise(sheet, ratio) if ratio else ratio


def _raise(sheet: Sheet, ratio: Fraction) -> Fraction:
    step, mode = sheet.ratio("serious.tilt_ratio_step"), sheet.reading("serious.tilt_mode")
    raised = min(Fraction(1), ratio + step if mode == "points" else ratio * (1 + step))
    sheet.say(f"困难群众支付比例提高为 {percent(raised)}")
    return raised


def _capped(sheet: Sheet, pay: int) -> int:
    if not sheet.has("serious.cap"):
        return pay
    cap = sheet.money("serious.cap")
    if pay > cap:
        sheet.say(f"超过封顶，按 {yuan(cap)} 元支付")
    return min(pay, cap)
