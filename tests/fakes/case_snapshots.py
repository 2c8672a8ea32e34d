"""Cases with long real words, as a desk's snapshots hold them, for pictures and key tests."""

from __future__ import annotations

from dataclasses import replace

from counter_app.services.visit_view import (
    CaseView,
    ChoiceView,
    FieldView,
    MaterialView,
    ProblemView,
    QuestionView,
    VerdictView,
)

PLACES = tuple(
    ChoiceView(code, label)
    for code, label in (
        ("310000", "上海市"),
        ("310115", "上海市浦东新区"),
        ("110000", "北京市"),
        ("370100", "山东省济南市"),
        ("371100", "山东省日照市"),
        ("500000", "重庆市"),
        ("659006", "新疆维吾尔自治区铁门关市"),
    )
)
KINDS = (
    ChoiceView("A", "临时外出就医"),
    ChoiceView("B", "异地安置退休人员"),
    ChoiceView("C", "异地长期居住人员"),
)


def problem(code: str, where: str, title: str, cause: str, advice: str) -> ProblemView:
    """A refusal."""
    return ProblemView(code, title, cause, advice, where)


YD01 = CaseView(
    case_id="c1",
    type_id="YD01",
    name="异地安置退休人员备案",
    situation="cross",
    situations=(ChoiceView("cross", "跨省"), ChoiceView("inner", "省内")),
    step="fill",
    principal_key="p1",
    fields=(
        FieldView(
            "psn_name",
            "姓名",
            "text",
            "李*芳",
            required=True,
            editable=False,
            source="card",
            sensitive="name",
        ),
        FieldView(
            "certno",
            "证件号码",
            "cert_no",
            "370102********1526",
            required=True,
            editable=False,
            source="card",
        ),
        FieldView("kind", "备案类型", "enum", "B", "异地安置退休人员", True, choices=KINDS),
        FieldView(
            "mode",
            "申报方式",
            "enum",
            "1",
            "承诺制（免居住证）",
            True,
            choices=(ChoiceView("1", "承诺制（免居住证）"),),
        ),
        FieldView("place", "备案地", "admdvs", "", required=True, choices=PLACES),
        FieldView("hospital", "就医地定点医药机构", "institution_code", "", hint="全部定点（不限机构）"),
        FieldView("from", "备案开始日期", "date", "2026-12-01", required=True),
        FieldView("to", "备案结束日期", "date", ""),
        FieldView("tel", "联系电话", "phone", "138****6620", required=True, source="hub", sensitive="id"),
        FieldView("sms", "短信提醒", "bool", "yes"),
        FieldView(
            "addr",
            "居住地详细地址",
            "text",
            "上海市浦东新区世纪大道某某弄某某花园二十三号楼一单元一八零二室（女儿住址）",
            wide=True,
            source="earlier",
        ),
    ),
    materials=(
        MaterialView(
            "M_ID", "医保电子凭证、有效身份证件或社会保障卡", "by_card", True, "verify_original", core=True
        ),
        MaterialView(
            "M_SETTLE",
            "异地安置认定材料（户口簿首页和本人常住人口登记卡）",
            "missing",
            True,
            "copy",
            1,
            can_defer="yes",
            can_commit=True,
        ),
        MaterialView("M_CNS", "长期异地居住人员个人承诺书", "committed", True, "signed_form", 1),
        MaterialView("M_POA", "授权委托书", "received", True, "signed_form", 1, core=True),
        MaterialView(
            "M_AGENT",
            "代办人有效身份证件",
            "deferred",
            True,
            "verify_original",
            due_on="2026-11-29",
            can_defer="yes",
        ),
    ),
    questions=(QuestionView("lives", "是否已在备案地长期居住六个月以上？", ""),),
    verdict=VerdictView("instant", basis="《基本医疗保险跨省异地就医直接结算经办规程》", pack="2026.11.2"),
    last_time={"place": "上海市", "tel": "138****6620"},
)
WRONG = replace(
    YD01,
    fields=tuple(
        replace(
            f,
            value="2026-11-01",
            problem=problem(
                "field-rule", "to", "内容不符合规则", "结束早于开始。", "请改为 2026-12-01 或之后。"
            ),
        )
        if f.key == "to"
        else replace(
            f,
            value="shs",
            problem=problem(
                "field-admdvs",
                "place",
                "区划代码不正确",
                "“shs”不在区划表内。",
                "请从列表中选择到市级统筹区。",
            ),
        )
        if f.key == "place"
        else f
        for f in YD01.fields
    ),
    problems=(
        problem(
            "field-admdvs", "place", "区划代码不正确", "“shs”不在区划表内。", "请从列表中选择到市级统筹区。"
        ),
        problem("field-rule", "to", "内容不符合规则", "结束早于开始。", "请改为 2026-12-01 或之后。"),
        problem(
            "material-missing",
            "material:M_SETTLE",
            "材料还没有收齐",
            "缺：异地安置认定材料（户口簿首页和本人常住人口登记卡）。",
            "请收取、容缺或承诺后再提交。",
        ),
        problem(
            "agent-incomplete", "party", "代办人信息不全", "还缺：联系电话。", "请读代办人身份证或补填。"
        ),
    ),
)
COLUMNS = (
    FieldView("no", "票据号码", "text", required=True),
    FieldView("date", "开票日期", "date", required=True),
    FieldView("hospital", "开票医疗机构", "text"),
    FieldView("amount", "票据金额", "money", required=True),
)
INVOICES = tuple(
    (f"37060126{n:04d}", f"2026-10-{n + 8:02d}", "日照市人民医院（东港院区）", f"{1200 + n * 371}.50")
    for n in range(5)
)
BX02 = CaseView(
    case_id="c2",
    type_id="BX02",
    name="住院费用手工（零星）报销",
    situation="normal",
    situations=(ChoiceView("normal", "普通住院"),),
    step="fill",
    principal_key="p1",
    fields=(
        FieldView(
            "hospital",
            "就诊医疗机构",
            "institution_code",
            "H371102",
            "日照市人民医院",
            True,
            choices=(ChoiceView("H371102", "日照市人民医院"),),
        ),
        FieldView(
            "icd",
            "主要诊断",
            "icd",
            "I10",
            "原发性高血压",
            True,
            choices=(ChoiceView("I10", "原发性高血压"),),
        ),
        FieldView("in", "入院日期", "date", "2026-10-02", required=True),
        FieldView("out", "出院日期", "date", "2026-10-14", required=True),
        FieldView("invoices", "票据", "table", required=True, wide=True, columns=COLUMNS, rows=INVOICES),
        FieldView(
            "bank",
            "收款账号",
            "bank_card",
            "****************3321",
            required=True,
            group="bank",
            sensitive="bank",
        ),
        FieldView("bank_name", "开户银行", "text", "中国工商银行股份有限公司日照东港支行", group="bank"),
        FieldView(
            "causes",
            "费用类别",
            "multi_enum",
            "1,3",
            group="",
            choices=(
                ChoiceView("1", "住院"),
                ChoiceView("2", "急诊转住院"),
                ChoiceView("3", "异地未直接结算"),
            ),
        ),
    ),
    materials=(
        MaterialView(
            "M_INV",
            "医疗费用收据原件",
            "received",
            True,
            "original",
            5,
            core=True,
            pages=("a", "b", "c", "d", "e"),
        ),
    ),
    verdict=VerdictView(
        "limited",
        "2026-12-28",
        estimated=True,
        statutory_days=30,
        promised_days=20,
        basis="《社会保险经办条例》第十九条",
        pack="2026.11.2",
        warnings=("clock-suspect",),
    ),
)
