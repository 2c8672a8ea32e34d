"""The verbs behind the moves of a flow: who may do them, and which of them need a reason.

A move of a flow names its act in words; here each wording finds its verb, the short name used on the
wire and in rehearsals. A flow with a wording of its own needs no row: its wording is the verb then.
"""

from __future__ import annotations

from counter_app.catalog.flows import FLOWS, Flow, Move
from counter_app.domain.value import Value

CLERK, REVIEWER, SUPERVISOR, FINANCE = "clerk", "reviewer", "supervisor", "finance"
_ANYBODY = (CLERK, REVIEWER, SUPERVISOR)
_OFFICE = (REVIEWER, SUPERVISOR)
_WINDOW = (CLERK, SUPERVISOR)


class Verb(Value, frozen=True):
    """One verb. `acts` are its wordings in the flows; `at_window` = a counter does it by itself,

    also offline, and the hub hears of it as a fact; everything else is asked of the hub.
    """

    id: str
    name: str
    roles: tuple[str, ...]
    acts: tuple[str, ...] = ()
    reasoned: bool = False
    at_window: bool = False


_ROWS = (
    # --- at the window ------------------------------------------------------------------------
    Verb("accept", "受理", _WINDOW, ("材料齐全受理",), at_window=True),
    Verb("defer", "容缺受理", _WINDOW, ("容缺受理",), at_window=True),
    Verb("supplement", "一次性告知补正", _WINDOW, ("一次性告知补正",), at_window=True),
    Verb("decline", "不予受理", _WINDOW, ("不予受理",), reasoned=True, at_window=True),
    Verb("supplied", "补正到件", _ANYBODY, ("补正到件",), at_window=True),
    Verb("make_good", "容缺材料补齐", _ANYBODY, ("容缺材料补齐",), at_window=True),
    Verb("withdraw", "撤件", _WINDOW, ("申请人撤回",), at_window=True),
    Verb("finish", "当场办结", _WINDOW, ("当场办结", "查得并出具"), at_window=True),
    Verb("deliver", "送达", _WINDOW, ("窗口、邮寄或电子送达", "送达决定书"), at_window=True),
    Verb("rate", "评价", _WINDOW, ("一次一评",), at_window=True),
    Verb("object", "提出异议", _WINDOW, ("申请人提出异议",), reasoned=True, at_window=True),
    Verb("change_account", "改账户", _WINDOW, ("申请人变更账户",), at_window=True),
    Verb("forward", "移送", _WINDOW, ("移送承办单位",), at_window=True),
    Verb("feedback", "收到反馈", _ANYBODY, ("收到反馈",), at_window=True),
    Verb("tell_result", "转告结果", _WINDOW, ("转告结果",), at_window=True),
    # --- behind the counter -------------------------------------------------------------------
    Verb("assign", "分办", _ANYBODY, ("派后台岗", "容缺先行审查", "派单")),
    Verb("claim", "领件", _OFFICE, ("领件",)),
    Verb("transfer", "转办", _OFFICE, ("转办",), reasoned=True),
    Verb("pass", "初审通过", _OFFICE, ("初审通过",)),
    Verb(
        "second",
        "复核通过",
        _OFFICE,
        ("复核通过（另一人）", "复核通过（另一人），容缺已解除", "复核通过，应支付为零"),
    ),
    Verb("send_back", "退回重审", _OFFICE, ("退回重审",), reasoned=True),
    Verb("return", "退回补正", _OFFICE, ("退回补正", "限期整改"), reasoned=True),
    Verb(
        "refuse",
        "不予办理",
        _ANYBODY,
        ("复核不通过（另一人）", "核验不符", "不符合出具条件", "承办方不予办理"),
        reasoned=True,
    ),
    Verb("inquire", "稽核调查", _OFFICE, ("调查或医院协查",), reasoned=True),
    Verb("replied", "回函", _OFFICE, ("回函",)),
    Verb("expert", "送专家评审", _OFFICE, ("编入评审批次",)),
    Verb("expert_result", "专家评审结果", _OFFICE, ("评审结果",)),
    Verb("site", "安排现场考察", _OFFICE, ("安排考察",)),
    Verb("site_passed", "考察评估合格", _OFFICE, ("评估合格",)),
    Verb("extend", "申请延期", _OFFICE, ("申请延期",), reasoned=True),
    Verb("grant", "批准延期", (SUPERVISOR,), ("批准延期",)),
    Verb("supervise", "督办", (SUPERVISOR,), ("督办",), reasoned=True),
    Verb("uphold", "维持原决定", (SUPERVISOR,), ("维持并书面答复",), reasoned=True),
    Verb("overturn", "撤销重审", (SUPERVISOR,), ("撤销重审",), reasoned=True),
    Verb("terminate", "终止办理", (SUPERVISOR,), ("逾期未补终止", "终止办理"), reasoned=True),
    Verb("reverse", "冲正", (SUPERVISOR,), ("发现错误冲正", "抽查有误"), reasoned=True),
    Verb("spot_check", "事后抽查", (SUPERVISOR,), ("抽中",)),
    Verb("check_passed", "抽查通过", (SUPERVISOR,), ("抽查通过",)),
    Verb("handled", "处置完毕", _ANYBODY, ("处置完毕",)),
    Verb("unsolved", "未解决退回", _ANYBODY, ("未解决退回",), reasoned=True),
    Verb(
        "archive",
        "归档",
        (*_ANYBODY, FINANCE, "system"),
        ("归档", "退还原件后归档", "未评价归档", "留痕", "销单"),
        at_window=True,  # where the sealed folder lies
    ),
    # --- money --------------------------------------------------------------------------------
    Verb("pay", "支付到账", (FINANCE,), ("到账",)),
    Verb("part", "部分到账", (FINANCE,), ("部分到账，余额重发",)),
    Verb("bounce", "银行退票", (FINANCE,), ("银行退票",), reasoned=True),
    Verb("resend", "重发", (FINANCE,), ("重发",)),
    Verb("recover", "追回", (FINANCE, SUPERVISOR), ("多付或不实，追回",), reasoned=True),
)
VERBS: dict[str, Verb] = {verb.id: verb for verb in _ROWS}
# What is only noted in the story of a case: no verb, and the case stands where it stood.
NOTES = {"registered": "核心系统登记", "covered": "遮盖影像"}
_BY_ACT = {act: verb for verb in _ROWS for act in verb.acts}


def verb_of(move: Move) -> Verb:
    """The verb behind a move; a wording nobody registered is a verb of its own, open to all."""
    return _BY_ACT.get(move.act) or Verb(move.act, move.act, _ANYBODY)


def moves_by(flow: Flow, step: str, verb: str) -> tuple[Move, ...]:
    """The moves a verb has from a step."""
    return tuple(move for move in flow.moves_from(step) if verb_of(move).id == verb)


def at_window(flow: Flow, move: Move) -> bool:
    """Whether a counter does a move by itself; what a reviewer decides is asked of the hub."""
    verb = verb_of(move)
    return verb.at_window or (verb.id == "refuse" and flow.step(move.source).place != "后台")


def is_money(flow_id: str) -> bool:
    """Whether money is paid out at the end of a flow."""
    flow = FLOWS.get(flow_id)
    return flow is not None and any(step.id == "pay_ordered" for step in flow.steps)


def table() -> str:
    """The verbs as they stand in `docs/life.md`, kept equal by a test."""
    names = {CLERK: "柜员", REVIEWER: "审核", SUPERVISOR: "主管", FINANCE: "财务", "system": "系统"}
    lines = ["| verb | | who | reason | where |", "|---|---|---|---|---|"]
    for verb in _ROWS:
        who = "、".join(names[role] for role in verb.roles)
        place = "window" if verb.at_window else "hub"
        lines.append(f"| `{verb.id}` | {verb.name} | {who} | {'yes' if verb.reasoned else ''} | {place} |")
    return "\n".join([*lines, ""])
