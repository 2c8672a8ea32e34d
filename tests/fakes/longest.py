"""The longest of everything that can stand at the window at once."""

from __future__ import annotations

from dataclasses import replace

from counter_app.services.visit_view import CaseTile, EstimateStepView, EstimateView, MaterialView
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import BX02, YD01

NAME = "阿卜杜热合曼·买买提吐尔逊·艾合买提江·阿布都克里"  # 25 characters
UNIT = "中国（山东）自由贸易试验区青岛片区某某国际综合保税物流与跨境供应链管理服务有限责任公司日照岚山分公司"
ADDRESS = (
    "新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿克陶县布伦口乡恰克拉克村"
    "第三村民小组团结中路一百二十八号院内东侧二层楼房三单元一千二百零四室"
)
SUM = 12_345_678_901  # 分: nine digits of 元
MATTER = "参加职工基本医疗保险的灵活就业人员异地急诊住院医疗费用手工报销（省外）"
MATERIALS = tuple(
    MaterialView(
        f"M_{nth}",
        f"{nth + 1}．医疗机构加盖公章的住院病历首页、出院记录及费用明细汇总清单（第 {nth + 1} 次住院）",
        ("received", "missing", "deferred", "committed", "by_card", "shared", "not_needed")[nth % 7],
        nth % 3 != 2,
        "original",
        nth % 4,
        core=nth % 5 == 0,
        can_defer=("yes", "no", "supervisor")[nth % 3],
        can_commit=nth % 2 == 0,
        due_on="2026-12-29" if nth % 7 == 2 else "",
        pages=tuple("abc"[: nth % 4]),
    )
    for nth in range(40)
)
BILLS = tuple(
    (f"{3706012600000000 + nth}", "2026-10-14", UNIT, "123456789.01" if nth == 0 else "98765432.10")
    for nth in range(12)
)
FIELDS = {
    "hospital": ("H1", UNIT),
    "bank_name": (UNIT, ""),
    "icd": ("I10", "伴有心力衰竭的高血压性心脏病和肾脏病"),
}
CASE = replace(
    BX02,
    name=MATTER,
    fields=tuple(
        replace(field, rows=BILLS)
        if field.key == "invoices"
        else replace(field, value=FIELDS[field.key][0], display=FIELDS[field.key][1])
        if field.key in FIELDS
        else field
        for field in (*BX02.fields, replace(YD01.fields[-1], value=ADDRESS))
    ),
    materials=MATERIALS,
    estimate=EstimateView(
        SUM,
        "统筹基金支付（含大病保险、医疗救助）",
        tuple(
            EstimateStepView(
                f"第 {nth + 1} 段：123,456,789.01 元 × 85%，封顶 123,456,789.00 元", "inpatient.rate"
            )
            for nth in range(14)
        ),
    ),
)
PERSON = replace(s.LONG_PERSON, name=NAME, balance=SUM, tel="+86-138****6620", insuplc="659006")
EMPLOYER = replace(s.EMPLOYER, name=UNIT)
TILES = tuple(
    CaseTile(f"t{nth}", nth + 1, MATTER, NAME, "materials", problems=12, deferred=40) for nth in range(9)
)
VIEW = replace(
    s.LONG,
    case=CASE,
    principals=(PERSON, *s.LONG.principals[1:2], EMPLOYER),
    speaker=replace(s.SPEAKER, person=replace(s.DAUGHTER, name=NAME)),
    tiles=(replace(s.TILES[0], case_id=CASE.case_id, name=MATTER, principal=NAME), *TILES),
)
UNIT_VIEW = replace(VIEW, current_principal="e1")
DONE = replace(
    VIEW,
    case=replace(CASE, step="done", number="261122-001-A2B-0001-K", papers=s.PAPERS * 4),
)
