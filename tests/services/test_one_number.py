"""One number, one line, any matter; the front takes it in, the desks behind decide."""

from __future__ import annotations

from counter_app.domain.cases import CaseState
from tests.fakes.office import TestOffice

ANSWERS = {
    "YD01": {"rloc_admdvs": "上海市"},
    "CX02": {"q_kind": "参保状态"},
    "MT13": {"drug_name": "某国谈药", "resp_dr": "某医师", "hosp": "日照示范人民医院"},
}


def accepted(desk: TestOffice, type_id: str) -> str:
    """Open a matter, answer what it asks, take in what it needs, submit; its number."""
    opened = desk.visit.open_case(type_id).case
    for key, typed in ANSWERS[type_id].items():
        desk.visit.set_field(key, typed)
    assert opened is not None
    for material in opened.materials:
        if material.state == "missing":
            desk.visit.receive(material.code)
    desk.visit.check()
    case = desk.visit.submit().case
    assert case is not None
    assert case.number, case.problems
    return case.number


def test_one_number_carries_several_matters(desk: TestOffice) -> None:
    desk.hub.take("r1")
    desk.visit.call_next()
    desk.identify("li_guifang")
    numbers = {accepted(desk, type_id) for type_id in ("YD01", "CX02")}
    desk.visit.finish()
    assert {case.number for case in desk.store.cases()} == numbers
    assert len(numbers) == 2
    assert len({case.visit_id for case in desk.store.cases()}) == 1
    assert [ticket.state for ticket in desk.hub.tickets(desk.clock.now().date())] == ["done"]


def test_a_number_is_taken_without_naming_a_matter(desk: TestOffice) -> None:
    ticket = desk.hub.take("r1")
    called = desk.visit.call_next()
    assert called.ticket is not None
    assert called.ticket.number == ticket.number
    assert desk.hub.tickets(desk.clock.now().date())[0].ticket_id == ticket.ticket_id


def test_the_front_accepts_and_the_desks_behind_decide(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    number = accepted(desk, "MT13")
    waiting = desk.store.case(number)
    assert waiting is not None
    assert desk.catalogue.types["MT13"].back_office
    assert waiting.state is CaseState.ACCEPTED
    assert [paper.kind for paper in desk.store.papers(number)] == ["SLTZ"]
    assert "review.decided" not in {fact["kind"] for fact in desk.store.facts(waiting.case_id)}
    instant = desk.store.case(accepted(desk, "CX02"))
    assert instant is not None
    assert instant.state is CaseState.DONE
