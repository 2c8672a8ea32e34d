"""The hub is away when the day ends: what the counter knows is balanced, the rest when the hub is back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from counter_app.problems import Problem
from counter_app.services.day.closing import Sealed
from counter_app.services.day.completing import owed
from counter_app.services.day.state import day_of
from counter_app.services.printing import print_queued
from counter_app.services.visit import Visit
from tests.fakes.office import TestOffice
from tests.services.day.test_day import opened, sent, served
from tests.services.test_outage import behind_a_cable
from tests.services.test_visit import accept_yd01

DAY = date(2026, 11, 23)


def content(paper: Any) -> Any:
    return json.loads(paper.content)


def sealed(desk: TestOffice) -> Sealed:
    return Sealed(desk.store.outbox().waiting, "a.ow1s", "ab" * 32)


def closed_away(desk: TestOffice, *by_hand: str) -> Any:
    """A day with one number called, the line cut, some served by hand, closed by two; cable and sheet."""
    cable = behind_a_cable(desk)
    opened(desk)
    served(desk)
    sent(desk)
    cable.whole = False
    for number in by_hand:
        desk.visit.serve_number(number)
        desk.identify("wang_min")
        desk.visit.finish()
    return cable, desk.visit.close_day("0301", sealed(desk))


def test_while_the_hub_is_away_the_counter_balances_what_it_knows_and_says_what_it_does_not(
    desk: TestOffice,
) -> None:
    _cable, paper = closed_away(desk)
    told = content(paper)
    assert told["tally"][0] == {
        "name": "发号",
        "left": "未核",
        "right": "未核（中枢未连接）",
        "is_checked": False,
    }
    names = [line["name"] for line in told["tally"]]
    assert names[1:] == ["受理与通知书", "原件与交接单", "原件签收", "用章与文书", "未打印", "未上传"]
    assert "本窗口办过的号（本机记录）：1 个：A001" in told["told"]
    assert not any(line.get("left", "").startswith("发号") for line in told["tally"])
    assert day_of(desk.store, DAY).sheet == paper.number
    kinds = [fact["kind"] for fact in desk.store.facts(limit=10_000)]
    assert kinds[-2:] == ["day.closed", "day.unchecked"]
    assert print_queued(desk.office.ports, desk.office.actor) == []
    assert owed(desk.store, DAY) == (DAY,)


def test_what_was_not_sent_must_still_be_sealed(desk: TestOffice) -> None:
    cable = behind_a_cable(desk)
    opened(desk)
    cable.whole = False
    with pytest.raises(Problem, match="day-unsent"):
        desk.visit.close_day("0301")
    with pytest.raises(Problem, match="two-needed"):
        desk.visit.close_day("0317", sealed(desk))
    assert owed(desk.store, DAY) == ()


def test_when_the_hub_is_back_the_desk_says_so_once_and_the_late_part_is_signed_by_two(
    desk: TestOffice,
) -> None:
    cable, first = closed_away(desk)
    assert [p.code for p in desk.visit.refresh_line().notices] == []
    with pytest.raises(Problem, match="hub-away"):
        desk.visit.rest_of(DAY)
    cable.whole = True
    told = desk.visit.refresh_line().notices
    assert [(p.code, p.cause[:9]) for p in told] == [("day-rest", "11 月 23 日")]
    assert len(desk.visit.refresh_line().notices) == 1
    with pytest.raises(Problem, match="day-unsent"):
        desk.visit.rest_of(DAY)
    sent(desk)
    with pytest.raises(Problem, match="two-needed"):
        desk.visit.complete_day(DAY, "0317")
    late = desk.visit.complete_day(DAY, "0301")
    said = content(late)
    assert (late.kind, said["completes"], said["as_of"]) == ("RZZD", first.number, "2026-11-23")
    assert [(line["name"], line["left"]) for line in said["tally"]] == [("发号", "发号 1")]
    assert content(desk.store.paper(first.number)) == content(first)
    assert print_queued(desk.office.ports, desk.office.actor) == []
    assert desk.visit.days_owed() == ()
    for verb in (lambda: desk.visit.rest_of(DAY), lambda: desk.visit.complete_day(DAY, "0301")):
        with pytest.raises(Problem, match="day-complete"):
            verb()
    assert day_of(desk.store, DAY).sheet == first.number


def test_a_number_that_does_not_agree_the_next_morning_is_explained_by_name(desk: TestOffice) -> None:
    left = desk.hub.take("r-left").number
    cable, _ = closed_away(desk, "A077")
    desk.clock.tick(15 * 3600)
    desk.visit = Visit(desk.office)
    cable.whole = True
    assert "day-rest" not in [p.code for p in desk.visit.refresh_line().notices]
    desk.visit.opening()  # a desk that was started anew says it with the check of the morning
    assert [p.code for p in desk.visit.view().notices] == ["day-rest"]
    sent(desk)
    [line] = desk.visit.rest_of(DAY).balance.lines
    assert dict(line.items) == {"A002": "仍在等候", "A077": "人工叫号办理，中枢没有此号"}
    assert (line.left[1], left) == (2, "A001")
    with pytest.raises(Problem, match="day-uneven"):
        desk.visit.complete_day(DAY, "0301")
    with pytest.raises(Problem, match="reason-needed"):
        desk.visit.explain_rest(DAY, "A077", " ")
    with pytest.raises(Problem, match="not-found"):
        desk.visit.explain_rest(DAY, "A999", "写错")
    desk.visit.explain_rest(DAY, "A002", "断网后已离开")
    desk.visit.explain_rest(DAY, "A077", "号票抄错一位，应为 A007")
    said = content(desk.visit.complete_day(DAY, "0301"))
    assert said["reasons"][1].startswith("发号　A077（人工叫号办理，中枢没有此号）：号票抄错一位")
    assert said["as_of"] == "2026-11-23"


def test_a_day_opened_again_is_closed_again_as_a_whole(desk: TestOffice) -> None:
    cable, _ = closed_away(desk)
    desk.visit.open_day("0301")
    print_queued(desk.office.ports, desk.office.actor)
    assert desk.visit.days_owed() == ()
    desk.visit.close_day("0301", sealed(desk))
    assert desk.visit.days_owed() == (DAY,)
    cable.whole = True
    desk.visit.open_day("0301")
    sent(desk)
    print_queued(desk.office.ports, desk.office.actor)
    assert next(line.id for line in desk.visit.closing().balance.lines) == "numbers"
    assert desk.visit.days_owed() == ()


def test_a_case_accepted_on_a_number_served_by_hand_is_done_in_the_late_part(desk: TestOffice) -> None:
    cable = behind_a_cable(desk)
    opened(desk)
    number = desk.hub.take("r1").number
    cable.whole = False
    desk.visit.serve_number(number)
    desk.identify("li_guifang")
    accept_yd01(desk)
    desk.visit.finish()
    print_queued(desk.office.ports, desk.office.actor)
    desk.visit.close_day("0301", sealed(desk))
    cable.whole = True
    sent(desk)
    assert desk.visit.rest_of(DAY).balance.may_close
