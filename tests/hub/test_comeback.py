"""A device that was given up comes back by the word of two people, never by a code alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.actor import Actor
from counter_app.domain.exceptions import BACK, LET_BACK, TURN_AWAY, ways_of
from counter_app.hub import comeback
from counter_app.problems import Problem
from counter_app.services.hall.exceptions import exception_row, for_exception
from counter_app.sync.member import join
from tests.fakes.comeback import FIRST, SECOND, let_back, wish_of
from tests.sync.joined import PROGRAM, Desk, Hall, hall_in


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with hall_in(tmp_path) as made:
        yield made


@pytest.fixture
def lost(hall: Hall) -> Desk:
    made = hall.desk("laptop")
    hall.hub.revoke_device(made.member.device, PROGRAM, "设备丢失")
    return made


def knock(hall: Hall, desk: Desk, code: str = "") -> str:
    """It asks to be taken in with a code; the code, which stays good."""
    code = code or hall.hub.invite("device", PROGRAM, "1", "laptop")
    with pytest.raises(Problem, match="enrol-lost"):
        join(desk.folder, hall.served.url, code, "laptop")
    return code


def say(hall: Hall, desk: Desk, way: str, who: Actor, why: str = "设备已找回并当面核对") -> bool:
    return hall.hub.settle_exception(wish_of(hall, desk.member.device)["event_id"], BACK, way, why, who)


def is_out(hall: Hall, desk: Desk) -> bool:
    with hall.hub.database.read() as connection:
        return comeback.is_out(connection, hall.hub.hall, desk.member.device)


def test_one_manager_with_a_code_is_not_enough_and_two_are(hall: Hall, lost: Desk) -> None:
    code = knock(hall, lost)
    assert wish_of(hall, lost.member.device)["detail"] == "laptop"
    say(hall, lost, LET_BACK, FIRST)
    assert wish_of(hall, lost.member.device)["detail"] == "laptop；工号 0301 已提出准许，待另一人确认"
    with pytest.raises(Problem, match="two-needed"):
        say(hall, lost, LET_BACK, FIRST)
    knock(hall, lost, code)
    assert say(hall, lost, LET_BACK, SECOND)
    assert hall.hub.exceptions() == []
    assert join(lost.folder, hall.served.url, code, "laptop").device == lost.member.device
    assert not is_out(hall, lost)
    said = [(one["kind"], one["clerk"]) for one in hall.hub.said(hall.clock.now().date())]
    assert said == [("back.asked", "0301"), ("back.let", "0302")]


def test_lost_again_it_takes_two_again(hall: Hall, lost: Desk) -> None:
    code = knock(hall, lost)
    let_back(hall, lost.member.device)
    join(lost.folder, hall.served.url, code, "laptop")
    hall.clock.pass_(minutes=1)
    hall.hub.revoke_device(lost.member.device, PROGRAM, "又丢了")
    assert is_out(hall, lost)
    knock(hall, lost)


def test_turned_away_by_one_it_may_knock_again_and_is_asked_about_again(hall: Hall, lost: Desk) -> None:
    knock(hall, lost)
    for way, why, who, code in (
        ("stands", "核对", FIRST, "exception-way"),
        (TURN_AWAY, " ", FIRST, "reason-needed"),
        (LET_BACK, "核对", Actor("", ""), "actor-unnamed"),
    ):
        with pytest.raises(Problem, match=code):
            say(hall, lost, way, who, why)
    first = wish_of(hall, lost.member.device)["event_id"]
    assert say(hall, lost, TURN_AWAY, FIRST, "来历不明")
    assert not hall.hub.settle_exception(first, BACK, TURN_AWAY, "来历不明", FIRST)
    with pytest.raises(Problem, match="exception-settled"):
        hall.hub.settle_exception(first, BACK, LET_BACK, "核对", SECOND)
    with pytest.raises(Problem, match="not-found"):
        hall.hub.settle_exception("back.nobody.1.1", BACK, LET_BACK, "核对", SECOND)
    assert is_out(hall, lost)
    knock(hall, lost)
    assert wish_of(hall, lost.member.device)["event_id"] != first


def test_the_page_offers_these_two_ways_and_reasons_that_fit(hall: Hall, lost: Desk) -> None:
    knock(hall, lost)
    (offer,) = for_exception(exception_row(wish_of(hall, lost.member.device), {}))
    assert [choice.value for choice in offer.choices] == [LET_BACK, TURN_AWAY] == list(ways_of(BACK))
    assert "设备已找回并当面核对" in offer.reasons
