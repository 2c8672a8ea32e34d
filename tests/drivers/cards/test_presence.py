"""Looks at a reader become events, each change once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drivers.cards.presence import Presence
from drivers.protocols import CardEvent, Fault

looks = st.sampled_from(["here", "anew", "gone", "lost a", "lost b"])


def told_by(moves: list[str]) -> list[str]:
    heard: list[CardEvent] = []
    seen = Presence(heard.append, "r")
    for move in moves:
        if move.startswith("lost"):
            seen.lost(Fault(move))
        else:
            seen.saw(move != "gone", move == "anew")
    return [event.kind for event in heard]


@given(st.lists(looks))
def test_comings_and_goings_alternate_and_nothing_is_said_twice(moves: list[str]) -> None:
    told = told_by(moves)
    cards = [kind for kind in told if kind in ("inserted", "removed")]
    assert cards == [("inserted", "removed")[n % 2] for n in range(len(cards))]
    assert not [n for n in range(len(told) - 1) if told[n] == told[n + 1] == "readers"]
    lying = bool(moves) and moves[-1] in ("here", "anew")
    assert (cards[-1:] == ["inserted"]) == lying


def test_the_same_fault_is_told_once() -> None:
    assert told_by(["lost a", "lost a", "lost b", "gone", "lost b"]) == ["fault", "fault", "readers", "fault"]
