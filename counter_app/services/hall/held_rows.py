"""已报失设备的记录: one act a line, as the two people who decide hold it against the papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.domain.value import Value

# What was done, in the words of a counter; an act without a word of its own is named by its family.
ACTS: Mapping[str, str] = {
    "case.received": "收件",
    "case.accepted": "受理",
    "case.withdrawn": "撤件",
    "case.supplemented": "补正材料",
    "case.reversed": "冲正",
    "case.forwarded": "转交参保地",
    "material.received": "收取材料",
    "material.deferred": "容缺材料",
    "material.committed": "承诺补交",
    "material.made_good": "补齐材料",
    "material.returned": "退还材料",
    "receipt.issued": "出具回执",
    "receipt.reprinted": "补打回执",
    "receipt.voided": "作废回执",
    "review.decided": "办结",
    "payment.ordered": "发起支付",
    "payment.done": "支付完成",
    "seal.used": "用印",
    "eseal.used": "用电子印章",
    "signature.given": "本人签名",
    "signature.witnessed": "见证签名",
    "ticket.served": "办理号票",
    "visit.opened": "开始接待",
    "visit.closed": "结束接待",
    "access.read": "查看完整信息",
    "clock.suspect": "时间异常",
}
_FAMILIES: Mapping[str, str] = {
    "case": "办件处理",
    "material": "材料处理",
    "receipt": "回执处理",
    "payment": "支付处理",
    "day": "日终事项",
    "rating": "评价",
}


class HeldRow(Value, frozen=True):
    """One act. `person` is masked; `early` = signed before the report."""

    id: str
    at: str
    act: str
    number: str
    matter: str
    person: str
    early: bool


def held_row(plain: Mapping[str, Any], types: Mapping[str, str]) -> HeldRow:
    """A row as the hub tells it."""
    kind, matter = str(plain["kind"]), str(plain["type"])
    act = ACTS.get(kind) or _FAMILIES.get(kind.partition(".")[0], "其他记录")
    at = str(plain["at"])[:16].replace("T", " ")
    named = str(plain["type_name"]) or types.get(matter, matter)
    return HeldRow(
        str(plain["id"]), at, act, str(plain["number"]), named, str(plain["person"]), bool(plain["early"])
    )
