"""Transferred, served, stopped for a special procedure: each with its fact, its paper, its clock."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from counter_app.problems import Problem
from counter_app.rehearsal import reviewers
from counter_app.services import originals, slips
from counter_app.services.originals import Hand
from tests.fakes.office import TestOffice
from tests.services.test_decide import accept_mt02
from tests.services.test_due import with_limits
from tests.services.test_originals import TAKER


def facts(desk: TestOffice, number: str, kind: str) -> list[Any]:
    record = originals.case_of(desk.office, number)
    return [f["body"] for f in originals.facts_of(desk.office, record) if f["kind"] == kind]


def test_a_transfer_keeps_the_limits_and_takes_the_papers_along(desk: TestOffice) -> None:
    with_limits(desk, "MT02", 10, 5)
    number = accept_mt02(desk)
    originals.hand_over(desk.office, number, TAKER, pages={"M_MEDREC": 12})
    to = Hand("吴岚", "0418", "异地结算岗")
    paper = slips.transfer_slip(desk.office, number, to, "属异地就医", date(2026, 12, 8))
    told = json.loads(paper.content)
    record = originals.case_of(desk.office, number)
    assert told["due_on"] == str(record.due_on)
    assert 12 in [bundle["pages"] for bundle in told["bundles"]]
    (fact,) = facts(desk, number, "case.transferred")
    assert (fact["to"], fact["slip"]) == ("异地结算岗", paper.number)


def test_a_decision_is_served_and_nothing_else_is(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    with pytest.raises(Problem, match="not-found"):
        slips.service_slip(desk.office, number, "窗口送达")
    reviewers.refuse(desk.office, number)
    paper = slips.service_slip(desk.office, number, "邮寄送达", "日照市示例路 1 号")
    decision = next(p for p in desk.store.papers(number) if p.kind == "BYBL")
    told = json.loads(paper.content)
    assert told["bundles"] == [{"name": "不予办理决定书", "note": decision.number}]
    assert facts(desk, number, "decision.served")[0]["papers"] == [decision.number]
    with pytest.raises(Problem, match="field-choice"):
        slips.service_slip(desk.office, number, "托人带话")


def test_a_special_procedure_stops_the_clock_for_its_days(desk: TestOffice) -> None:
    with_limits(desk, "MT02", 10, 5)
    number = accept_mt02(desk)
    before = originals.case_of(desk.office, number)
    paper = slips.special_procedure(desk.office, number, "专家评审", 5, "须集体评审")
    after = originals.case_of(desk.office, number)
    assert before.due_on is not None
    assert after.due_on is not None
    assert after.due_on > before.due_on
    told = json.loads(paper.content)
    assert (told["procedure_days"], told["valid_from"], told["valid_to"]) == (5, "2026-11-23", "2026-11-27")
    with pytest.raises(Problem, match="state-wrong"):
        slips.special_procedure(desk.office, number, "现场考察", 3, "须核实")


def test_an_early_end_gives_the_days_back(desk: TestOffice) -> None:
    with_limits(desk, "MT02", 10, 5)
    number = accept_mt02(desk)
    slips.special_procedure(desk.office, number, "专家评审", 10, "须集体评审")
    whole = originals.case_of(desk.office, number).due_on
    desk.clock.tick(86_400)
    ended = slips.special_ended(desk.office, number)
    assert ended.due_on is not None
    assert whole is not None
    assert ended.due_on < whole
    with pytest.raises(Problem, match="state-wrong"):
        slips.special_ended(desk.office, number)


@pytest.mark.parametrize(
    ("procedure", "days", "reason", "code"),
    [
        ("占卜", 5, "x", "field-choice"),
        ("专家评审", 0, "x", "days-needed"),
        ("专家评审", 5, " ", "reason-needed"),
    ],
)
def test_a_procedure_needs_name_days_and_reason(
    desk: TestOffice, procedure: str, days: int, reason: str, code: str
) -> None:
    number = accept_mt02(desk)
    with pytest.raises(Problem) as said:
        slips.special_procedure(desk.office, number, procedure, days, reason)
    assert said.value.code == code


def test_a_decided_case_is_neither_transferred_nor_stopped(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    reviewers.approve(desk.office, number)
    with pytest.raises(Problem, match="state-wrong"):
        slips.transfer_slip(desk.office, number, Hand("吴岚", "0418", "异地结算岗"), "转办")
    with pytest.raises(Problem, match="state-wrong"):
        slips.special_procedure(desk.office, number, "专家评审", 5, "须集体评审")
