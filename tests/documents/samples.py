"""One content for each paper, about people who do not exist, signed by a key made for the tests."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.papers import (
    PaperAnswer,
    PaperBundle,
    PaperContent,
    PaperMaterial,
    PaperPerson,
    PaperTally,
    plain_of,
)
from counter_app.seals.device import DeviceKeys, DeviceSecrets
from counter_app.seals.receipts import content_hash, receipt_message
from tests.documents.contents import (
    ABSENT,
    AGENCY,
    BUNDLES,
    EMPLOYER,
    ENDED,
    INSTANT,
    LATER,
    MATERIALS,
    PERSON,
    QUERY,
    STEPS,
)

KEYS = DeviceKeys(signing=bytes(range(32)))
SECRETS = DeviceSecrets(KEYS)
EVENT = "01990000-0000-7000-8000-000000000000"

_KINDS: dict[str, PaperContent] = {
    "SLTZ": PERSON,
    "YWHZ": INSTANT,
    "SLHZ": replace(PERSON, agent_name="欧阳晓"),
    "CLJS": replace(PERSON, accepted_at="", statutory_days=None, promised_days=None, due_on=""),
    "BZGZ": replace(
        PERSON,
        accepted_at="",
        materials=MATERIALS[1:3],
        corrections=[
            "缺“定点医院医师鉴定意见”：请到示例市人民医院医保办公室开具，加盖公章。",
            "“门诊慢特病病种待遇认定申请表”第 2 页没有签名，请补签。",
        ],
        reply_by="2026-12-04",
        remedy=LATER.remedy,
    ),
    "RQCN": PERSON,
    "GZCN": replace(INSTANT, commitments=["申请人长期居住在安置地（示例省示例市示例区）", "无第三方责任"]),
    "BYSL": replace(
        LATER,
        accepted_at="",
        case_number=LATER.number,
        reasons=["参保地不在本统筹区，本机构无权办理。"],
        basis=["《示例市医疗保障经办规程》第八条"],
        go_to="示例县医疗保险事业中心（示例县政务服务中心一楼）",
    ),
    "BJTZ": replace(
        LATER,
        reasons=["经审核，符合门诊慢特病（M03900）认定条件，待遇自 2026年12月1日起享受。"],
        valid_from="2026-12-01",
        valid_to="2028-11-30",
        result_delivery="认定结果已存入医保系统，就医时出示社会保障卡或医保电子凭证即可",
    ),
    "DYHD": replace(
        LATER,
        type_id="BX02",
        type_name="住院费用手工报销",
        situation="",
        national_item="住院费用手工报销",
        account_tail="1526",
        amount=1_579_458,
        steps=STEPS,
    ),
    "BYBL": replace(
        LATER,
        reasons=["提交的检查报告不足以证明符合认定标准。", "鉴定意见出具日期早于规定的六个月。"],
        basis=["《示例市门诊慢特病认定标准》第三条"],
    ),
    "CHSQ": replace(LATER, reasons=["申请人改在居住地办理。"], materials=MATERIALS[1:2]),
    "ZZBL": replace(
        LATER,
        reasons=["容缺材料“定点医院医师鉴定意见”在 2026年12月4日前没有补交，也没有说明正当理由。"],
        basis=["《容缺受理告知承诺书》（编号 261123-001-K7Q-0002-3）"],
        materials=MATERIALS[1:2],
    ),
    "YQBL": replace(
        LATER, reasons=["案情复杂，需组织专家评审。"], due_on="2027-01-11", due_is_estimated=True
    ),
    "YYDF": replace(LATER, reasons=["复核专家认为，提交的检查报告仍不足以证明符合认定标准。"]),
    "CZGZ": replace(LATER, reasons=["录入的定点医疗机构与申请表不一致。"]),
    "DYTH": replace(
        LATER,
        type_id="BX02",
        type_name="住院费用手工报销",
        situation="",
        national_item="住院费用手工报销",
        amount=120_050,
        reasons=["同一张发票已在就医地直接结算，本次重复支付。"],
    ),
    "THQS": replace(
        LATER,
        agent_mode="kin",
        agent_name="欧阳晓",
        agent_relation="儿子",
        agent_certno_tail="1242",
        materials=[
            PaperMaterial("出院记录", "original", 1, "received", True),
            PaperMaterial("住院费用总清单", "original", 3, "received", True),
        ],
    ),
    "KMJS": PaperContent(
        kind="KMJS",
        number="261122-001-7K3-0009-X",
        case_number="",
        issued_at="2026-11-22T10:12:00+08:00",
        agency=PERSON.agency,
        type_id="",
        type_name="",
        window="3",
        told=["本地服务网点：示例市政务服务大厅一楼社保卡窗口"],
    ),
    "YCGZ": replace(
        LATER,
        applicant_name="",
        applicant_certno="",
        agent_mode="",
        accepted_at="",
        case_number=LATER.number,
        enquiry_code="",
        materials=[
            PaperMaterial("医保电子凭证、有效身份证件或社会保障卡", "verify_original", 1, "by_card"),
            PaperMaterial("病历资料（出院记录、检查检验报告）", "copy", 1, "received"),
            PaperMaterial("门诊慢特病病种待遇认定申请表", "signed_form", 1, "received"),
            PaperMaterial("定点医院医师鉴定意见", "original", 1, "deferred"),
        ],
        basis=["《示例市医疗保障经办规程》第十二条"],
        reasons=["不在本统筹区参保的", "所患疾病不在本市门诊慢特病病种目录内的"],
        statutory_days=30,
        promised_days=20,
        remedy="",
    ),
    "PLQD": replace(
        EMPLOYER,
        number="261123-001-K7Q-0010-3",
        case_number="261123-001-K7Q-0010-3",
        enquiry_code="261123-001-K7Q-0010-3",
        type_id="MT02",
        type_name="门诊慢特病病种待遇认定",
        situation="",
        channel="import",
        materials=[],
        answers=[
            PaperAnswer("名单人数", "4 人"),
            PaperAnswer("本次受理", "3 人"),
            PaperAnswer("退回更正", "1 人"),
        ],
        people=[
            PaperPerson("李*芳", "371102********0024", "261123-001-K7Q-0011-5", "已当场办结"),
            PaperPerson("𬱖*梅", "371103********0281", "261123-001-K7Q-0012-W", "已受理", "2026-12-21"),
            PaperPerson("买***提", "653125********0019", "261123-001-K7Q-0013-Y", "已受理"),
        ],
    ),
    "RZZD": PaperContent(
        kind="RZZD",
        number="261123-001-K7Q-0042-6",
        case_number="",
        issued_at="2026-11-23T17:22:00+08:00",
        agency=AGENCY,
        window="3",
        clerk_name="陈静",
        clerk_no="0317",
        as_of="2026-11-23",
        submitted_at="2026-11-23T08:40:00+08:00",
        helper="陈静（工号 0317）、何主任（工号 0301）",
        tally=[
            PaperTally("发号", "发号 62", "办完 55 + 过号 4 + 取消 1 + 结转 1", 1, "A047：挂起"),
            PaperTally("受理与通知书", "受理 58", "通知书、回执 58"),
            PaperTally("原件与交接单", "移交原件页数 45", "交接单页数 45"),
            PaperTally("原件签收", "移交原件页数 45", "已签收页数 45"),
            PaperTally("用章与文书", "用章次数 31", "盖章文书 31"),
            PaperTally("预印号段", "领用 20", "已用 2 + 作废 1 + 交回 17"),
            PaperTally("未打印", "未打印 0", "应为 0"),
            PaperTally("未上传", "未上传 12", "已封包 12"),
        ],
        reasons=["发号　A047（挂起）：群众去取出院记录，明日上午续办。说明人 陈静（工号 0317）"],
        told=[
            "补打：1",
            "作废：1",
            "明日到期：6",
            "补打 261123-001-K7Q-0008-A：1 次",
            "作废 261123-001-K7Q-0019-N：打印机卡纸，字迹不清",
            "12:02 交接：陈静（工号 0317） → 林晓（工号 0318）",
            "未上传 12 条已封包：261123-K7Q.ow1p，校验值 9f2c41d07be35a68",
        ],
        giver="林晓（工号 0318）",
        taker="何主任（工号 0301）",
        pack="demo-2026.11",
    ),
    "SQWT": replace(LATER, agent_name="欧阳晓", agent_relation="儿子", agent_certno_tail="1242"),
    "YJJJ": replace(
        LATER,
        giver="陈静（工号 0317）",
        giver_post="前台 3 号窗口",
        taker="周衡（工号 0402）",
        taker_post="后台审核岗",
        bundles=BUNDLES,
        remedy="",
    ),
    "ZBYS": replace(
        LATER,
        giver="周衡（工号 0402）",
        giver_post="待遇审核岗",
        taker="吴岚（工号 0418）",
        taker_post="异地结算岗",
        reasons=["票据为跨省异地就医，应由异地结算岗审核。"],
        reply_by="2026-12-08",
        statutory_days=30,
        promised_days=20,
        due_on="2026-12-21",
        bundles=BUNDLES[:2],
    ),
    "SDHZ": replace(
        LATER,
        giver="陈静（工号 0317）",
        result_delivery="窗口送达",
        taker_post="示例市政务服务中心医保大厅 3 号窗口",
        bundles=[PaperBundle("不予办理决定书", note="261130-001-K7Q-0006-8")],
    ),
    "TBCX": replace(
        LATER,
        procedure="专家评审",
        procedure_days=15,
        valid_from="2026-12-01",
        valid_to="2026-12-21",
        due_on="2027-01-13",
        due_is_estimated=True,
        reasons=["申报病种需由两名以上副主任医师集体评审认定。"],
        basis=["《示例市医疗保障经办规程》第十五条"],
    ),
    "JFZM": replace(INSTANT, **QUERY, answers=[PaperAnswer("用途", "申请公共租赁住房")]),
    "CBPZ": replace(
        INSTANT, **{**QUERY, "results": ENDED}, answers=[PaperAnswer("转出原因", "到示例省就业")]
    ),
    "CXJG": replace(
        PERSON,
        **{**QUERY, "results": [*QUERY["results"], ABSENT]},
        answers=[PaperAnswer("查询内容", "参保状态、缴费记录")],
        agent_mode="kin",
        agent_name="欧阳晓",
        agent_relation="儿子",
        agent_certno_tail="1242",
        is_offline=True,
        seals=[],
    ),
}


def sample(kind: str) -> PaperContent:
    """A content for one kind of paper, as an ordinary day brings it."""
    return replace(_KINDS[kind], kind=kind)


def proof_of(content: PaperContent) -> dict[str, str]:
    """A real signature of the test key over a content."""
    digest = content_hash(plain_of(content))
    signature = SECRETS.sign(receipt_message(content.number, EVENT, digest))
    return {"number": content.number, "event_id": EVENT, "content_hash": digest, **signature}


def public_keys() -> dict[str, bytes]:
    """What a verifier trusts."""
    return {proof_of(PERSON)["key_id"]: KEYS.public_key}
