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


def test_what_the_citizen_points_at_is_marked_until_it_is_another(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    desk.visit.set_field("rloc_admdvs", "310000")
    code = case_of(desk).materials[0].code
    desk.visit.object_to(
        "群众核对", "指出不对：备案地、材料", ("rloc_admdvs", f"material:{code}", "@situation")
    )
    assert marked(desk) == {"rloc_admdvs", code, "@situation"}
    desk.visit.set_field("rloc_admdvs", "110000")
    assert marked(desk) == {code, "@situation"}
    desk.visit.undo()
    assert marked(desk) == {"rloc_admdvs", code, "@situation"}
    assert "310000" not in str(objections(desk))


def test_a_row_of_a_table_is_named_and_a_restart_keeps_the_marks(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("BX01")
    table = next(field for field in case_of(desk).fields if field.type == "table")
    column = table.columns[0].key
    desk.visit.set_cell(table.key, 0, column, "1")
    desk.visit.object_to("群众核对", "指出不对", (f"{table.key}[1].{column}",))
    desk.visit.hold()
    again = desk.again()
    try:
        again.visit.resume(again.visit.view().held[0].visit_id)
        assert doubt_of(again, table.key) == "群众说第 1 行不对"
        again.visit.set_cell(table.key, 0, column, "2")
        assert doubt_of(again, table.key) == ""
    finally:
        again.close()


def marked(desk: TestOffice) -> set[str]:
    """Every place that carries the citizen's mark."""
    case = case_of(desk)
    rows = {one.key for one in case.fields if one.doubt} | {one.code for one in case.materials if one.doubt}
    return rows | ({"@situation"} if case.situation_doubt else set())


def doubt_of(desk: TestOffice, key: str) -> str:
    """The mark of one field."""
    return next(field.doubt for field in case_of(desk).fields if field.key == key)


def test_nothing_said_is_no_objection(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    with pytest.raises(Problem) as caught:
        desk.visit.object_to("判断", "　")
    assert caught.value.code == "reason-needed"
    assert objections(desk) == []
