"""全域通办: accepted here, reviewed where the person is insured; calmly refused elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter_app.catalog.model import Catalogue, Parameter
from counter_app.domain.cases import CaseState
from counter_app.problems import Problem
from counter_app.services import cross
from counter_app.services.visit import Visit
from tests.fakes.office import TestOffice, open_office


@pytest.fixture
def hall(tmp_path: Path, catalogue: Catalogue) -> Iterator[TestOffice]:
    """A desk in 胶州."""
    opened = open_office(tmp_path / "data", catalogue)
    opened.office = replace(opened.office, region=catalogue.regions["jiaozhou"])
    opened.visit = Visit(opened.office)
    yield opened
    opened.close()


def opened(hall: TestOffice, place: str) -> None:
    hall.identify("li_guifang")
    hall.visit.open_case("YD01", "resident")
    hall.visit.set_field("rloc_admdvs", "上海市")
    hall.visit.set_field("by_commit", "是")
    for code in ("M_YDFORM", "M_CNS"):
        hall.visit.receive(code)
    hall.visit.accept_for(place)


def accepted(hall: TestOffice) -> tuple[str, str]:
    """The text of the notice and the day it promises."""
    hall.visit.check(True)
    hall.visit.submit()
    record = hall.store.cases()[0]
    assert record.state is CaseState.ACCEPTED
    content = json.loads(hall.store.papers()[0].content)
    assert content["kind"] == "SLTZ"
    return "".join(content["told"]), content.get("due_on", "")


def test_who_reviews_and_whose_clock_runs_is_on_the_notice(hall: TestOffice) -> None:
    opened(hall, "市北区")
    told, _ = accepted(hall)
    assert "参保地市北区医保经办机构审核办理" in told
    assert "自本机构受理之日起计算" in told
    record = hall.store.cases()[0]
    assert (record.came.place, record.came.clock) == ("370203", "accepting")
    forwarded = [f for f in hall.store.facts() if f["kind"] == "case.forwarded"]
    assert [f["body"]["to"] for f in forwarded] == ["370203"]


def test_where_the_other_districts_clock_runs_no_day_is_promised(hall: TestOffice) -> None:
    clock = Parameter("cross.clock", "insured", source="X")
    kept = tuple(p for p in hall.office.region.parameters if p.name != "cross.clock")
    region = replace(hall.office.region, parameters=(*kept, clock))
    hall.visit = Visit(replace(hall.office, region=region))
    opened(hall, "370203")
    told, due = accepted(hall)
    assert "自市北区收到转交的申请之日起计算" in told
    assert due == ""


def test_it_may_be_taken_back_before_acceptance(hall: TestOffice) -> None:
    opened(hall, "市北区")
    hall.visit.accept_for("")
    hall.visit.check(True)
    hall.visit.submit()
    assert "case.forwarded" not in [f["kind"] for f in hall.store.facts()]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("胶州市", "cross-here"),
        ("370281", "cross-here"),
        ("371100", "cross-not-offered"),
        ("?", "cross-not-offered"),
    ],
)
def test_what_is_not_offered_is_refused_and_nothing_changes(hall: TestOffice, place: str, code: str) -> None:
    opened(hall, "市北区")
    with pytest.raises(Problem, match=code):
        hall.visit.accept_for(place)
    case = hall.visit.state.case()
    assert case is not None
    assert case.came.place == "370203"


def test_a_region_that_says_nothing_offers_nothing(desk: TestOffice) -> None:
    opened_type = desk.office.type("YD01")
    assert cross.places(desk.office) == {}
    with pytest.raises(Problem, match="cross-not-offered"):
        cross.cross_of(desk.office, opened_type, "370203")


def test_the_snapshot_says_what_is_offered_and_what_was_chosen(hall: TestOffice) -> None:
    opened(hall, "市北区")
    case = hall.visit.view().case
    assert case is not None
    assert case.cross is not None
    assert (case.cross.place, case.cross.name, case.cross.clock) == ("370203", "市北区", "accepting")
    assert "370203" in {choice.code for choice in case.cross.places}
    after = hall.visit.undo().case
    assert after is not None
    assert after.cross is not None
    assert after.cross.place == ""


def test_without_an_offer_the_snapshot_has_none(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    case = desk.visit.open_case("YD01").case
    assert case is not None
    assert case.cross is None


def test_the_default_is_shown_as_one(hall: TestOffice) -> None:
    found = cross.cross_of(hall.office, hall.office.type("YD01"), "市北区")
    assert found.is_default
    parameter = hall.office.region.parameter("cross.clock", date(2026, 11, 23))
    assert parameter is not None
    assert parameter.is_default
