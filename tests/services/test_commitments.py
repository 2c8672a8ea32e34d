"""A late material and a written promise: how long, checked when, and what a false one costs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from counter_app.catalog.model import Parameter
from counter_app.problems import Problem
from counter_app.services import commitments
from tests.fakes.office import TestOffice, certno
from tests.services.test_due import with_limits
from tests.services.test_visit import case_of

PLACE = {"rloc_admdvs": "上海市"}


def promise(desk: TestOffice, accept: bool = True) -> str:
    """Accept SY02 for an unemployed spouse whose marriage is only promised."""
    desk.identify("zhao")
    desk.visit.open_case("SY02")
    answers = {
        "matn_trt_dclaer_type": "spouse",
        "matn_type": "顺产",
        "birctrl_matn_date": "2026-11-10",
        "fixmedins_code": "日照示范人民医院",
        "payee_name": "赵文静",
        "bank_name": "示例银行日照分行",
        "bank_acct": "6200000000000000017",
    }
    for key, value in answers.items():
        desk.visit.set_field(key, value)
    desk.visit.set_cell("invoices", 0, "invo_no", "17")
    desk.visit.set_cell("invoices", 0, "amount", "4200")
    for material in case_of(desk).materials:
        if material.required and material.state == "missing" and material.code != "M_MARRY":
            desk.visit.receive(material.code)
    desk.visit.commit("M_MARRY")
    desk.visit.check()
    desk.visit.submit()
    return case_of(desk).number


def defer(desk: TestOffice, days: int = 0) -> str:
    desk.identify("li_guifang")
    desk.visit.open_case("MT02")
    desk.visit.defer("M_EXAM", days)
    return next(m.due_on for m in case_of(desk).materials if m.code == "M_EXAM")


def set_parameter(desk: TestOffice, name: str, value: int) -> None:
    others = tuple(p for p in desk.office.region.parameters if p.name != name)
    region = replace(desk.office.region, parameters=(*others, Parameter(name, value)))
    desk.visit.office = desk.office = replace(desk.office, region=region)


def test_the_days_for_a_late_material_are_the_regions(desk: TestOffice) -> None:
    set_parameter(desk, "defer.days", 7)
    assert defer(desk) == "2026-12-02"


def test_they_are_never_longer_than_the_promise_nor_lengthened_by_hand(desk: TestOffice) -> None:
    with_limits(desk, "MT02", 20, 3)
    assert defer(desk) == "2026-11-26"
    desk.visit.defer("M_EXAM", 100)
    assert next(m.due_on for m in case_of(desk).materials if m.code == "M_EXAM") == "2026-11-26"
    desk.visit.defer("M_EXAM", 1)
    assert next(m.due_on for m in case_of(desk).materials if m.code == "M_EXAM") == "2026-11-24"


def test_a_promise_is_a_fact_with_its_check_and_two_years(desk: TestOffice) -> None:
    promise(desk)
    (fact,) = [f for f in desk.store.facts() if f["kind"] == "material.committed"]
    assert (fact["body"]["check_due"], fact["body"]["keep_until"]) == ("2027-01-05", "2028-11-23")
    assert [p.kind for p in desk.store.papers()] == ["SLTZ", "GZCN"]
    papers = [json.loads(paper.content) for paper in desk.store.papers()]
    assert all("due_on" not in material for paper in papers for material in paper["materials"])


def test_checks_are_listed_when_they_are_due_and_once(desk: TestOffice) -> None:
    number = promise(desk)
    assert commitments.to_check(desk.store, date(2027, 1, 4)) == []
    ((case, material),) = commitments.to_check(desk.store, date(2027, 1, 5))
    assert (case.number, material.code) == (number, "M_MARRY")
    commitments.checked(desk.office, number, "M_MARRY", holds=True)
    assert commitments.to_check(desk.store, date(2027, 12, 31)) == []


def test_a_false_promise_bars_the_next_until_it_is_repaired(desk: TestOffice) -> None:
    number = promise(desk)
    desk.visit.finish()
    commitments.checked(desk.office, number, "M_MARRY", holds=False, reason="民政登记查无此婚姻")
    for verb in ("commit", "defer"):
        desk.identify("zhao")
        desk.visit.open_case("SY02")
        desk.visit.set_field("matn_trt_dclaer_type", "spouse")
        with pytest.raises(Problem) as refused:
            getattr(desk.visit, verb)("M_MARRY")
        assert refused.value.code == "commitment-barred"
        desk.visit.drop_case()
        desk.visit.finish()
    supervisor = next(clerk for clerk in desk.cast.clerks if clerk.may("supervisor"))
    commitments.repaired(replace(desk.office, actor=supervisor), number, "已补交证明")
    desk.identify("zhao")
    desk.visit.open_case("SY02")
    desk.visit.set_field("matn_trt_dclaer_type", "spouse")
    desk.visit.commit("M_MARRY")
    kinds = [f["kind"] for f in desk.store.facts()]
    assert kinds.count("commitment.checked") == kinds.count("commitment.repaired") == 1


def test_who_may_say_so(desk: TestOffice) -> None:
    number = promise(desk)
    refusals = []
    for call in (
        lambda: commitments.checked(desk.office, number, "M_MARRY", holds=False),
        lambda: commitments.checked(desk.office, number, "M_INV", holds=True),
        lambda: commitments.checked(desk.office, "0", "M_INV", holds=True),
        lambda: commitments.repaired(desk.office, number, "已补交"),
    ):
        with pytest.raises(Problem) as refused:
            call()
        refusals.append(refused.value.code)
    assert refusals == ["reason-needed", "not-found", "not-found", "supervisor-needed"]


def test_who_is_on_the_list_of_the_dishonest_promises_nothing(desk: TestOffice) -> None:
    person = desk.store.person_by_certno(certno("zhao"))
    assert person is not None
    with desk.store.unit(desk.office.actor, desk.office.now()) as unit:
        unit.save_person(replace(person, flags=("discredited",)))
    desk.identify("zhao")
    desk.visit.open_case("SY02")
    desk.visit.set_field("matn_trt_dclaer_type", "spouse")
    for verb in ("commit", "defer"):
        with pytest.raises(Problem) as refused:
            getattr(desk.visit, verb)("M_MARRY")
        assert refused.value.code == "commitment-discredited"
