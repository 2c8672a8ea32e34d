"""The door of the batches: so many at once, and the more are sent away the longer they stay away."""

from __future__ import annotations

from counter_app.hub.crowd import LONGEST_S, Crowd


def test_places_are_given_and_given_back() -> None:
    crowd = Crowd(places=2)
    assert [crowd.enter(0.0) for _ in range(2)] == [0, 0]
    assert crowd.enter(0.0) > 0
    crowd.leave(1.0)
    assert crowd.enter(1.0) == 0


def test_the_wait_grows_with_the_crowd_and_ends() -> None:
    crowd = Crowd(places=1)
    for second in range(10):  # ten a second are served
        for _ in range(10):
            crowd.inside = 0
            crowd.enter(float(second))
            crowd.leave(float(second))
    crowd.enter(10.0)
    waits = [crowd.enter(10.0) for _ in range(3000)]
    assert waits == sorted(waits)
    assert 1 <= waits[0] <= 2
    assert 80 <= waits[999] <= 120  # a thousand before it, ten a second
    assert waits[-1] == LONGEST_S
    assert crowd.enter(10.0 + 2 * LONGEST_S) <= 2  # long ago is forgotten
