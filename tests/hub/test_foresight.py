"""What is asked beforehand on a server saves journeys and changes no answer, however wrong the guess was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from counter_app.domain.tickets import Ticket, ticket_id_of
from counter_app.hub import memory
from counter_app.hub.hall import HallHub
from counter_app.hub.halls import held_soon, open_hall, save_window
from counter_app.hub.lane import Press
from counter_app.hub.opening import Opened, open_server
from counter_app.hub.pool import PoolLane
from counter_app.queueing.choose import Window
from counter_app.queueing.rules import Group, Rules
from tests.hub.stores import HALL, RULES, START, HandClock, clerk

DAY = START.date().isoformat()


class Hall:
    """A hall on a server, asked as its HTTP side asks: several presses in one turn of the loop."""

    def __init__(self, opened: Opened) -> None:
        assert isinstance(opened.lane, PoolLane)
        self.lane = opened.lane
        self.hub = HallHub(opened.database, opened.lane, HALL, HandClock(), RULES)

    def turn(self, *presses: Press) -> list[Any]:
        """What came of presses that arrived together; nothing was refused, nothing left to the queue."""
        made = self.lane.at_once(presses)
        assert made is not None
        assert [refused for _, refused in made] == [None] * len(presses)
        return [value for value, _ in made]

    def journeys(self, *presses: Press) -> int:
        """How often they go to the server and back."""
        before = self._pipe().journeys
        self.turn(*presses)
        return int(self._pipe().journeys - before)

    def _pipe(self) -> Any:
        assert self.lane._pen is not None
        return self.lane._pen.connection.driver_connection.pipe  # type: ignore[union-attr]

    def take(self, request: str, group: str = "") -> Press:
        return Press(
            lambda: self.hub.taken(request, group).ticket,
            lambda: memory.asked_soon(HALL, request, ticket_id_of(HALL, request)),
        )

    def call(self, nth: int, window: str = "1") -> Press:
        asked = f"call {nth} {window}"
        return Press(lambda: self.hub.call(window, asked, clerk(window)), lambda: held_soon(HALL, window))

    def act(self, ticket: Ticket, verb: str, request: str, window: str = "1") -> Press:
        return Press(
            lambda: self.hub.act(ticket.ticket_id, verb, request, clerk(window)),
            lambda: memory.acted_soon(HALL, ticket.ticket_id, request),
        )


@pytest.fixture
def hall(postgres: Any) -> Iterator[Hall]:
    opened = open_server(postgres.fresh())
    yield Hall(opened)
    opened.close()


def numbers(tickets: Sequence[Any]) -> list[str]:
    return [ticket.number for ticket in tickets]


def test_presses_that_come_together_are_asked_together(hall: Hall) -> None:
    hall.turn(hall.take("first"))
    assert hall.journeys(*(hall.take(f"r{n}") for n in range(4))) == 1 + 4 + 1
    called = [hall.turn(hall.call(n, str(n)))[0] for n in range(1, 5)]
    assert numbers(called) == ["A001", "A002", "A003", "A004"]
    done = [hall.act(ticket, "done", f"d{n}", str(n)) for n, ticket in enumerate(called, 1)]
    assert hall.journeys(*done) == 2


def test_numbers_of_one_turn_follow_one_another(hall: Hall) -> None:
    hall.turn(hall.take("first"))
    made = hall.turn(*(hall.take(f"r{n}") for n in range(5)), hall.take("b", "benefit"))
    assert numbers(made) == ["A002", "A003", "A004", "A005", "A006", "B001"]


def test_one_request_twice_in_a_turn_is_one_number(hall: Hall) -> None:
    hall.turn(hall.take("first"))
    first, again, other = hall.turn(hall.take("r"), hall.take("r"), hall.take("s"))
    assert (first, other.number) == (again, "A003")


def test_a_verb_sees_what_the_one_before_it_in_the_turn_has_done(hall: Hall) -> None:
    hall.turn(hall.take("r"))
    (called,) = hall.turn(hall.call(1))
    first, second = hall.turn(hall.act(called, "miss", "one"), hall.act(called, "revive", "two"))
    assert (first.state, second.state) == ("missed", "waiting")


def test_nobody_is_called_twice_in_a_turn(hall: Hall) -> None:
    hall.turn(*(hall.take(f"r{n}") for n in range(6)))
    for window in ("1", "2"):  # both have called from this lane before
        (ticket,) = hall.turn(hall.call(1, window))
        hall.turn(hall.act(ticket, "done", f"done {window}", window))
    assert numbers(hall.turn(hall.call(2, "1"), hall.call(2, "2"))) == ["A003", "A004"]


def change(hall: Hall, what: Callable[[Any], None]) -> None:
    """As another process would: over a connection of its own."""
    engine = hall.lane._engine
    assert engine is not None
    with engine.begin() as connection:
        what(connection)


def test_a_hall_that_was_given_other_rules_gives_its_numbers_by_them(hall: Hall) -> None:
    hall.turn(hall.take("r"))
    other = Rules(groups=(Group("general", "G", "综合服务"),))
    change(hall, lambda c: open_hall(c, HALL, other))
    assert numbers(hall.turn(hall.take("s"))) == ["G001"]
    change(hall, lambda c: open_hall(c, HALL, RULES))
    assert numbers(hall.turn(hall.take("t"))) == ["A002"]


def test_a_number_another_process_has_given_is_not_given_again(hall: Hall) -> None:
    hall.turn(hall.take("r"))
    change(hall, lambda c: memory.count_on(c, HALL, DAY, "A", 40))
    assert numbers(hall.turn(hall.take("s"), hall.take("t"))) == ["A041", "A042"]


def test_numbers_set_aside_are_passed_over(hall: Hall) -> None:
    hall.turn(hall.take("r"))
    hall.hub.set_aside("s", "general", 3, "kiosk")  # A701 to A703
    change(hall, lambda c: memory.count_on(c, HALL, DAY, "A", 699))
    assert numbers(hall.turn(*(hall.take(f"t{n}") for n in range(3)))) == ["A700", "A704", "A705"]


def test_a_window_that_was_arranged_anew_calls_from_its_new_lane(hall: Hall) -> None:
    hall.turn(hall.take("r"), hall.take("s"), hall.take("b", "benefit"))
    change(hall, lambda c: save_window(c, HALL, Window("1", ("general",))))
    for nth in (1, 2):
        (ticket,) = hall.turn(hall.call(nth))
        hall.turn(hall.act(ticket, "done", f"done {nth}"))
    change(hall, lambda c: save_window(c, HALL, Window("1", ("benefit",))))
    assert numbers(hall.turn(hall.call(3))) == ["B001"]


def test_who_came_to_a_better_lane_is_called_first(hall: Hall) -> None:
    hall.turn(hall.take("r"), hall.take("s"))
    (ticket,) = hall.turn(hall.call(1))
    assert ticket.number == "A001"
    (better,) = hall.turn(hall.take("b", "benefit"))
    change(hall, lambda c: c.exec_driver_sql("UPDATE tickets SET due_key = 0 WHERE number = 'B001'"))
    hall.turn(hall.act(ticket, "done", "done 1"))
    assert hall.turn(hall.call(2))[0].number == better.number
