"""报修: one act, its own 30 minutes, and not a trace in the visit at the window."""

from __future__ import annotations

from datetime import timedelta

import pytest

from counter_app.problems import Problem
from counter_app.services.due import due_lines
from counter_app.services.repairs import report, waiting
from tests.fakes.office import TestOffice


def test_a_broken_device_is_in_the_due_list_by_its_minute(desk: TestOffice) -> None:
    made = report(desk.office, "读卡器", "设备已断开")
    assert made.due is not None
    assert (made.due.left, made.due.at - desk.clock.now()) == (30, timedelta(minutes=30))
    here = (desk.office.region, desk.clock.now() + timedelta(minutes=31))
    (line,) = due_lines(desk.office.calendar, desk.store.due_cases(), desk.clock.now().date(), minutes=here)
    assert line.as_dict()["arrival"]["light"] == "red"
    assert desk.store.case(made.number).answers["symptom"] == "设备已断开"


def test_the_case_in_hand_stays_as_it_is_also_after_a_restart(desk: TestOffice) -> None:
    desk.visit.serve_walk_in()
    desk.identify("wang_min")
    desk.visit.open_case("YD01")
    before = desk.visit.state
    desk.visit.report_fault("打印机", "卡纸")
    assert desk.visit.state == before
    again = desk.again()
    assert again.visit.state == before
    assert [row.device for row in waiting(again.office)] == ["打印机"]
    assert again.store.queued_papers() == []


def test_the_same_device_is_reported_once_while_nobody_has_come(desk: TestOffice) -> None:
    first = report(desk.office, "打印机", "卡纸")
    desk.clock.tick(600)
    second = report(desk.office, " 打印机 ", "还是卡纸")
    assert (second.number, second.due and second.due.left) == (first.number, 20)
    assert report(desk.office, "小票机", "缺纸").number != first.number
    assert [row.device for row in waiting(desk.office)] == ["打印机", "小票机"]


@pytest.mark.parametrize(("device", "symptom"), [("", "x"), ("x", " "), ("x" * 61, "x"), ("x", "y" * 201)])
def test_what_says_nothing_is_refused_and_writes_nothing(desk: TestOffice, device: str, symptom: str) -> None:
    with pytest.raises(Problem) as caught:
        report(desk.office, device, symptom)
    assert caught.value.code in ("field-required", "field-too-long")
    assert desk.store.cases() == []
