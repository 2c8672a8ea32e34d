"""What the basis page says about a trial calculation."""

from __future__ import annotations

from dataclasses import replace

from counter_app.services.visit_view import EstimateStepView, EstimateView
from tests.fakes.case_snapshots import BX02, YD01
from ui.viewmodels import grounds
from ui.views.basis import basis_lines

STEP = EstimateStepView(
    "顺产定额：3,500.00 元", "maternity.employee.natural", "3500", "rizhao", "2021-07-01", "R73"
)


def said(found: EstimateView) -> list[str]:
    return [words for name, words in basis_lines(replace(BX02, estimate=found), True) if name == "试算"]


def test_steps_carry_their_period_and_source_and_a_caution() -> None:
    (words,) = said(EstimateView(350_000, "定额支付", (EstimateStepView("按分娩日"), STEP)))
    lines = words.split("\n")
    assert lines[0] == "定额支付 3,500.00 元"
    assert lines[1:3] == ["1. 按分娩日", "2. 顺产定额：3,500.00 元〔2021-07-01 起，R73〕"]
    assert "仅供参考" in lines[-1]


def test_a_missing_parameter_is_named_and_no_amount_is_said() -> None:
    (words,) = said(EstimateView(None, "", (), ("起付线", "支付比例")))
    assert words == "本地尚未公布：起付线、支付比例。不作试算。"


def test_answers_that_cannot_be_calculated_with_are_said() -> None:
    (words,) = said(EstimateView(because="分娩日期晚于结算日期。"))
    assert "分娩日期晚于结算日期" in words


def test_a_type_without_a_sum_says_nothing() -> None:
    assert not [name for name, _ in basis_lines(BX02, True) if name == "试算"]


def test_the_rules_the_answers_and_every_material_can_be_objected_to() -> None:
    lines = dict(basis_lines(YD01, True, "日照市"))
    assert lines["适用规则"] == "日照市规则　异地安置退休人员备案（YD01）　跨省"
    assert "备案类型：异地安置退休人员" in lines["所用内容"]
    assert "短信提醒：是" in lines["所用内容"]
    wanted = lines["材料"].split("\n")
    assert len(wanted) == len(YD01.materials)
    assert "按所填内容需要，可容缺后补，可告知承诺代替；现在 ✕ 缺" in wanted[1]
    assert "主要材料，必须收齐，不能容缺" in wanted[0]


def test_what_is_not_required_says_so_and_a_diagnosis_is_not_repeated() -> None:
    assert grounds.why(replace(YD01.materials[1], required=False)) == "按所填内容可不交"
    ill = tuple(replace(f, sensitive="diagnosis") if f.key == "icd" else f for f in BX02.fields)
    words = grounds.inputs(replace(BX02, fields=ill))
    assert "高血压" not in words
    assert "主要诊断：（不在屏上显示）" in words
