"""The life of a case as tables: steps, moves, and the drawing of both. One table per flow."""

from __future__ import annotations

from counter_app.domain.value import Value


class Step(Value, frozen=True):
    """Where a case can stand. `place`: 窗口 后台 主管 财务 外部 系统. `clock`: runs, paused or stopped."""

    id: str
    name: str
    place: str = "窗口"
    clock: str = "runs"
    final: bool = False


class Move(Value, frozen=True):
    """From one step to another, by a named act."""

    source: str
    target: str
    act: str


class Flow(Value, frozen=True):
    """All steps and moves of one way of handling; `start` is where every case begins."""

    id: str
    name: str
    start: str
    steps: tuple[Step, ...]
    moves: tuple[Move, ...]

    def step(self, step_id: str) -> Step:
        """A step by its id. Raises KeyError."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def moves_from(self, step_id: str) -> tuple[Move, ...]:
        """What may happen next."""
        return tuple(move for move in self.moves if move.source == step_id)


def _moves(*lines: str) -> tuple[Move, ...]:
    """`"received > accepted : 受理"`, one move a line."""
    found = []
    for line in lines:
        path, _, act = line.partition(" : ")
        source, _, target = path.partition(" > ")
        found.append(Move(source, target, act))
    return tuple(found)


_INTAKE = (
    Step("received", "收件"),
    Step("supplement", "一次性补正", clock="stopped"),
    Step("not_accepted", "不予受理", clock="stopped"),
    Step("accepted", "受理"),
    Step("deferred", "容缺受理", clock="paused"),
    Step("withdrawn", "撤件", clock="stopped"),
    Step("terminated", "终止", "主管", "stopped"),
)
_INTAKE_MOVES = _moves(
    "received > accepted : 材料齐全受理",
    "received > deferred : 容缺受理",
    "received > supplement : 一次性告知补正",
    "received > not_accepted : 不予受理",
    "received > withdrawn : 申请人撤回",
    "supplement > received : 补正到件",
    "supplement > terminated : 逾期未补终止",
    "supplement > withdrawn : 申请人撤回",
    "deferred > accepted : 容缺材料补齐",
    "deferred > terminated : 逾期未补终止",
    "deferred > withdrawn : 申请人撤回",
    "accepted > withdrawn : 申请人撤回",
)
_END = (
    Step("done", "办结", clock="stopped"),
    Step("refused", "不予办理", clock="stopped"),
    Step("delivered", "送达", clock="stopped"),
    Step("rated", "评价", clock="stopped"),
    Step("reversed", "冲正", "主管", "stopped"),
    Step("archived", "归档", "系统", "stopped", final=True),
)
_END_MOVES = _moves(
    "done > delivered : 窗口、邮寄或电子送达",
    "refused > delivered : 送达决定书",
    "delivered > rated : 一次一评",
    "delivered > archived : 未评价归档",
    "rated > archived : 归档",
    "not_accepted > archived : 归档",
    "withdrawn > archived : 退还原件后归档",
    "terminated > archived : 退还原件后归档",
    "done > reversed : 发现错误冲正",
    "delivered > reversed : 发现错误冲正",
    "rated > reversed : 发现错误冲正",
    "reversed > archived : 归档",
)
_REVIEW = (
    Step("assigned", "分办", "系统"),
    Step("first_review", "初审", "后台"),
    Step("second_review", "复核", "后台"),
    Step("returned", "退回补正", clock="paused"),
    Step("extended", "延期", "主管"),
    Step("objection", "异议复核", "主管", "paused"),
)
_REVIEW_MOVES = _moves(
    "accepted > assigned : 派后台岗",
    "deferred > assigned : 容缺先行审查",
    "assigned > first_review : 领件",
    "assigned > assigned : 转办",
    "assigned > withdrawn : 申请人撤回",
    "assigned > terminated : 终止办理",
    "first_review > second_review : 初审通过",
    "first_review > returned : 退回补正",
    "first_review > extended : 申请延期",
    "first_review > first_review : 督办",
    "first_review > assigned : 转办",
    "first_review > withdrawn : 申请人撤回",
    "first_review > terminated : 终止办理",
    "second_review > withdrawn : 申请人撤回",
    "returned > first_review : 补正到件",
    "returned > terminated : 逾期未补终止",
    "returned > withdrawn : 申请人撤回",
    "extended > first_review : 批准延期",
    "second_review > first_review : 退回重审",
    "second_review > refused : 复核不通过（另一人）",
    "delivered > objection : 申请人提出异议",
    "rated > objection : 申请人提出异议",
    "objection > first_review : 撤销重审",
    "objection > delivered : 维持并书面答复",
)
_APPROVE = _moves("second_review > done : 复核通过（另一人）")
_PAYMENT = (
    Step("pay_ordered", "支付", "财务"),
    Step("pay_bounced", "退票", "财务", "paused"),
    Step("account_changed", "改账户"),
    Step("recovered", "追回", "财务", "stopped"),
)
_PAYMENT_MOVES = _moves(
    "second_review > pay_ordered : 复核通过（另一人），容缺已解除",
    "second_review > done : 复核通过，应支付为零",
    "pay_ordered > done : 到账",
    "pay_ordered > pay_bounced : 银行退票",
    "pay_bounced > account_changed : 申请人变更账户",
    "account_changed > pay_ordered : 重发",
    "pay_ordered > pay_ordered : 部分到账，余额重发",
    "done > recovered : 多付或不实，追回",
    "delivered > recovered : 多付或不实，追回",
    "rated > recovered : 多付或不实，追回",
    "recovered > archived : 归档",
)

_TIMED_STEPS = (*_INTAKE, *_REVIEW, *_END)
_TIMED_MOVES = (*_INTAKE_MOVES, *_REVIEW_MOVES, *_END_MOVES)

FLOWS: dict[str, Flow] = {
    flow.id: flow
    for flow in (
        Flow(
            "instant",
            "即办件",
            "received",
            (*_INTAKE, Step("spot_check", "事后抽查", "主管", "stopped"), *_END),
            (
                *_INTAKE_MOVES,
                *_END_MOVES,
                *_moves(
                    "accepted > done : 当场办结",
                    "accepted > refused : 核验不符",
                    "done > spot_check : 抽中",
                    "delivered > spot_check : 抽中",
                    "spot_check > archived : 抽查通过",
                    "spot_check > reversed : 抽查有误",
                ),
            ),
        ),
        Flow("timed", "限时件", "received", _TIMED_STEPS, (*_TIMED_MOVES, *_APPROVE)),
        Flow(
            "payment",
            "待遇支付件",
            "received",
            (*_TIMED_STEPS, *_PAYMENT, Step("inquiry", "稽核调查", "后台", "paused")),
            (
                *_TIMED_MOVES,
                *_PAYMENT_MOVES,
                *_moves("first_review > inquiry : 调查或医院协查", "inquiry > first_review : 回函"),
            ),
        ),
        Flow(
            "expert",
            "专家评审件",
            "received",
            (*_TIMED_STEPS, Step("expert_review", "专家评审", "外部", "paused")),
            (
                *_TIMED_MOVES,
                *_APPROVE,
                *_moves(
                    "first_review > expert_review : 编入评审批次",
                    "expert_review > second_review : 评审结果",
                ),
            ),
        ),
        Flow(
            "site",
            "现场考察件",
            "received",
            (*_TIMED_STEPS, Step("site_visit", "现场考察评估", "外部", "paused")),
            (
                *_TIMED_MOVES,
                *_APPROVE,
                *_moves(
                    "first_review > site_visit : 安排考察",
                    "site_visit > second_review : 评估合格",
                    "site_visit > returned : 限期整改",
                ),
            ),
        ),
        Flow(
            "transfer",
            "代收转办件",
            "received",
            (
                *_INTAKE,
                Step("forwarded", "移送", "外部", "paused"),
                Step("answered", "承办方反馈", "外部"),
                *_END,
            ),
            (
                *_INTAKE_MOVES,
                *_END_MOVES,
                *_moves(
                    "accepted > forwarded : 移送承办单位",
                    "forwarded > answered : 收到反馈",
                    "forwarded > forwarded : 督办",
                    "answered > done : 转告结果",
                    "answered > refused : 承办方不予办理",
                ),
            ),
        ),
        Flow(
            "query",
            "查询打印件",
            "received",
            (
                Step("received", "登记"),
                Step("done", "出具", clock="stopped"),
                Step("refused", "不予出具", clock="stopped"),
                Step("archived", "归档", "系统", "stopped", final=True),
            ),
            _moves(
                "received > done : 查得并出具",
                "received > refused : 不符合出具条件",
                "done > archived : 留痕",
                "refused > archived : 留痕",
            ),
        ),
        Flow(
            "task",
            "内部任务",
            "opened",
            (
                Step("opened", "登记"),
                Step("handled", "处置", "后台"),
                Step("checked", "回访或验收", "主管"),
                Step("archived", "归档", "系统", "stopped", final=True),
            ),
            _moves(
                "opened > handled : 派单",
                "handled > checked : 处置完毕",
                "checked > handled : 未解决退回",
                "checked > archived : 销单",
            ),
        ),
    )
}


def check(flow: Flow) -> tuple[str, ...]:
    """What is wrong with a flow: moves to nowhere, steps nobody reaches, steps nobody leaves."""
    known = {step.id for step in flow.steps}
    faults = [
        f"{flow.id}：没有步骤 {end}"
        for move in flow.moves
        for end in (move.source, move.target)
        if end not in known
    ]
    reached = _closure({flow.start}, [(move.source, move.target) for move in flow.moves])
    ends = {step.id for step in flow.steps if step.final}
    saved = _closure(ends, [(move.target, move.source) for move in flow.moves])
    faults += [f"{flow.id}：走不到步骤 {step.id}" for step in flow.steps if step.id not in reached]
    faults += [f"{flow.id}：步骤 {step.id} 走不到终点" for step in flow.steps if step.id not in saved]
    if len(known) != len(flow.steps):
        faults.append(f"{flow.id}：步骤重名")
    return tuple(faults)


def _closure(start: set[str], pairs: list[tuple[str, str]]) -> set[str]:
    reached = set(start)
    while True:
        more = {target for source, target in pairs if source in reached} - reached
        if not more:
            return reached
        reached |= more


def mermaid(flow: Flow) -> str:
    """The page `docs/flows/<id>.md`: a drawing for people, kept equal by a test."""
    clocks = {"runs": "计时", "paused": "暂停计时", "stopped": "不计时"}
    lines = [f"# {flow.name} (`{flow.id}`)", "", "```mermaid", "stateDiagram-v2", f"  [*] --> {flow.start}"]
    lines += [f"  {step.id}: {step.name}（{step.place}，{clocks[step.clock]}）" for step in flow.steps]
    lines += [f"  {move.source} --> {move.target}: {move.act}" for move in flow.moves]
    lines += [f"  {step.id} --> [*]" for step in flow.steps if step.final]
    return "\n".join([*lines, "```", ""])
