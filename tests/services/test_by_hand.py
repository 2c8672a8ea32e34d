"""人工叫号 at a window: the line is cut, the number is typed off the slip, the hub learns of it later."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.tickets import TicketState
from counter_app.problems import Problem
from counter_app.services import palette
from counter_app.services.by_hand import number_typed
from counter_app.sync.drain import drain
from tests.fakes.office import TestOffice
from tests.services.test_outage import behind_a_cable
from tests.services.test_visit import accept_yd01


def states(desk: TestOffice) -> dict[str, TicketState]:
    return {ticket.number: ticket.state for ticket in desk.hub.tickets(desk.clock.now().date())}


def sync(desk: TestOffice) -> None:
    for _ in range(2):
        drain(desk.store, desk.office.ports.hub, desk.store.settle)


def refusal(desk: TestOffice, number: str) -> str:
    with pytest.raises(Problem) as refused:
        desk.visit.serve_number(number)
    return refused.value.code


@given(st.sampled_from(string.ascii_uppercase), st.integers(0, 9999), st.booleans(), st.booleans())
def test_a_printed_number_is_known_however_it_is_typed(
    letter: str, nth: int, small: bool, wide: bool
) -> None:
    printed = f"{letter}{nth:03}"
    typed = printed.lower() if small else printed
    typed = "".join(chr(ord(one) + 0xFEE0) for one in typed) if wide else typed
    assert number_typed(f" {typed[0]} {typed[1:]} ") == printed


@given(st.text(max_size=12))
def test_nothing_else_is_a_number(text: str) -> None:
    found = number_typed(text)
    assert not found or (found[0] in string.ascii_uppercase and found[1:].isdigit() and 4 <= len(found) <= 5)


def test_the_palette_offers_a_number_only_while_the_line_is_cut(desk: TestOffice) -> None:
    cable = behind_a_cable(desk)
    assert palette.number_rows(desk.office, "A023") == ()
    cable.whole = False
    (row,) = palette.number_rows(desk.office, " a023")
    assert (row.kind, row.code, row.title) == ("ticket", "A023", "人工叫号　A023")
    assert palette.number_rows(desk.office, "YD01 异地") == ()
    with pytest.raises(Problem, match="line-away"):
        desk.visit.call_next()


def test_who_holds_a_number_is_served_and_the_hub_learns_of_it(desk: TestOffice) -> None:
    first, second = (desk.hub.take(f"r{n}").number for n in (1, 2))
    cable = behind_a_cable(desk)
    assert refusal(desk, second) == "line-there"
    cable.whole = False
    assert refusal(desk, "YD01 ") == "number-typed"
    view = desk.visit.serve_number(second.lower())
    assert view.ticket is not None
    assert (view.ticket.number, view.ticket.ticket_id) == (second, second)
    assert refusal(desk, first) == "visit-open"
    with pytest.raises(Problem, match="number-by-hand"):
        desk.visit.recall()
    desk.identify("li_guifang")
    accept_yd01(desk)
    told = [fact["body"] for fact in desk.store.facts() if fact["kind"] == "ticket.served"]
    assert told == [{"ticket_id": "", "ticket": second, "window": desk.office.window}]
    cable.whole = True  # the line is back before the visit is over: nobody is asked about a number without id
    assert desk.visit.finish().notices == ()
    assert len([fact for fact in desk.store.facts() if fact["kind"] == "ticket.served"]) == 1
    sync(desk)
    assert states(desk) == {first: TicketState.WAITING, second: TicketState.DONE}
    called = desk.visit.call_next().ticket
    assert called is not None
    assert called.number == first
    assert desk.hub.exceptions() == []


def test_who_only_asked_something_is_told_of_all_the_same(desk: TestOffice) -> None:
    number = desk.hub.take("r1").number
    cable = behind_a_cable(desk)
    cable.whole = False
    desk.identify("li_guifang")  # the card came first, then the slip
    assert desk.visit.serve_number(number).principals != ()
    desk.visit.finish()
    cable.whole = True
    sync(desk)
    assert states(desk) == {number: TicketState.DONE}


def test_nobody_came_with_it_or_it_is_put_aside(desk: TestOffice) -> None:
    number = desk.hub.take("r1").number
    cable = behind_a_cable(desk)
    cable.whole = False
    desk.visit.serve_number(number)
    assert desk.visit.miss().ticket is None
    assert "ticket.served" not in [fact["kind"] for fact in desk.store.facts()]
    desk.visit.serve_number(number)
    (held,) = desk.visit.hold().held
    assert held.ticket == number
    resumed = desk.visit.resume(held.visit_id)
    assert (resumed.ticket is not None, resumed.notices) == (True, ())
    cable.whole = True
    sync(desk)
    assert states(desk) == {number: TicketState.WAITING}
