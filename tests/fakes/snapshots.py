"""Snapshots with long real words, for pictures and key tests of the desk."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.tickets import LineState
from counter_app.services.session_view import SessionView, Someone
from counter_app.services.visit_view import (
    CaseTile,
    ChoiceView,
    EstimateStepView,
    EstimateView,
    HeldView,
    PaperView,
    PersonView,
    PromptView,
    SpeakerView,
    TicketView,
    VisitView,
)
from tests.fakes.case_snapshots import WRONG, YD01, problem
from tests.fakes.visit import PERSON

LONG_NAME = "阿卜杜热合曼·买买提吐尔逊·艾合买提江·阿布都克里木"
LONG_EMPLOYER = "日照市东港区石臼街道某某国际物流与供应链管理服务有限公司第三分公司"
RARE_NAME = "𬱖䶮"

EMPTY = VisitView(
    revision=1,
    clerk_no="0317",
    clerk_name="陈静",
    window="3",
    region="日照市",
    hall="日照市政务服务大厅",
    line=LineState(7, 1, 11 * 60000),
    pack="2026.11.2",
    synthetic=True,
)
SECURED = SessionView(is_secured=True)
LEFT = SessionView(is_secured=True, is_signed_in=False)
DEMO = SessionView(
    choices=(
        Someone("0317", "陈静", "综合窗口"),
        Someone("0318", "林晓", "综合窗口"),
        Someone("0319", "周楠", "综合窗口"),
        Someone("0301", "何主任", "值班主管"),
    )
)
TICKET = TicketView("t1", "A012", "priority", "MED_COMP", "2026-11-22T09:10:00+08:00", 252_000, "")
SUGGESTIONS = tuple(
    ChoiceView(code, label)
    for code, label in (
        ("YD01", "异地安置退休人员备案"),
        ("MT02", "门诊慢特病待遇认定"),
        ("BX02", "住院费用手工（零星）报销"),
        ("CB06", "新生儿参保登记"),
        ("GZ02", "职工医保个人账户家庭共济绑定"),
        ("CB01", "单位参保登记"),
    )
)


TILES = (
    CaseTile("c1", 1, "异地安置退休人员备案", "李*芳", "fill", problems=2),
    CaseTile("c2", 2, "住院费用手工（零星）报销", "李*芳", "materials", deferred=1),
    CaseTile("c3", 3, "职工医保个人账户家庭共济绑定", "王*明", "check"),
)
DAUGHTER = PersonView(
    "s1", "王*", gend="2", age=52, certno="370102********2244", evidence="id_card", witness="verified"
)
SPEAKER = SpeakerView(
    "kin",
    DAUGHTER,
    {
        "agnter_name": "王*",
        "agnter_cert_type": "01",
        "agnter_certno": "370102********2244",
        "agnter_rlts": "子女",
        "agnter_addr": "上海市",
    },
    missing=("联系电话",),
    allowed=("self", "kin", "agent", "guardian"),
)
CALLED = replace(EMPTY, visit_open=True, ticket=TICKET)
KNOWN = replace(
    CALLED,
    principals=(PERSON,),
    current_principal="p1",
    speaker=SpeakerView("self", allowed=("self", "kin", "agent")),
    suggestions=SUGGESTIONS,
    saved_at="2026-11-22T09:14:08+08:00",
)
FILLING = replace(KNOWN, tiles=TILES, case=YD01, undo_label="备案类型", speaker=replace(SPEAKER, missing=()))
LONG_PERSON = replace(
    PERSON,
    name=LONG_NAME,
    flags=("高龄优先", "慢特病 3 种", "异地备案有效至 2027-12-31", "居民医保 2027 年未缴费"),
    unverified=("insurance", "name"),
    card_present=False,
    as_of="2026-11-21T22:00:00+08:00",
)
EMPLOYER = PersonView("e1", LONG_EMPLOYER, is_employer=True, certno="91371102MA3TQ8XX7H", tel="0633****1234")
LONG = replace(
    FILLING,
    principals=(LONG_PERSON, replace(PERSON, key="p2", name=RARE_NAME), EMPLOYER),
    speaker=SPEAKER,
    case=WRONG,
    helped=True,
    elder=True,
    online=False,
    unsynced=132,
)
PAPERS = (
    PaperView("261122-001-A2B-0001-K", "YWHZ", "业务办理回执", "sent", 1),
    PaperView("261122-001-A2B-0002-F", "RQCN", "容缺受理告知承诺书（一式两份）", "queued"),
    PaperView(
        "261122-001-A2B-0003-T",
        "ZMCN",
        "证明事项告知承诺书",
        "failed",
        problem=problem("printer-jam", "", "打印机卡纸或缺纸", "", "回执已保存，处理好后按“补打”。"),
    ),
)
DONE_CASE = replace(YD01, step="done", number="261122-001-A2B-0001-K", papers=PAPERS)
DONE = replace(
    FILLING, case=DONE_CASE, tiles=(replace(TILES[0], number="261122-001-A2B-0001-K", problems=0), *TILES[1:])
)
HELD = (
    HeldView("v1", "A007", ("王*明", LONG_EMPLOYER), 3, "2026-11-22T08:41:00+08:00"),
    HeldView("v2", "B003", ("欧阳*",), 1, "2026-11-22T09:02:00+08:00"),
)
PROMPTS = {
    "second_card": PromptView("second_card", ("agent", "replace", "related", "cancel"), DAUGHTER),
    "witness": PromptView("witness", ("verified", "doubtful"), PERSON),
    "leave": PromptView("leave", ("stay", "finish", "hold"), detail="还有 2 件未提交。"),
    "deceased": PromptView("deceased", ("heir", "cancel"), PERSON),
    "expired": PromptView("expired", ("other_document", "go_on"), PERSON, detail="有效期至 2024-03-01。"),
}

ESTIMATE = EstimateView(
    350_000,
    "定额支付",
    (
        EstimateStepView(
            "按分娩日还是结算日：按分娩日（原文未明，按本系统默认，待当地确认）",
            "maternity.date_basis",
            "按分娩日",
        ),
        EstimateStepView("按分娩日 2026-11-10 适用标准", region="rizhao"),
        EstimateStepView(
            "职工顺产定额：3,500.00 元",
            "maternity.employee.natural",
            "3,500.00 元",
            "rizhao",
            "2021-07-01",
            "R68 R73",
        ),
        EstimateStepView("定额支付 3,500.00 元", region="rizhao"),
    ),
)
