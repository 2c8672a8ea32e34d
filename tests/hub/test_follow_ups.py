"""差评回访: a bad answer opens one, with its days; it is moved on in order, by somebody with a name, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import Parameter
from counter_app.domain.actor import Actor
from counter_app.domain.follow_ups import FollowUpState
from counter_app.hub.follow_ups import CALL_BACK, MEND
from counter_app.hub.local import LocalHub
from counter_app.problems import Problem
from tests.hub.envelopes import accepted
from tests.hub.stores import HALL, RULES, HandClock, clerk

BOSS = Actor("0301", "李主管", ("clerk", "supervisor"))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def hub(tmp_path: Path, clock: HandClock) -> Iterator[LocalHub]:
    made = LocalHub(tmp_path, bytes(32), HALL, clock, RULES)
    yield made
    made.close()


def test_only_the_bottom_two_open_one_and_it_has_its_days(hub: LocalHub) -> None:
    hub.push([accepted(1, "261123-001-K7Q-0001-5", case_id="case-1")])
    for nth, level in enumerate((1, 2, 3, 4, 5, 0), 1):
        hub.rate(f"q{nth}", f"case-{nth}", level, ("115",) if level == 1 else ())
    first, second = hub.follow_ups()
    assert (first.case_id, first.level, first.indicators) == ("case-1", 1, ("服务态度差、效率低",))
    assert first.number == "261123-001-K7Q-0001-5"
    assert second.level == 2
    # Monday 2026-11-23: the next working day, and the fifteenth after it.
    assert (first.call_back_by, first.mend_by) == (date(2026, 11, 24), date(2026, 12, 14))
    assert not first.overdue(date(2026, 11, 24))
    assert first.overdue(date(2026, 11, 25))


def test_it_is_moved_on_in_order_and_each_act_once(hub: LocalHub) -> None:
    hub.rate("q", "case-1", 1)
    with pytest.raises(Problem, match="follow-up-step"):
        hub.follow_up("case-1", "mend", "a0", BOSS, "先改")
    called = hub.follow_up("case-1", "call_back", "a1", BOSS, "嫌等得久")
    assert (called.state, called.called_by, called.said) == (FollowUpState.CALLED, "0301", "嫌等得久")
    assert hub.follow_up("case-1", "call_back", "a1", BOSS, "嫌等得久") == called
    with pytest.raises(Problem, match="follow-up-step"):
        hub.follow_up("case-1", "call_back", "a2", BOSS, "再打一次")
    assert hub.follow_up("case-1", "task", "a3", BOSS, task="261123-001-K7Q-0009-1").task.endswith("0009-1")
    assert hub.follow_up("case-1", "mend", "a4", BOSS, "增开一窗").fix == "增开一窗"
    assert hub.follow_up("case-1", "close", "a5", BOSS).state is FollowUpState.CLOSED
    assert hub.follow_ups() == ()
    assert [one.state for one in hub.follow_ups(open_only=False)] == [FollowUpState.CLOSED]
    story = [row["kind"] for row in hub.story("case-1")]
    assert story == ["follow_up.call_back", "follow_up.task", "follow_up.mend", "follow_up.close"]


@pytest.mark.parametrize(
    ("who", "act", "note", "code"),
    [
        (clerk("1"), "call_back", "好的", "supervisor-needed"),
        (Actor("", "", ("supervisor",)), "call_back", "好的", "actor-unnamed"),
        (BOSS, "call_back", " ", "reason-needed"),
        (BOSS, "erase", "x", "verb-unknown"),
    ],
)
def test_who_may_and_what_must_be_said(hub: LocalHub, who: Actor, act: str, note: str, code: str) -> None:
    hub.rate("q", "case-1", 2)
    with pytest.raises(Problem, match=code):
        hub.follow_up("case-1", act, "a1", who, note)
    with pytest.raises(Problem, match="not-found"):
        hub.follow_up("case-2", "call_back", "a2", BOSS, "x")
    assert hub.follow_ups()[0].state is FollowUpState.OPEN


def test_a_region_has_its_own_days_from_their_day_on(hub: LocalHub, clock: HandClock) -> None:
    region = load_catalogue().regions["rizhao"]
    from_tuesday = date(2026, 11, 24)
    changed = (Parameter(CALL_BACK, 2, from_tuesday), Parameter(MEND, 5, from_tuesday))
    hub.region = replace(region, parameters=(*region.parameters, *changed))
    hub.rate("q1", "case-1", 1)
    clock.pass_(days=1)
    hub.rate("q2", "case-2", 1)
    before, after = hub.follow_ups()
    assert (before.call_back_by, before.mend_by) == (date(2026, 11, 24), date(2026, 12, 14))
    assert (after.call_back_by, after.mend_by) == (date(2026, 11, 26), date(2026, 12, 1))


@pytest.mark.parametrize("name", sorted(load_catalogue().regions))
def test_every_region_says_its_terms(name: str) -> None:
    region = load_catalogue().regions[name]
    assert all(region.parameter(one, date(2026, 11, 23)) for one in (CALL_BACK, MEND))
