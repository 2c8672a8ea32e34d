"""A lane runs one call at a time; a call that was given up is never begun."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from drivers.lane import Lane
from drivers.protocols import Fault


@pytest.fixture
def lane() -> Iterator[Lane]:
    made = Lane("test")
    yield made
    made.close()


def test_a_call_runs_in_the_lanes_thread(lane: Lane) -> None:
    names = {lane.ask(lambda: threading.current_thread().name, 2000) for _ in range(3)}
    assert names == {"device-test"}


def test_what_the_work_raises_the_caller_gets(lane: Lane) -> None:
    with pytest.raises(ZeroDivisionError):
        lane.ask(lambda: 1 // 0, 2000)


def test_a_hanging_call_costs_its_limit_and_the_next_waiting_call_is_never_begun(lane: Lane) -> None:
    go_on, done = threading.Event(), []
    with pytest.raises(Fault) as first:
        lane.ask(go_on.wait, 30)
    with pytest.raises(Fault) as second:
        lane.ask(lambda: done.append("printed after its refusal"), 30)
    go_on.set()
    assert lane.ask(lambda: "well again", 2000) == "well again"
    assert (first.value.code, second.value.code, done) == ("device-timeout", "device-timeout", [])


def test_calls_keep_their_order(lane: Lane) -> None:
    seen: list[int] = []
    for n in range(50):
        lane.post(lambda n=n: seen.append(n))  # type: ignore[misc]
    lane.ask(lambda: None, 2000)
    assert seen == list(range(50))


def test_a_closed_lane_refuses() -> None:
    lane = Lane("test")
    lane.close()
    with pytest.raises(Fault) as caught:
        lane.ask(lambda: None, 100)
    assert caught.value.code == "device-gone"
    assert not [t for t in threading.enumerate() if t.name == "device-test"]
