"""The papers a counter can hand over, and which of them a case needs at each stage."""

from __future__ import annotations

from collections.abc import Iterable

from counter_app.catalog.model import TransactionType
from counter_app.domain.cases import MaterialRecord, MaterialState
from counter_app.domain.people import PartyKind

MOST = 2

PAPERS = {
    "CLJS": "材料接收凭证",
    "SLTZ": "受理通知书",
    "YWHZ": "业务办理回执",
    "SLHZ": "受理回执",
    "BZGZ": "一次性补正告知书",
    "RQCN": "容缺受理告知承诺书",
    "GZCN": "证明事项告知承诺书",
    "BYSL": "不予受理通知书",
    "BJTZ": "办结通知书",
    "DYHD": "待遇核定（支付）通知书",
    "BYBL": "不予办理决定书",
    "SQWT": "授权委托书",
    "CHSQ": "撤回申请确认书",
    "ZZBL": "终止办理通知书",
    "YQBL": "延期办理告知书",
    "YYDF": "异议复核答复书",
    "CZGZ": "业务冲正告知书",
    "DYTH": "待遇退回通知书",
    "THQS": "原件退还签收单",
    "YCGZ": "一次性告知单",
    "KMJS": "社保卡密码解锁指引",
    "YJJJ": "原件交接单",
    "ZBYS": "转办（移送）单",
    "SDHZ": "送达回证",
    "TBCX": "特别程序告知书",
    "JFZM": "参保缴费证明",
    "CBPZ": "基本医疗保险参保凭证",
    "CXJG": "查询结果单",
    "PLQD": "批量业务受理清单",
    "RZZD": "日终扎账单",
}
# What was asked for is itself the receipt of an instant matter: one sheet, with the case's own number.
RESULTS = frozenset({"JFZM", "CBPZ", "CXJG"})
# Between windows and back office: no citizen ever reads them.
STAFF = frozenset({"YJJJ", "ZBYS"})

_BY_STAGE = {
    "consult": "YCGZ",
    "received": "CLJS",
    "supplement": "BZGZ",
    "not_accepted": "BYSL",
    "refused": "BYBL",
    "withdrawn": "CHSQ",
    "terminated": "ZZBL",
    "extended": "YQBL",
    "returned": "THQS",
}
PAYMENT_FLOWS = frozenset({"payment"})


def papers_for(
    type_: TransactionType,
    stage: str,
    materials: Iterable[MaterialRecord] = (),
    party: str = PartyKind.SELF,
    instant: bool = False,
) -> tuple[str, ...]:
    """Codes of the papers handed over at a stage, the main one first, never more than two.

    They follow from the state of the materials, the party and the result (the type lists only
    extras). `instant` is `type_.is_instant(region, situation)`; a deferred material turns an instant
    matter into a timed one, so it gets the notice instead of the one-page 回执. When something is
    deferred and something else committed, both stand on the 容缺受理告知承诺书.
    """
    states = {record.state for record in materials}
    if stage == "accepted":
        found = _on_acceptance(states, instant)
    elif stage == "done":
        found = ["DYHD" if type_.flow in PAYMENT_FLOWS else "BJTZ"]
    else:
        found = [_BY_STAGE[stage]]
    if stage == "consult" and party == PartyKind.AGENT:
        found.append("SQWT")
    extras = [rule.code for rule in type_.papers if rule.when == stage and rule.code not in found]
    if found[0] == "YWHZ" and RESULTS.intersection(extras):
        del found[0]
        extras.sort(key=lambda code: code not in RESULTS)
        found = extras[:1] + found + extras[1:]
        return tuple(found[:MOST])
    return tuple((found + extras)[:MOST])


def _on_acceptance(states: set[MaterialState], instant: bool) -> list[str]:
    is_deferred = MaterialState.DEFERRED in states
    found = ["YWHZ" if instant and not is_deferred else "SLTZ"]
    if is_deferred:
        found.append("RQCN")
    elif MaterialState.COMMITTED in states:
        found.append("GZCN")
    return found
