"""Patience: jitter over the whole wait, never before the hub said, at once when it is heard again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counter_app.problems import Problem
from counter_app.sync.backoff import CAP_S, Backoff
from counter_app.sync.drain import drain


@given(st.floats(0, 1, exclude_max=True), st.lists(st.sampled_from([0.0, 1.0, 30.0, 240.0]), max_size=30))
def test_the_wait_is_bounded_and_what_was_asked_for_is_kept(chance: float, asked: list[float]) -> None:
    pace = Backoff(lambda: chance)
    for retry_after in asked:
        wait = pace.failed(100.0, retry_after)
        assert retry_after <= wait <= 2 * CAP_S
        assert not pace.ready(100.0 + wait - 1e-3, heard=retry_after > 0) or wait < 1e-3
        assert pace.ready(100.0 + wait)


def test_thousands_told_the_same_do_not_come_together() -> None:
    waits = sorted(Backoff(lambda nth=nth: nth / 1000).failed(0.0, 60.0) for nth in range(1000))  # type: ignore[misc]
    assert waits[0] >= 60.0
    assert waits[-1] - waits[0] > 50.0
    assert max(sum(w <= x < w + 1 for x in waits) for w in waits) <= 20


def test_a_hub_that_answers_again_is_asked_at_once_unless_it_said_when() -> None:
    pace = Backoff(lambda: 0.5)
    pace.failed(0.0)
    assert not pace.ready(0.1)
    assert pace.ready(0.1, heard=True)
    pace.failed(0.0, 20.0)
    assert not pace.ready(0.1, heard=True)
    pace.worked()
    assert pace.ready(0.0)


class Busy:
    def push(self, batch: object) -> list[dict[str, str]]:
        raise Problem("hub-busy", "hub", "17")


class One:
    def waiting(self, limit: int = 100) -> list[dict[str, str]]:
        return [{"event_id": "e"}]


def test_draining_hears_what_the_hub_asked_for() -> None:
    pace = Backoff(lambda: 0.0)
    assert drain(One(), Busy(), lambda verdicts: None, pace=pace, now=lambda: 5.0) == 0
    assert pace.not_before == 22.0
