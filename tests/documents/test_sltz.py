"""受理通知书 says its 24 items, and nothing it must not (hall practice, section 3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.documents.conftest import drawn, words
from tests.documents.contents import EMPLOYER, PERSON

FULL = replace(
    PERSON,
    agent_mode="agent",
    agent_name="欧阳晓",
    agent_relation="儿子",
    agent_certno_tail="1242",
    authorisation_no="SQ-2026-0007",
    helper="李敏",
    nth=2,
    of=3,
    is_offline=True,
    offline_unverified=["insurance", "identity"],
    due_is_estimated=True,
)


@pytest.mark.parametrize(
    ("item", "sentences"),
    [
        (1, ["示例市医疗保险事业中心", "受理通知书", "编号：261123-001-K7Q-0001-5", "验真码"]),
        (2, ["欧阳𬱖䶮", "371102********0019", "职工基本医疗保险", "示例市市本级"]),
        (4, ["欧阳晓（儿子）", "后四位1242", "授权代理", "SQ-2026-0007", "李敏"]),
        (5, ["门诊慢特病病种待遇认定（首次认定）（本次第2件，共3件）", "国家子项"]),
        (6, ["提交时间2026年11月23日09:05"]),
        (7, ["受理时间2026年11月23日09:20"]),
        (8, ["3号窗口", "陈静（工号0317）"]),
        (9, ["病历资料（出院记录、检查检验报告）", "复印件1份", "读卡核验，免交", "当场提交", "签字表单1份"]),
        (10, ["核对后退还", "留存"]),
        (11, ["容缺2026年12月4日前补交", "送交原窗口或任一综合窗口", "逾期未补交"]),
        (12, ["已作书面承诺的事项：无第三方责任"]),
        (13, ["法定时限30个工作日（《示例市医疗保障经办规程》第十二条）"]),
        (14, ["承诺时限20个工作日"]),
        (15, ["应办结日2026年12月21日（暂估）", "放假安排尚未公布"]),
        (16, ["不计时环节容缺补交、专家评审"]),
        (17, ["不收取任何费用"]),
        (18, ["窗口领取或邮寄，请凭受理编号", "代领的，还须出示代领人有效身份证件"]),
        (19, ["尾号1526"]),
        (20, ["0633-8000000", "0633-8000001", "12393", "12345", "进度查询"]),
        (21, ["受理不等于核准", "以审核结果为准", "试算结果仅供参考"]),
        (22, ["提供虚假材料的依法承担责任", "个人信息仅用于办理本事项"]),
        (23, ["以下项目尚未联网核验：参保状态与待遇、身份信息", "不因数据上传时间推迟而改变"]),
        (24, ["盖机构业务专用章", "2026年11月23日", "申请人（代办人）签收", "一式两份"]),
    ],
)
def test_item_is_said(item: int, sentences: list[str]) -> None:
    told = words("".join(drawn(FULL).lines))
    for sentence in sentences:
        assert sentence in told, item


def test_unit_and_its_code_are_said() -> None:
    told = words("".join(drawn(replace(EMPLOYER, kind="SLTZ")).lines))
    assert "单位名称示例市向阳面粉加工有限公司" in told
    assert "91350100M000100Y43" in told
    assert "买买提·艾合买提（单位经办人）" in told


def test_a_promise_is_printed_only_if_given() -> None:
    told = words("".join(drawn(replace(PERSON, promised_days=None)).lines))
    assert "承诺时限" not in told
    assert "法定时限30个工作日" in told
    told = words("".join(drawn(replace(PERSON, statutory_days=None)).lines))
    assert "法定时限" not in told
    assert "《示例市医疗保障经办规程》" not in told


def test_nothing_unknown_is_printed() -> None:
    """No label without a value, no sentence with a hole."""
    bare = replace(
        PERSON,
        insuplc="",
        agent_mode="",
        national_item="",
        situation="",
        materials=[],
        answers=[],
        commitments=[],
        statutory_days=None,
        promised_days=None,
        due_on="",
        excluded_stages=[],
        result_delivery="",
        account_tail="",
        enquiry_code="",
        agency=replace(PERSON.agency, tel="", supervision_tel="", address=""),
    )
    lines = drawn(bare).lines
    for label in (
        "参保地",
        "办理方式",
        "国家子项",
        "材料清单",
        "填报内容",
        "法定时限",
        "应办结日",
        "收款账户",
    ):
        assert not any(label in line for line in lines)
    assert not any("{" in line or "None" in line or "  " in line for line in lines)
    assert not any("电话" in line and "0633" in line for line in lines)


def test_no_seal_no_frame() -> None:
    assert not any("盖" in line for line in drawn(replace(PERSON, seals=[])).lines)
