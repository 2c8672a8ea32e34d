"""The line is cut: what may be accepted is marked 待核, what may not is refused without losing a word."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from counter_app.demo.network import Cable, HubBehindCable
from counter_app.problems import Problem
from tests.fakes.office import TestOffice
from tests.services.test_visit import accept_yd01, case_of, fill_yd01


def cut_line(desk: TestOffice) -> None:
    hub = HubBehindCable(desk.hub, Cable(whole=False))
    desk.visit.office = replace(desk.office, ports=replace(desk.office.ports, hub=hub))


@pytest.fixture
def cut(desk: TestOffice) -> TestOffice:
    desk.identify("li_guifang")
    cut_line(desk)
    return desk


@pytest.mark.parametrize(
    ("type_id", "code"), [("GZ04", "type-offline"), ("CX03", "type-offline"), ("CX01", "type-cache-only")]
)
def test_what_needs_the_line_is_refused_with_a_way_out(cut: TestOffice, type_id: str, code: str) -> None:
    with pytest.raises(Problem) as refused:
        cut.visit.open_case(type_id)
    assert refused.value.code == code
    assert cut.catalogue.types[type_id].name in refused.value.cause
    assert "一次性告知单" in refused.value.advice
    assert cut.visit.tell_once(type_id).papers[0].kind == "YCGZ"


def test_a_line_cut_while_the_form_is_open_stops_the_submission_and_keeps_the_form(
    desk: TestOffice,
) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("GZ04")
    before = case_of(desk).fields
    cut_line(desk)
    desk.visit.check()
    assert "type-offline" in [p.code for p in case_of(desk).problems]
    desk.visit.submit()
    assert desk.store.cases() == []
    assert [f.value for f in case_of(desk).fields] == [f.value for f in before]


def test_an_acceptance_offline_is_marked_until_somebody_verified_it(cut: TestOffice) -> None:
    fill_yd01(cut)
    verdict = case_of(cut).verdict
    assert verdict is not None
    assert verdict.warnings == ("offline-provisional",)
    cut.visit.check()
    cut.visit.submit()
    assert case_of(cut).provisional
    assert [tile.provisional for tile in cut.visit.view().tiles] == [True]
    (record,) = cut.store.cases()
    assert not record.online


def test_its_papers_say_what_was_not_verified(desk: TestOffice) -> None:
    cut_line(desk)
    desk.identify("li_guifang")
    accept_yd01(desk)
    papers = [json.loads(paper.content) for paper in desk.store.papers()]
    assert papers
    assert [told.get("offline_unverified") for told in papers] == [["insurance"]] * len(papers)
    assert all(told["is_offline"] for told in papers)


def test_with_the_line_up_nothing_is_marked(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    accept_yd01(desk)
    assert not case_of(desk).provisional
    verdict = case_of(desk).verdict
    assert verdict is not None
    assert verdict.warnings == ()
