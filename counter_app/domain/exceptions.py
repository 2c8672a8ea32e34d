"""What can go against a case accepted without the line, in words, and the ways it is settled."""

from __future__ import annotations

from collections.abc import Mapping

from counter_app.domain.value import Value


class ExceptionKind(Value, frozen=True):
    """A kind of disagreement: its title, and what somebody has to do about it."""

    title: str
    task: str


HELD = "device-held"  # records a device sent after it was reported lost
RELEASE, DISCARD = "release", "discard"
BACK = "device-back"  # a device that was given up, or its disk, wants to come back
LET_BACK, TURN_AWAY = "let-back", "turn-away"
# The kinds of domain.md §10.7 first; then what a hub finds in the records themselves.
KINDS: Mapping[str, ExceptionKind] = {
    "person-stopped": ExceptionKind(
        "受理时已停保", "请核对停保日期；受理日以前有效的照办，其余退回并告知本人。"
    ),
    "times-exceeded": ExceptionKind("本年度次数已用完", "请核对两次办理的先后；后一次退回，告知可办的时间。"),
    "invoice-used": ExceptionKind("票据已经报销过", "请对照票据原件；确属重复的，本件退回并追回已付款项。"),
    "disease-ended": ExceptionKind(
        "病种目录已失效", "请按受理日有效的目录核对；失效的，告知改按哪一病种申请。"
    ),
    "authority-revoked": ExceptionKind("授权已经撤销", "请与本人核实；撤销后代办的，请本人到场确认或退回。"),
    "version-differs": ExceptionKind(
        "所用目录版本已停用", "请按受理日有效的版本重算，结果不同的书面告知本人。"
    ),
    "quota-changed": ExceptionKind("定额标准已变更", "请按受理日有效的标准重算，差额补发或退回。"),
    "possible-duplicate": ExceptionKind(
        "可能重复受理", "同一人同日同一事项在两个窗口受理，请核实后保留一件。"
    ),
    "case-step": ExceptionKind("办理状态不合顺序", "请对照两边的记录，确认事项现在应在哪一步。"),
    "conflict": ExceptionKind("同一编号内容不同", "设备可能被复制或恢复过，请停用核查后再处理记录。"),
    "chain-fork": ExceptionKind("记录链分叉", "设备可能被复制或恢复过，请停用核查后再处理记录。"),
    "envelope-stranger": ExceptionKind("别的设备的记录", "有设备送来不属于它的记录，请核查这台设备。"),
    "filing-twice": ExceptionKind("同一申报受理了两次", "请核实后保留一件，另一件退回。"),
    "away-unknown": ExceptionKind(
        "参保地没有通路", "本大厅没有通往该参保地的线路，请联系信息人员登记，或改用其他方式移交。"
    ),
    "away-refused": ExceptionKind("参保地没有收下", "参保地大厅退回了这条记录，请与对方核对后处理。"),
    "served-twice": ExceptionKind("同一号在两个窗口办理", "请核实实际办理的窗口。"),
    "ticket-unknown": ExceptionKind("没有这个号", "请核对号票；脱机叫号的补录号码。"),
    "already-rated": ExceptionKind("同一件评价了两次", "以第一次评价为准，无须处理的写明原因即可。"),
    HELD: ExceptionKind("已报失设备送来记录", "请与受理单逐件核对；放行须两人确认，只收报失前的。"),
    BACK: ExceptionKind(
        "已报失设备要重新登记", "请当面核对设备和报失期间的使用情况；准许须两人确认，准许后它的记录全部照收。"
    ),
    "clock-suspect": ExceptionKind("设备时间可疑", "请核对设备时间，并确认受理日期。"),
}
# How somebody settles it; the words are what the page offers.
WAYS: Mapping[str, str] = {
    "stands": "核实无误，维持原受理",
    "corrected": "已补正或重新核算",
    "returned": "已退回并告知本人",
    "reversed": "已冲正",
    "device": "设备已停用核查",
}
# Records of a lost device are let in by two people, or not at all.
HELD_WAYS: Mapping[str, str] = {
    RELEASE: "放行报失前的记录",
    DISCARD: "不予收录",
}
# A lost device comes back by the word of two people, or not at all.
BACK_WAYS: Mapping[str, str] = {
    LET_BACK: "准许重新登记",
    TURN_AWAY: "不准重新登记",
}
_WAYS_OF: Mapping[str, Mapping[str, str]] = {HELD: HELD_WAYS, BACK: BACK_WAYS}


def ways_of(code: str) -> Mapping[str, str]:
    """The ways an exception of a kind is settled."""
    return _WAYS_OF.get(code, WAYS)
