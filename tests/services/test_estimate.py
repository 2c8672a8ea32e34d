"""The sum beside a case: explained on the desk, printed when decided, promised by nobody."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from counter_app.catalog.model import Parameter, Region
from counter_app.domain.codec import from_plain, to_plain
from counter_app.domain.papers import PaperContent
from counter_app.rehearsal import reviewers
from counter_app.services.visit_view import EstimateView
from tests.fakes.office import TestOffice
from tests.services.test_visit import case_of

BIRTH = {
    "matn_type": "顺产",
    "birctrl_matn_date": "2026-11-10",
    "fixmedins_code": "日照示范人民医院",
    "payee_name": "赵文静",
    "bank_name": "示例银行日照分行",
    "bank_acct": "6200000000000000017",
}


def file_birth(desk: TestOffice, **changes: str) -> None:
    desk.identify("zhao")
    desk.visit.open_case("SY02")
    for key, value in {**BIRTH, **changes}.items():
        desk.visit.set_field(key, value)
    for column, value in {"invo_no": "0000000017", "amount": "4200"}.items():
        desk.visit.set_cell("invoices", 0, column, value)
    for material in case_of(desk).materials:
        if material.required and material.state == "missing":
            desk.visit.receive(material.code)


def accept_birth(desk: TestOffice) -> str:
    file_birth(desk)
    desk.visit.check()
    desk.visit.submit()
    return case_of(desk).number


def estimate_of(desk: TestOffice) -> EstimateView:
    found = case_of(desk).estimate
    assert found is not None
    return found


def with_parameters(region: Region, **values: str) -> Region:
    more = tuple(Parameter(name.replace("__", "."), value) for name, value in values.items())
    return replace(region, parameters=(*region.parameters, *more))


def content_of(desk: TestOffice, number: str, kind: str) -> PaperContent:
    paper = next(p for p in desk.store.papers(number) if p.kind == kind)
    return from_plain(PaperContent, json.loads(paper.content))


def test_a_birth_is_explained_step_by_step(desk: TestOffice) -> None:
    file_birth(desk)
    found = estimate_of(desk)
    assert (found.amount, found.caption, found.missing) == (350_000, "定额支付", ())
    used = [s for s in found.steps if s.parameter == "maternity.employee.natural"]
    assert [(s.region, s.effective, s.source) for s in used] == [("rizhao", "2021-07-01", "R68 R73")]


def test_an_older_birth_takes_the_older_sum(desk: TestOffice) -> None:
    file_birth(desk, birctrl_matn_date="2021-06-30")
    assert estimate_of(desk).amount == 200_000


def test_an_unknown_parameter_gives_no_amount_and_its_name(desk: TestOffice) -> None:
    desk.identify("zhao")
    desk.visit.open_case("BX01")
    assert case_of(desk).estimate is None
    desk.visit.set_cell("invoices", 0, "amount", "100")
    found = estimate_of(desk)
    assert found.amount is None
    assert found.missing == ("起付线", "支付比例", "年度最高支付限额")


def test_a_type_without_a_sum_has_no_estimate(desk: TestOffice) -> None:
    desk.identify("zhao")
    desk.visit.open_case("YD01")
    assert case_of(desk).estimate is None


def test_answers_that_contradict_each_other_are_said_and_stop_nothing(desk: TestOffice) -> None:
    file_birth(desk, matn_type="遗传基因检测")
    found = estimate_of(desk)
    assert found.amount is None
    assert "11" in found.because
    assert case_of(desk).verdict is not None


def test_no_acceptance_paper_carries_an_amount(desk: TestOffice) -> None:
    number = accept_birth(desk)
    content = content_of(desk, number, "SLTZ")
    assert (content.amount, content.steps) == (None, [])
    assert "350000" not in json.dumps(to_plain(content))


def test_a_decided_payment_prints_how_it_came_about(desk: TestOffice) -> None:
    number = accept_birth(desk)
    reviewers.approve(desk.office, number, 350_000, "按定额核定")
    steps = content_of(desk, number, "DYHD").steps
    assert [s.amount for s in steps if s.amount] == [350_000]
    assert "试算仅供参考" in steps[-1].text
    assert {"日照市"} == {s.region for s in steps if s.effective}


@pytest.mark.parametrize("given", [{}, {"manual__deductible": "500", "manual__ratio": "0.8"}])
def test_a_payment_without_an_estimate_prints_no_steps(desk: TestOffice, given: dict[str, str]) -> None:
    region = with_parameters(desk.office.region, **given)
    desk.visit.office = replace(desk.office, region=region)
    desk.identify("yi")
    desk.visit.open_case("BX02")
    answers = {"fixmedins_code": "日照示范人民医院", "adm_date": "20261101", "dscg_date": "20261109"}
    account = {"payee_name": "测试", "bank_name": "示例银行", "bank_acct": "6200000000000000017"}
    for key, value in {**answers, **account, "dise_codg": "J18.900"}.items():
        desk.visit.set_field(key, value)
    desk.visit.set_cell("invoices", 0, "invo_no", "17")
    desk.visit.set_cell("invoices", 0, "amount", "1000")
    for material in case_of(desk).materials:
        if material.required and material.state == "missing":
            desk.visit.receive(material.code)
    desk.visit.check()
    desk.visit.submit()
    number = case_of(desk).number
    reviewers.approve(desk.visit.office, number, 40_000, "按政策核定")
    content = content_of(desk, number, "DYHD")
    assert (content.amount, content.steps) == (40_000, [])
