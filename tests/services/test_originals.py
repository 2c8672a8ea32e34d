"""Originals between window and back office: by both names, counted, and known to lie somewhere."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from counter_app.domain.actor import Actor
from counter_app.domain.codec import from_plain
from counter_app.domain.papers import PaperContent
from counter_app.problems import Problem
from counter_app.services import originals
from counter_app.services.office import Office
from counter_app.services.originals import BACK, FRONT, Hand
from tests.fakes.office import TestOffice
from tests.services.test_decide import accept_mt02

BACK_OFFICE = Actor("0402", "周衡", ("reviewer",))
TAKER = Hand("周衡", "0402", "后台审核岗")


def back(desk: TestOffice) -> Office:
    return replace(desk.office, actor=BACK_OFFICE, window="")


def lies(desk: TestOffice, number: str, where: str) -> dict[str, int]:
    record = originals.case_of(desk.office, number)
    return {b.code: b.pages for b in originals.lying(originals.of_case(desk.office, record), where)}


def test_there_and_back_with_both_names_on_each_slip(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    slip = originals.hand_over(desk.office, number, TAKER, pages={"M_MEDREC": 12})
    content = from_plain(PaperContent, json.loads(slip.content))
    assert (content.giver, content.taker) == ("陈静（工号 0317）", "周衡（工号 0402）")
    assert 12 in [bundle.pages for bundle in content.bundles]
    assert lies(desk, number, BACK)["M_MEDREC"] == 12
    taken = originals.take_over(back(desk), slip.number)
    assert taken.taken_by == "周衡（工号 0402）"
    again = originals.hand_over(back(desk), number, Hand("陈静", "0317"), towards=FRONT)
    assert lies(desk, number, BACK) == {}
    assert lies(desk, number, FRONT)["M_MEDREC"] == 12
    assert again.number != slip.number


def test_what_lies_there_is_not_handed_over_again(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    originals.hand_over(desk.office, number, TAKER)
    with pytest.raises(Problem, match="originals-none"):
        originals.hand_over(desk.office, number, TAKER)


def test_nobody_hands_over_to_themselves(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    with pytest.raises(Problem, match="handover-self"):
        originals.hand_over(desk.office, number, Hand("自己", desk.office.actor.clerk_no))
    slip = originals.hand_over(desk.office, number, TAKER)
    with pytest.raises(Problem, match="handover-self"):
        originals.take_over(desk.office, slip.number)


def test_a_count_that_differs_needs_its_note_and_is_kept(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    slip = originals.hand_over(desk.office, number, TAKER, pages={"M_MEDREC": 12})
    with pytest.raises(Problem, match="reason-needed"):
        originals.take_over(back(desk), slip.number, {"M_MEDREC": 11})
    originals.take_over(back(desk), slip.number, {"M_MEDREC": 11}, "第 7 页缺失")
    record = originals.case_of(desk.office, number)
    (kept,) = originals.handovers(originals.facts_of(desk.office, record))
    assert {b.code: b.counted for b in kept.bundles}["M_MEDREC"] == 11
    with pytest.raises(Problem, match="handover-taken"):
        originals.take_over(back(desk), slip.number)


def test_what_does_not_exist_is_refused(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    with pytest.raises(Problem, match="not-found"):
        originals.hand_over(desk.office, number, TAKER, pages={"M_NONE": 1})
    with pytest.raises(Problem, match="not-found"):
        originals.take_over(desk.office, number)
    with pytest.raises(Problem, match="field-required"):
        originals.hand_over(desk.office, number, Hand(" "))
