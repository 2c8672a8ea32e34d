"""Numbers served by hand while the line was cut: the hub hears of window and machine in any order, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import Engine

from counter_app.domain.tickets import TicketState
from counter_app.hub import batches, core, days, rows, spares
from counter_app.hub.commands import Accept, Act, Call, EndDay, Spare, Take
from counter_app.hub.exceptions import exceptions_of
from counter_app.hub.rows import business_day
from tests.hub.envelopes import envelope
from tests.hub.stores import HALL, START, clerk, memory

DAY = business_day(START)


class Hub:
    """What window and machine tell one hub."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sent: dict[tuple[str, int], dict[str, Any]] = {}

    def aside(self) -> None:
        with self.engine.begin() as connection:
            spares.set_aside(connection, clerk(), Spare(HALL, START, "s1", "general", 9, "取号机一"))

    def take(self, request: str = "r1", person: str = "", spare: str = "") -> str:
        with self.engine.begin() as connection:
            made = core.take(connection, clerk(), Take(HALL, START, request, person=person, spare=spare))
        assert made.ticket is not None
        return made.ticket.number

    def served(self, seq: int, number: str, window: str = "4", day: str = DAY, **body: str) -> None:
        told = {"ticket_id": "", "ticket": number, "window": window, **body}
        device = f"K7{window}"
        before = self.sent.get((device, seq - 1), {"hash": ""})["hash"]
        at = {"device": device, "business_date": day, "prev_hash": before}
        fact = self.sent.setdefault((device, seq), envelope(seq, "ticket.served", told, **at))
        with self.engine.begin() as connection:
            (ruling,) = batches.accept(connection, clerk(), Accept(HALL, START, [fact]))
        assert ruling.verdict in ("accepted", "duplicate")

    def state(self, number: str) -> TicketState | None:
        with self.engine.begin() as connection:
            found = rows.by_number(connection, HALL, DAY, number)
        return found.state if found is not None else None

    def called(self, nth: int = 1) -> str:
        with self.engine.begin() as connection:
            made = core.call(connection, clerk("9"), Call(HALL, START, "9", f"c{nth}"))
        return made.ticket.number if made.ticket is not None else ""

    def end(self) -> None:
        with self.engine.begin() as connection:
            days.end(connection, clerk("1", "supervisor"), EndDay(HALL, START, "下班"))

    def doubts(self) -> list[tuple[str, str]]:
        with self.engine.begin() as connection:
            return [(row["code"], row["detail"]) for row in exceptions_of(connection, HALL)]


@pytest.fixture
def hub(engine: Engine) -> Hub:
    return Hub(engine)


def test_the_number_of_that_day_is_done_and_nobody_elses(hub: Hub) -> None:
    assert [hub.take(f"r{n}") for n in (1, 2)] == ["A001", "A002"]
    for seq in (1, 1, 2):  # sent again, and a second case of the same visit
        hub.served(seq, "A002")
    assert (hub.state("A001"), hub.state("A002")) == (TicketState.WAITING, TicketState.DONE)
    hub.served(3, "A001", day="2026-11-22")  # a slip of yesterday is not the number of today
    assert hub.state("A001") is TicketState.WAITING
    hub.served(4, "A001", ticket_id="somebody-else")  # nor does a number make good an id nobody knows
    assert (hub.called(), hub.called(2)) == ("A001", "A001")
    assert hub.doubts() == [("ticket-unknown", "A001")] * 2


@pytest.mark.parametrize("order", sorted({*permutations("wwm"), *permutations("wmm")}), ids="".join)
def test_window_and_machine_may_tell_of_a_spare_number_in_any_order(order: Sequence[str]) -> None:
    hub = Hub(memory())
    hub.aside()
    tell: dict[str, Callable[[], Any]] = {
        "w": lambda: hub.served(1, "A702"),
        "m": lambda: hub.take("kiosk", spare="A702"),
    }
    for who in order:
        tell[who]()
    assert (hub.state("A702"), hub.called(), hub.doubts()) == (TicketState.DONE, "", [])
    hub.end()
    assert hub.doubts() == []
    hub.engine.dispose()


def test_two_windows_that_served_one_number_are_an_exception(hub: Hub) -> None:
    hub.aside()
    hub.take()
    for nth, number in enumerate(("A001", "A703")):  # known, and not told of yet
        hub.served(2 * nth + 1, number, "4")
        hub.served(nth + 1, number, "5")
        hub.served(2 * nth + 2, number, "4")
    assert hub.doubts() == [("served-twice", "A001"), ("served-twice", "A703")]
    hub.take("kiosk", spare="A703")
    assert hub.state("A703") is TicketState.DONE


def test_a_number_that_was_called_elsewhere_meanwhile_is_an_exception(hub: Hub) -> None:
    hub.take()
    assert hub.called() == "A001"
    hub.served(1, "A001")
    assert hub.state("A001") is TicketState.CALLED
    assert hub.doubts() == [("served-twice", "A001")]


def test_a_number_no_machine_ever_tells_of_is_an_exception_once(hub: Hub) -> None:
    hub.aside()
    for seq, number in enumerate(("A777", "Z001", "A704"), 1):  # only the last was ever set aside
        hub.served(seq, number)
    assert hub.doubts() == [("ticket-unknown", "A777"), ("ticket-unknown", "Z001")]
    for _ in range(2):
        hub.end()
        assert [detail for _, detail in hub.doubts()] == ["A777", "Z001", "A704"]


def test_who_had_two_numbers_is_served_by_either(hub: Hub) -> None:
    hub.aside()
    hub.take(person="p1.somebody")
    hub.served(1, "A701")
    assert hub.take("kiosk", person="p1.somebody", spare="A701") == "A001"
    assert (hub.state("A001"), hub.called(), hub.doubts()) == (TicketState.DONE, "", [])


def test_a_number_kept_for_another_day_and_served_all_the_same_is_an_exception(hub: Hub) -> None:
    number = hub.take()
    with hub.engine.begin() as connection:
        found = rows.by_number(connection, HALL, DAY, number)
        assert found is not None
        carry = Act(HALL, START, found.ticket_id, "carry", "a1", "明天再来", "2026-11-24")
        core.act(connection, clerk("1", "guide", "supervisor"), carry)
    hub.served(1, number)
    assert (hub.state(number), hub.doubts()) == (TicketState.CARRIED, [("served-carried", number)])
