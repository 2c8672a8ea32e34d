"""What a board shows, folded from whatever order the hub tells it in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.tickets import Ticket, TicketState
from counter_app.services.hall.board import (
    FRESH_MS,
    KEPT,
    BoardView,
    is_said,
    shout_of,
    with_fact,
    with_tickets,
)
from counter_app.services.hall.sentences import bare, spoken, written
from drivers.voices.reading import spoken as read_aloud
from tests.fakes.office import START

T0 = int(START.timestamp() * 1000)


def fact(kind: str, ticket: str = "t1", no: int = 1, **more: Any) -> dict[str, Any]:
    told = {"kind": kind, "ticket_id": ticket, "at_ms": T0 + no * 1000, "fact_no": no, "state": "called"}
    return {**told, "number": f"A{ticket[1:]:0>3}", "window": "w3", "group": "general", **more}


def ticket(name: str, state: TicketState, called: int | None, window: str = "5") -> Ticket:
    at = START + timedelta(seconds=called) if called is not None else None
    return Ticket(name, "A" + name, "general", "ordinary", state, START, 0, window, at, 1)


def numbers(view: BoardView) -> list[str]:
    return [shout.number for shout in view.shouts]


def test_the_newest_call_is_on_top() -> None:
    view = with_fact(with_fact(BoardView(), fact("called", "t1", 1)), fact("called", "t2", 2))
    assert numbers(view) == ["A002", "A001"]


def test_a_recalled_ticket_moves_up_and_counts() -> None:
    view = BoardView()
    for no, (kind, name) in enumerate((("called", "t1"), ("called", "t2"), ("recalled", "t1")), 1):
        view = with_fact(view, fact(kind, name, no))
    assert numbers(view) == ["A001", "A002"]
    assert view.shouts[0].times == 2


def test_the_same_fact_twice_changes_nothing() -> None:
    view = with_fact(BoardView(), fact("called", "t1", 1))
    assert with_fact(view, fact("called", "t1", 1)) is view


@pytest.mark.parametrize("kind", ["cancelled", "transferred", "lapsed", "released"])
def test_a_call_that_counts_no_more_goes(kind: str) -> None:
    view = with_fact(with_fact(BoardView(), fact("called", "t1", 1)), fact("called", "t2", 2))
    assert numbers(with_fact(view, fact(kind, "t2", 3))) == ["A001"]


@pytest.mark.parametrize("kind", ["taken", "serving", "done", "parked", "promoted", "notice", ""])
def test_what_people_look_for_later_stays(kind: str) -> None:
    view = with_fact(BoardView(), fact("called", "t1", 1))
    assert numbers(with_fact(view, fact(kind, "t1", 2))) == ["A001"]


def test_who_did_not_come_is_marked_until_they_are_back() -> None:
    view = with_fact(BoardView(), fact("called", "t1", 1))
    missed = with_fact(view, fact("missed", "t1", 2))
    assert missed.shouts[0].is_missed
    assert not with_fact(missed, fact("revived", "t1", 3)).shouts[0].is_missed


def test_tickets_of_the_day_fill_an_empty_board() -> None:
    day = [
        ticket("001", TicketState.DONE, 10),
        ticket("002", TicketState.CALLED, 30),
        ticket("003", TicketState.WAITING, None, ""),
        ticket("004", TicketState.WAITING, 20),  # called once, now back in the line
        ticket("005", TicketState.MISSED, 25),
    ]
    view = with_tickets(BoardView(), day)
    assert [(one.number, one.is_missed) for one in view.shouts] == [
        ("A002", False),
        ("A005", True),
        ("A001", False),
    ]


def test_what_the_board_heard_itself_stays_as_it_is() -> None:
    heard = with_fact(BoardView(), fact("called", "t1", 40))
    view = with_tickets(heard, [replace(ticket("001", TicketState.CALLED, 10), ticket_id="t1")])
    assert view.shouts == heard.shouts


@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["called", "recalled", "missed"])), max_size=60)
)
def test_each_ticket_once_newest_first_and_never_too_many(calls: list[tuple[int, str]]) -> None:
    view = BoardView()
    for no, (name, kind) in enumerate(calls, 1):
        view = with_fact(view, fact(kind, f"t{name}", no))
    named = [one.ticket_id for one in view.shouts]
    assert len(named) == len(set(named)) <= KEPT
    assert [one.at_ms for one in view.shouts] == sorted((one.at_ms for one in view.shouts), reverse=True)


def test_a_call_without_number_or_window_is_none() -> None:
    assert shout_of(fact("called", number="")) is None
    assert shout_of(fact("called", window="")) is None
    assert shout_of(fact("taken")) is None


def test_an_old_call_is_said_only_while_its_window_waits() -> None:
    late = T0 + 1000 + FRESH_MS
    assert is_said(fact("called", state="called"), late)
    assert not is_said(fact("called", state="serving"), late)
    assert is_said(fact("called", state="serving"), late - 1)


@pytest.mark.parametrize(
    ("number", "window", "heard"),
    [
        ("A012", "w3", "请 A 零 一 二 号，到 三 号窗口。"),
        ("B108", "12", "请 B 一 零 八 号，到 十二 号窗口。"),
        ("A001", "20", "请 A 零 零 一 号，到 二十 号窗口。"),
        ("C1010", "w2", "请 C 一 零 一 零 号，到 二 号窗口。"),
    ],
)
def test_digits_and_window_are_read_properly(number: str, window: str, heard: str) -> None:
    assert read_aloud(spoken(number, window)) == heard


def test_a_window_is_called_as_people_know_it() -> None:
    assert (bare("w3"), bare("3"), bare("west"), bare("综合2")) == ("3", "3", "west", "综合2")
    assert written("A012", "w12") == "请 A012 号到 12 号窗口"
