"""我认为有误: an objection is a fact at once, and the case goes on."""

from __future__ import annotations

import pytest

from counter_app.problems import Problem
from tests.fakes.office import TestOffice
from tests.services.test_visit import case_of


def objections(desk: TestOffice) -> list[dict[str, object]]:
    return [dict(f["body"]) for f in desk.store.facts() if f["kind"] == "verdict.objected"]


def test_an_objection_is_a_fact_and_the_case_can_be_received(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    with pytest.raises(Problem):
        desk.visit.receive_only()
    desk.visit.object_to("法定时限", "群众出示了　2019 年的批文")
    (body,) = objections(desk)
    assert (body["type"], body["about"], body["words"]) == ("YD01", "法定时限", "群众出示了 2019 年的批文")
    assert "field-required" in body["problems"]  # type: ignore[operator]
    assert case_of(desk).objections == (("法定时限", "群众出示了 2019 年的批文"),)
    view = desk.visit.receive_only()
    assert view.case is not None
    assert view.case.number


def test_an_objection_outlives_changed_answers_and_a_restart(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    desk.visit.object_to("判断", "应按常住人员办理")
    desk.visit.set_field("rloc_admdvs", "310000")
    desk.visit.hold()
    again = desk.again()
    try:
        held = again.visit.view().held
        again.visit.resume(held[0].visit_id)
        assert case_of(again).objections == (("判断", "应按常住人员办理"),)
    finally:
        again.close()


def test_nothing_said_is_no_objection(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    with pytest.raises(Problem) as caught:
        desk.visit.object_to("判断", "　")
    assert caught.value.code == "reason-needed"
    assert objections(desk) == []
