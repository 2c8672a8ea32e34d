"""After the window: what the window does itself, what it asks of the hub, and the paper of each."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from counter_app.domain.cases import CaseState
from counter_app.domain.life import Wish
from counter_app.problems import Problem
from counter_app.rehearsal import reviewers
from counter_app.rehearsal.reviewers import CHIEF, FIRST, SECOND
from counter_app.services import decide
from counter_app.services.life import life_of
from tests.fakes.office import TestOffice
from tests.services.test_visit import case_of


def accept_mt02(desk: TestOffice, defer: bool = False) -> str:
    desk.identify("li_guifang")
    desk.visit.open_case("MT02")
    for key, value in {"opsp_dise_code": "M03900", "ide_fixmedins_no": "日照示范人民医院"}.items():
        desk.visit.set_field(key, value)
    desk.visit.set_field("hosp_ide_date", "2026-11-20")
    for code in ("M_MTFORM", "M_MEDREC"):
        desk.visit.receive(code)
    desk.visit.defer("M_EXAM") if defer else desk.visit.receive("M_EXAM")
    desk.visit.check()
    desk.visit.submit()
    return case_of(desk).number


def with_limits(desk: TestOffice) -> None:
    """Thirty working days by law and ten promised, from here on."""
    kind = desk.catalogue.types["MT02"]
    limits = replace(kind.limits, statutory=30, promised={("rizhao", ""): 10})
    types = {**desk.catalogue.types, "MT02": replace(kind, limits=limits)}
    desk.office = desk.visit.office = replace(desk.office, catalogue=replace(desk.catalogue, types=types))


def kinds(desk: TestOffice, number: str) -> list[str]:
    return [paper.kind for paper in desk.store.papers(number)]


def wish(desk: TestOffice, act: str, **more: object) -> Wish:
    return Wish(desk.office.new_id(), act, **more)  # type: ignore[arg-type]


def refused(desk: TestOffice, number: str, act: str, **more: object) -> str:
    with pytest.raises(Problem) as said:
        decide.decide(desk.office, number, wish(desk, act, **more))
    return said.value.code


def step(desk: TestOffice, number: str) -> str:
    record = desk.store.case(number)
    assert record is not None
    return life_of(desk.office, record).step


def test_a_window_withdraws_by_itself_with_its_paper(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    after = decide.decide(desk.office, number, wish(desk, "withdraw", reason="另有安排"))
    assert (after.state, kinds(desk, number)[-1]) == (CaseState.WITHDRAWN, "CHSQ")
    assert refused(desk, number, "withdraw") == "move-wrong-step"


@pytest.mark.parametrize(
    ("act", "code"), [("juggle", "move-unknown"), ("pay", "move-wrong-step"), ("claim", "move-role")]
)
def test_what_the_window_may_not_is_refused_before_the_hub_is_asked(
    desk: TestOffice, act: str, code: str
) -> None:
    assert refused(desk, accept_mt02(desk), act) == code


def test_the_whole_way_through_the_hub_and_back(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    reviewers.approve(desk.office, number)
    after = desk.store.case(number)
    assert after is not None
    assert (after.state, step(desk, number), kinds(desk, number)[-1]) == (CaseState.DONE, "delivered", "BJTZ")
    told = desk.hub.case(number)
    assert told is not None
    assert [turn["act"] for turn in told["history"]] == ["claim", "pass", "second"]
    reviewers.exchange(desk.office)  # the delivery was the window's own: the hub hears of it
    assert [t["act"] for t in (desk.hub.case(number) or {})["history"]][-1] == "deliver"


def test_a_refusal_is_served_with_its_reason(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    reviewers.refuse(desk.office, number, "其他：病历所载与规定标准不符")
    paper = desk.store.papers(number)[-1]
    assert (paper.kind, json.loads(paper.content)["reasons"]) == ("BYBL", ["病历所载与规定标准不符"])
    assert desk.store.case(number).state is CaseState.REFUSED  # type: ignore[union-attr]


def test_one_reviewer_is_not_two_also_while_the_hub_is_away(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    for act in ("claim", "pass"):
        reviewers.act(desk.office, number, act, {})
    desk.hub.close()  # the counter's own rules refuse before anybody is asked
    alone = replace(desk.office, actor=FIRST)
    with pytest.raises(Problem) as said:
        decide.decide(alone, number, wish(desk, "second"))
    assert said.value.code == "same-person"


def test_nothing_is_paid_or_done_while_a_material_is_deferred(desk: TestOffice) -> None:
    number = accept_mt02(desk, defer=True)
    with pytest.raises(Problem) as said:
        reviewers.approve(desk.office, number)
    assert said.value.code == "material-missing"
    decide.make_good(desk.office, number, "M_EXAM")
    reviewers.approve(desk.office, number)
    assert desk.store.case(number).state is CaseState.DONE  # type: ignore[union-attr]
    assert refused(desk, number, "make_good", detail="M_EXAM") == "not-found"


def test_returned_supplied_and_gone_on(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    reviewers.act(desk.office, number, "claim", {})
    reviewers.act(desk.office, number, "return", {"reason": "return.unclear", "detail": "检查报告；出院记录"})
    reviewers.exchange(desk.office)
    assert step(desk, number) == "returned"
    decide.decide(desk.office, number, wish(desk, "deliver", detail="短信"))  # the notice, nothing else
    paper = desk.store.papers(number)[-1]
    assert (paper.kind, json.loads(paper.content)["corrections"]) == ("BZGZ", ["检查报告", "出院记录"])
    assert "sms.queued" in [fact["kind"] for fact in desk.store.facts()]
    assert refused(desk, number, "deliver", detail="短信") == "state-wrong"
    decide.decide(desk.office, number, wish(desk, "supplied"))
    reviewers.approve(desk.office, number)
    assert kinds(desk, number) == ["SLTZ", "BZGZ", "BJTZ"]


def test_an_extension_is_told_with_its_new_day(desk: TestOffice) -> None:
    with_limits(desk)
    number = accept_mt02(desk)
    before = desk.store.case(number)
    for word, given in [("claim", {}), ("extend", {"reason": "extend.complex", "days": 5}), ("grant", {})]:
        reviewers.act(desk.office, number, word, given)
    reviewers.exchange(desk.office)
    after = desk.store.case(number)
    assert before is not None
    assert after is not None
    assert (str(before.due_on), str(after.due_on)) == ("2026-12-07", "2026-12-14")
    decide.decide(desk.office, number, wish(desk, "deliver", detail="窗口：本人签收"))
    paper = desk.store.papers(number)[-1]
    assert (paper.kind, json.loads(paper.content)["due_on"]) == ("YQBL", str(after.due_on))


def test_delivery_says_how(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    assert refused(desk, number, "deliver", detail="托梦") == "delivery-way"
    assert refused(desk, number, "deliver", detail="窗口") == "field-required"
    assert refused(desk, number, "deliver", detail="邮寄：") == "field-required"


def test_what_was_only_received_is_accepted_when_it_is_supplied(desk: TestOffice) -> None:
    with_limits(desk)
    desk.identify("li_guifang")
    desk.visit.open_case("MT02")
    desk.visit.receive("M_MTFORM")
    desk.visit.give_notice()
    number = desk.store.cases()[0].number
    assert step(desk, number) == "supplement"
    desk.clock.tick(86_400)
    decide.decide(desk.office, number, wish(desk, "supplied"))
    record = decide.decide(desk.office, number, wish(desk, "accept"))
    assert (record.state, step(desk, number), kinds(desk, number)[-1]) == (
        CaseState.ACCEPTED,
        "assigned",
        "SLTZ",
    )
    assert str(record.clocks.promised_due) == "2026-12-08"  # ten working days from the day it was accepted
    assert record.accepted_at is not None
    reviewers.exchange(desk.office)
    assert (desk.hub.case(number) or {})["promised"]["due_on"] == str(record.clocks.promised_due)
    reviewers.approve(desk.office, number)
    assert desk.store.case(number).state is CaseState.DONE  # type: ignore[union-attr]


def test_a_counter_that_was_away_hears_everything_once(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    reviewers.exchange(desk.office)
    case_id = desk.store.cases()[0].case_id
    for act, by, more in [("claim", FIRST, {}), ("pass", FIRST, {}), ("second", SECOND, {})]:
        desk.hub.move(case_id, wish(desk, act, **more), by)
    assert step(desk, number) == "assigned"
    reviewers.exchange(desk.office)
    place = desk.store.feed_place()
    reviewers.exchange(desk.office)
    assert desk.store.feed_place() == place
    assert step(desk, number) == "done"
    assert desk.store.case(number).state is CaseState.DONE  # type: ignore[union-attr]
    again = desk.again()
    assert (step(again, number), again.store.feed_place()) == ("done", place)
    again.close()


def test_a_supervisor_ends_what_nobody_completes(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    reviewers.exchange(desk.office)
    chief = replace(desk.office, actor=CHIEF)
    decide.decide(chief, number, wish(desk, "terminate", reason="terminate.gone"))
    decide.decide(desk.office, number, wish(desk, "deliver", detail="窗口：本人签收"))
    assert kinds(desk, number)[-1] == "ZZBL"


def test_originals_go_back_against_a_signature(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    decide.return_originals(desk.office, number)
    assert kinds(desk, number)[-1] == "THQS"


def test_a_diagnosis_stands_on_no_paper(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    assert all("M03900" not in paper.content for paper in desk.store.papers(number))


def test_what_comes_back_of_ones_own_costs_no_commit(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    reviewers.exchange(desk.office)
    before, place = desk.store.state.unit_no, desk.store.feed_place()
    reviewers.exchange(desk.office)
    assert (desk.store.state.unit_no, desk.store.feed_place()) == (before, place)
    decide.decide(desk.office, number, wish(desk, "withdraw"))
    written = desk.store.state.unit_no
    reviewers.exchange(desk.office)  # the hub tells of the withdrawal; the counter knows it
    assert desk.store.state.unit_no == written
    assert step(desk, number) == "withdrawn"
