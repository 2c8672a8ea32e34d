"""A reviewer's port that answers what a test says, never on the UI thread, and remembers what was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count

from counter_app.catalog.reasons import Reason, reasons
from counter_app.domain.actor import Actor
from counter_app.problems import Problem
from counter_app.services.review_view import (
    AnswerLine,
    CaseSheet,
    Decision,
    LightView,
    MaterialLine,
    ObjectionLine,
    Offer,
    PartLine,
    SumLine,
    SumView,
    TurnLine,
    WorkRow,
)

GREEN = LightView("green", "2026-12-21", 12)
YELLOW = LightView("yellow", "2026-11-24", 1)
RED = LightView("red", "2026-11-18", -3)
PAUSED = LightView("paused")
ABOUT = LightView("green", "2027-01-11", 30, True)
LONG_NAME = "参加职工基本医疗保险的灵活就业人员异地急诊住院医疗费用手工报销（省外）"


def row(nth: int, promised: LightView = GREEN, statutory: LightView = GREEN, **more: object) -> WorkRow:
    """One line of the list."""
    made = WorkRow(
        f"case-{nth}",
        f"261123-001-K7Q-{nth:04d}-5",
        "门诊慢特病病种待遇认定",
        "欧**远",
        "慢特病岗",
        "分办",
        "",
        promised,
        statutory,
    )
    return replace(made, **more)  # type: ignore[arg-type]


ROWS = (
    row(1, RED, YELLOW),
    row(2, YELLOW, GREEN, step_name="初审", holder="0420", mine=True),
    row(
        3, YELLOW, GREEN, type_name=LONG_NAME, desk="待遇审核岗", step_name="复核", holder="0421", money=True
    ),
    row(4, GREEN, ABOUT),
    row(5, PAUSED, PAUSED, desk="窗口", step_name="容缺受理", deferred=2),
    *(row(nth) for nth in range(6, 30)),
)
CLAIM = Offer("claim", "领件")
TRANSFER = Offer("transfer", "转办", True, ("desk",))
PASS = Offer("pass", "初审通过")
RETURN = Offer("return", "退回补正", True)
REFUSE = Offer("refuse", "不予办理", True)
EXTEND = Offer("extend", "申请延期", True, ("days",))
SETTLE = Offer("pass", "初审通过", False, ("amount",))
SAME = Offer("second", "复核通过", blocked="初审是您通过的，复核请交另一位同事。")
MATERIALS = (
    MaterialLine("M_ID", "医保电子凭证、有效身份证件或社会保障卡（任一）", "by_card", "verify_original", 1),
    MaterialLine("M_INV", "医院收费票据", "received", "original", 5, ("a" * 64, "b" * 64, "c" * 64)),
    MaterialLine("M_REC", "出院记录（病案首页、诊断证明）", "committed", "copy", 1, (), "2026-12-21"),
    MaterialLine("M_EXAM", "检查检验报告", "deferred", "copy", 1, (), "2026-12-04"),
)
ANSWERS = (
    AnswerLine("psn_name", "姓名", "欧**远", True),
    AnswerLine("certno", "证件号码", "••••", True),
    AnswerLine("insutype", "险种", "职工基本医疗保险"),
    AnswerLine("tel", "联系电话", "138****1526", True),
    AnswerLine("fixmedins_name", "医院名称（目录外或境外）", "示例省第一人民医院心血管病诊疗中心"),
    AnswerLine("adm_date", "入院日期", "2026-10-08"),
    AnswerLine("dscg_date", "出院日期", "2026-10-20"),
)
HISTORY = (
    TurnLine("2026-11-23 09:21", "分办", "系统", "慢特病岗"),
    TurnLine("2026-11-23 10:02", "领件", "周衡 0420", "慢特病岗"),
    TurnLine("2026-11-24 15:40", "退回补正", "周衡 0420", "慢特病岗", "材料字迹、印章或影像不清，须重新提交"),
)
SUM = SumView(
    "基金支付",
    1_579_458,
    (
        SumLine("总费用 23,456.78 元，减去自费与超限价部分 2,345.67 元", ""),
        SumLine("按三级医院 80% 报销", "2026-01-01 起，R68 R73"),
    ),
)

OBJECTIONS = (
    ObjectionLine(
        "2026-11-20 09:31",
        "试算",
        "群众说去年同样的住院报了一万八，认为自费部分多扣了两千元",
        "《基本医疗保险跨省异地就医直接结算经办规程》",
    ),
    ObjectionLine("2026-11-20 09:36", "群众核对", "群众在副屏上按了“有误”"),
)


def sheet(of: WorkRow, *offers: Offer, **more: object) -> CaseSheet:
    """One case whole."""
    made = CaseSheet(
        row=of,
        step="first_review",
        accepted_on="2026-11-23",
        received_on="2026-11-20",
        party="kin",
        agent="王*敏（女儿）",
        situation="",
        answers=ANSWERS,
        materials=MATERIALS,
        commitments=("出院记录（病案首页、诊断证明）",),
        history=HISTORY,
        parts=(PartLine(of.desk, "first_review", of.holder),),
        offers=offers,
        desks=("异地结算岗", "待遇审核岗", "生育待遇岗"),
    )
    return replace(made, **more)  # type: ignore[arg-type]


class FakeReviewing:
    """Rows and sheets by case; `away` cuts the hub off, `refusal` is what a decision meets."""

    def __init__(self) -> None:
        self.actor = Actor("0420", "周衡", ("reviewer",))
        self.rows = ROWS
        self.sheets = {one.case_id: sheet(one, CLAIM, TRANSFER) for one in ROWS}
        self.sheets["case-2"] = sheet(ROWS[1], PASS, EXTEND, RETURN, REFUSE)
        self.sheets["case-3"] = sheet(
            ROWS[2], SAME, step="second_review", amount=1_579_458, sum=SUM, objections=OBJECTIONS
        )
        self.away = False
        self.refusal: Problem | None = None
        self.decided: list[tuple[str, Decision, str]] = []
        self.looked: list[str] = []
        self.opened = {"psn_name": AnswerLine("psn_name", "姓名", "欧阳修远", True)}
        self.after: Callable[[CaseSheet, Decision], CaseSheet] = lambda seen, said: seen
        self._ids = count(1)
        self._ui_thread = threading.get_ident()

    def new_request(self) -> str:
        return f"r{next(self._ids)}"

    def work(self, desk: str = "") -> tuple[WorkRow, ...]:
        self._ask()
        return tuple(one for one in self.rows if desk in ("", one.desk))

    def sheet(self, case_id: str, part: str = "") -> CaseSheet:
        self._ask()
        return self.sheets[case_id]

    def reveal(self, case_id: str, part: str, request_id: str) -> CaseSheet:
        self._ask()
        self.looked.append(case_id)
        seen = self.sheets[case_id]
        whole = tuple(self.opened.get(a.key, a) for a in seen.answers)
        return replace(seen, answers=whole, row=replace(seen.row, person="欧阳修远"), revealed=True)

    def reasons(self, act: str) -> tuple[Reason, ...]:
        return reasons(act)

    def decide(self, seen: CaseSheet, said: Decision, request_id: str) -> CaseSheet:
        self._ask()
        if self.refusal is not None:
            raise self.refusal
        self.decided.append((seen.row.case_id, said, request_id))
        return self.after(seen, said)

    def page(self, ref: str) -> bytes:
        self._ask()
        return b"no picture"

    def uncovered(self, case_id: str, ref: str, why: str, request_id: str) -> bytes:
        self._ask()
        self.looked.append(f"{case_id} {ref} {why}")
        return b"no picture either"

    def cover(self, seen: CaseSheet, ref: str, boxes: Sequence[Sequence[int]], request_id: str) -> CaseSheet:
        self._ask()
        case_id, told = seen.row.case_id, tuple((x, y, wide, high) for x, y, wide, high in boxes)
        self.sheets[case_id] = replace(self.sheets[case_id], laid=((ref, told),))
        return self.sheets[case_id]

    def _ask(self) -> None:
        assert threading.get_ident() != self._ui_thread, "the hub was asked on the UI thread"
        if self.away:
            raise Problem("hub-away", "hub")
