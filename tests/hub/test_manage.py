"""What a manager asks of a hub: the sums of a span and who sits where, on both databases and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from counter_app.domain.actor import Actor
from counter_app.hub import core, shifts
from counter_app.hub.commands import Act, Call, Take
from counter_app.hub.shifts import Drop, Plan
from counter_app.hub.statistics import share_of, statistics
from counter_app.problems import Problem
from counter_app.sync.remote_manage import RemoteManage
from tests.fakes.hall import Hall, open_hall
from tests.hub.stores import HALL, START, clerk

TODAY = START.date()
MANAGER = Actor("0301", "李晨", ("clerk", "supervisor"))


def serve(engine: Engine, nth: int, at: datetime, wait: float, service: float, end: str = "done") -> None:
    """One ticket taken at a moment, called after `wait` and ended after `service` minutes at window 1."""
    window = f"w{nth % 2 + 1}"
    with engine.begin() as c:
        made = core.take(c, clerk(), Take(HALL, at, f"t{nth}", "general", "elderly" if nth % 2 else ""))
        assert made.ticket is not None
        called = at + timedelta(minutes=wait)
        core.call(c, clerk(window), Call(HALL, called, window, f"c{nth}", ""))
        if end == "done":
            core.act(c, clerk(window), Act(HALL, called, made.ticket.ticket_id, "serve", f"s{nth}"))
        over = called + timedelta(minutes=service)
        core.act(c, clerk(window), Act(HALL, over, made.ticket.ticket_id, end, f"e{nth}"))


def told(engine: Engine, first: date = TODAY, last: date = TODAY) -> Any:
    with engine.begin() as c:
        return statistics(c, HALL, first, last)


def test_waits_and_services_are_counted_by_window_group_class_and_hour(engine: Engine) -> None:
    serve(engine, 0, START, 10, 5)
    serve(engine, 1, START + timedelta(minutes=70), 20, 7)
    serve(engine, 2, START + timedelta(minutes=130), 30, 1, "miss")
    found = told(engine)
    assert [(row["key"], row["taken"], row["done"], row["missed"]) for row in found["windows"]] == [
        ("w1", 2, 1, 1),
        ("w2", 1, 1, 0),
    ]
    first = found["windows"][0]
    assert (first["wait_median_ms"], first["service_median_ms"]) == (600_000, 300_000)
    assert [row["key"] for row in found["hours"]] == ["09", "10", "11"]
    assert {row["key"] for row in found["classes"]} == {"ordinary", "elderly"}
    assert found["total"]["wait_max_ms"] == 20 * 60_000  # who was missed is no waiting time
    assert "clerk" not in str(found)


def test_another_day_is_another_span(engine: Engine) -> None:
    serve(engine, 0, START, 10, 5)
    assert told(engine, TODAY + timedelta(days=1), TODAY + timedelta(days=1))["total"]["taken"] == 0
    assert told(engine, TODAY - timedelta(days=3))["total"]["taken"] == 1


@given(st.lists(st.integers(0, 10**7), max_size=60), st.integers(1, 9))
def test_a_share_is_a_wait_somebody_had(waits: list[int], tenths: int) -> None:
    found = share_of(waits, tenths)
    if not waits:
        assert found is None
        return
    assert found in waits
    assert sum(wait <= found for wait in waits) * 10 >= len(waits) * tenths
    assert sum(wait < found for wait in waits) * 10 < len(waits) * tenths


# --- shifts -----------------------------------------------------------------------------------------
def plan(engine: Engine, id_: str = "s1", actor: Actor = MANAGER, **more: Any) -> bool:
    wish = {"day": TODAY, "window": "w1", "clerk": "0317", "name": "陈静", "start": "08:30", "end": "12:00"}
    with engine.begin() as c:
        return shifts.plan(c, actor, Plan(HALL, START, id_, **(wish | more)))


def planned(engine: Engine, day: date = TODAY) -> list[str]:
    with engine.begin() as c:
        return [str(one["id"]) for one in shifts.shifts_of(c, HALL, day)]


def test_a_shift_is_planned_once_and_taken_back_with_a_reason(engine: Engine) -> None:
    assert plan(engine)
    assert not plan(engine)
    assert planned(engine) == ["s1"]
    with engine.begin() as c:
        with pytest.raises(Problem, match="reason-needed"):
            shifts.drop(c, MANAGER, Drop(HALL, START, "d1", TODAY, "s1", " "))
        assert shifts.drop(c, MANAGER, Drop(HALL, START, "d1", TODAY, "s1", "柜员请假"))
        assert not shifts.drop(c, MANAGER, Drop(HALL, START, "d1", TODAY, "s1", "柜员请假"))
    assert planned(engine) == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"clerk": "0318", "start": "11:00", "end": "13:00"}, "shift-clash"),  # the window is taken
        ({"window": "w2", "start": "11:00", "end": "13:00"}, "shift-clash"),  # the person is elsewhere
        ({"start": "12:00", "end": "12:00"}, "shift-time"),
        ({"start": "13:00", "end": "24:30"}, "shift-time"),
        ({"start": "8:30"}, "shift-time"),
        ({"actor": clerk()}, "supervisor-needed"),
    ],
)
def test_what_cannot_be_is_refused(engine: Engine, more: dict[str, Any], code: str) -> None:
    plan(engine)
    with pytest.raises(Problem) as refused:
        plan(engine, "s2", **more)
    assert refused.value.code == code
    assert planned(engine) == ["s1"]


def test_shifts_that_only_touch_are_a_hand_over(engine: Engine) -> None:
    plan(engine)
    plan(engine, "s2", clerk="0318", name="周衡", start="12:00", end="17:30")
    plan(engine, "s3", day=TODAY + timedelta(days=1))
    assert planned(engine) == ["s1", "s2"]
    assert planned(engine, TODAY + timedelta(days=1)) == ["s3"]


# --- over HTTP --------------------------------------------------------------------------------------
@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with open_hall(tmp_path) as made:
        yield made


def test_the_same_over_http(hall: Hall) -> None:
    manager = RemoteManage(hall.where()[0], hall.token("manage"))
    hall.serve_at("w1", 300)
    day = hall.hub.today()
    assert manager.plan_shift("r1", day, "w1", "0317", "陈静", "08:30", "12:00", MANAGER)
    (one,) = manager.shifts(day)
    assert (one["name"], one["by"], one["window"]) == ("陈静", "0301", "w1")
    assert manager.drop_shift("r2", day, str(one["id"]), MANAGER, "换班")
    assert manager.statistics(day, day)["total"]["done"] == 1
    with pytest.raises(Problem, match="span-wrong"):
        manager.statistics(day, day - timedelta(days=1))
    assert manager.bad_answers() == []
    assert manager.work("") == []  # a manager sees what is late
    manager.close()
