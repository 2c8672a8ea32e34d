"""Contents of papers about people who do not exist: of an ordinary day, and what is varied from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from counter_app.domain.papers import (
    Agency,
    PaperAnswer,
    PaperBundle,
    PaperContent,
    PaperMaterial,
    PaperStep,
)

CASE = "261123-001-K7Q-0001-5"
AGENCY = Agency(
    name="示例市医疗保险事业中心",
    hall="示例市政务服务中心医保大厅",
    address="示例市学苑路 1 号二楼",
    tel="0633-8000000",
    supervision_tel="0633-8000001",
    region="demo",
    region_name="示例市",
)
MATERIALS = [
    PaperMaterial("医保电子凭证、有效身份证件或社会保障卡", "verify_original", 1, "by_card"),
    PaperMaterial("病历资料（出院记录、检查检验报告）", "copy", 1, "received", True),
    PaperMaterial("门诊慢特病病种待遇认定申请表", "signed_form", 1, "received"),
    PaperMaterial("定点医院医师鉴定意见", "original", 1, "deferred", due_on="2026-12-04"),
]
PERSON = PaperContent(
    kind="SLTZ",
    number=CASE,
    case_number=CASE,
    issued_at="2026-11-23T09:20:00+08:00",
    agency=AGENCY,
    applicant_name="欧阳𬱖䶮",
    applicant_certno="371102********0019",
    insutype="310",
    insuplc="示例市市本级",
    agent_mode="self",
    type_id="MT02",
    type_name="门诊慢特病病种待遇认定",
    situation="首次认定",
    national_item="门诊慢特病病种待遇认定",
    submitted_at="2026-11-23T09:05:00+08:00",
    accepted_at="2026-11-23T09:20:00+08:00",
    window="3",
    clerk_name="陈静",
    clerk_no="0317",
    materials=MATERIALS,
    answers=[
        PaperAnswer("申报病种", "M03900"),
        PaperAnswer("联系电话", "138****1526"),
        PaperAnswer("鉴定医院", "示例市人民医院"),
    ],
    commitments=["无第三方责任"],
    statutory_days=30,
    statutory_basis="《示例市医疗保障经办规程》第十二条",
    promised_days=20,
    due_on="2026-12-21",
    excluded_stages=["容缺补交", "专家评审"],
    result_delivery="窗口领取或邮寄，请凭受理编号",
    account_tail="1526",
    enquiry_code=CASE,
    seals=["机构业务专用章"],
    pack="demo-2026.11",
)
LATER = replace(
    PERSON,
    number="261130-001-K7Q-0007-2",
    issued_at="2026-11-30T15:40:00+08:00",
    materials=[],
    answers=[],
    commitments=[],
    statutory_days=None,
    statutory_basis="",
    promised_days=None,
    due_on="",
    excluded_stages=[],
    account_tail="",
    result_delivery="",
    remedy="对本单据有异议的，可以向示例市医疗保险事业中心申请核实。",
)
EMPLOYER = replace(
    PERSON,
    applicant_name="示例市向阳面粉加工有限公司",
    applicant_certno="",
    insutype="",
    insuplc="",
    emp_name="示例市向阳面粉加工有限公司",
    uscc="91350100M000100Y43",
    agent_name="买买提·艾合买提",
    agent_certno_tail="1242",
    agent_mode="employer",
    agent_relation="单位经办人",
    type_id="CB01",
    type_name="单位参保登记",
    situation="新设立单位",
    national_item="单位参保登记",
    materials=[PaperMaterial("营业执照（统一社会信用代码证）", "electronic", 1, "shared")],
    answers=[PaperAnswer("参保险种", "职工基本医疗保险"), PaperAnswer("职工人数", "23")],
    commitments=[],
    account_tail="",
)
INSTANT = replace(
    PERSON,
    kind="YWHZ",
    applicant_name="阿卜杜热合曼江·买买提吐尔逊江",
    applicant_certno="653125********0019",
    agent_mode="kin",
    agent_name="古丽娜尔·艾合买提",
    agent_certno_tail="1242",
    agent_relation="女儿",
    helper="李敏（帮办）",
    type_id="YD01",
    type_name="异地安置退休人员备案",
    situation="",
    national_item="异地安置退休人员备案",
    answers=[
        PaperAnswer("安置地", "示例省示例市示例区"),
        PaperAnswer("备案起始日期", "2026-11-23"),
        PaperAnswer("联系电话", "139****0000"),
    ],
    materials=[
        PaperMaterial("医保电子凭证、有效身份证件或社会保障卡", "verify_original", 1, "by_card"),
        PaperMaterial("居住证明", "", 0, "committed"),
    ],
    commitments=["长期居住在安置地"],
    promised_days=0,
    due_on="2026-11-23",
    excluded_stages=[],
    account_tail="",
    nth=1,
    of=2,
)
STEPS = [
    PaperStep("总费用", 2_345_678),
    PaperStep("减去自费与超限价部分", -234_567),
    PaperStep("减去乙类先行自付", -56_789, "乙类先行自付比例 10%", "示例市", "2026-01-01"),
    PaperStep("减去起付线", -80_000, "二级医院起付线", "示例市", "2026-01-01"),
    PaperStep("按比例报销", 1_579_458, "二级医院报销比例 80%", "示例市", "2026-01-01"),
]
BUNDLES = [
    PaperBundle("病历资料（出院记录、检查检验报告）", "copy", 12),
    PaperBundle("门诊慢特病病种待遇认定申请表", "signed_form", 2),
    PaperBundle("住院费用总清单", "original", 31, "第 7 页有涂改，已请申请人说明"),
]
QUERY: dict[str, Any] = {
    "type_name": "参保信息查询",
    "materials": [],
    "commitments": [],
    "results": [
        PaperAnswer("参保状态", "正常参保"),
        PaperAnswer("人员类别", "职工退休"),
        PaperAnswer("参保单位", "示例市第一纺织厂"),
        PaperAnswer("个人账户余额", "3,218.40 元"),
    ],
    "as_of": "2026-11-22",
}
ENDED = [PaperAnswer("参保状态", "终止参保"), *QUERY["results"][1:]]
ABSENT = PaperAnswer("缴费记录", "本机没有这项数据，未列出")
