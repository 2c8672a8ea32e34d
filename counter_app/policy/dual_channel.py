"""双通道 negotiated medicines: first one's own part, then the inpatient ratio; who may be chosen."""

from __future__ import annotations

from counter_app.policy.insured import Insured
from counter_app.policy.result import Result, Sheet, explained
from counter_app.policy.rounding import percent, share, yuan


@explained
def medicine(sheet: Sheet, group: Insured, drug_fee: int) -> Result:
    """Split a medicine's price in 分 (R56, R57); the person's part is the difference."""
    name = "resident" if group is Insured.RESIDENT else "employee"
    first_name = f"dual.first_self_{name}"
    sheet.need(first_name, "dual.inpatient_ratio", "dual.deductible")
    first_ratio, ratio = sheet.ratio(first_name), sheet.ratio("dual.inpatient_ratio")
    deductible = sheet.money("dual.deductible")
    first = share(drug_fee, first_ratio)
    in_scope = drug_fee - first
    pay = share(max(0, in_scope - deductible), ratio)
    sheet.say(
        f"先行自付 {yuan(drug_fee)} × {percent(first_ratio)} = {yuan(first)} 元，范围内 {yuan(in_scope)} 元"
    )
    sheet.say(f"({yuan(in_scope)} − 起付线 {yuan(deductible)}) × {percent(ratio)} = {yuan(pay)} 元")
    sheet.say(f"个人合计 {yuan(drug_fee)} − {yuan(pay)} = {yuan(drug_fee - pay)} 元")
    amounts = {"first_self": first, "in_scope": in_scope, "fund_pay": pay, "self_total": drug_fee - pay}
    return sheet.result(amounts)


@explained
def select(sheet: Sheet, hospitals: int, stores: int) -> Result:
    """Whether a choice of hospitals and special pharmacies is within the limits (R59)."""
    sheet.need("dual.max_hospitals", "dual.max_stores")
    most_hospitals, most_stores = sheet.count("dual.max_hospitals"), sheet.count("dual.max_stores")
    against = []
    if hospitals > most_hospitals:
        against.append(f"医院超过{most_hospitals}家")
    if stores > most_stores:
        against.append(f"药店超过{most_stores}家")
    sheet.say("选点符合规定" if not against else "不能登记：" + "；".join(against))
    return sheet.result(ok=not against, **({"reason": "；".join(against)} if against else {}))
