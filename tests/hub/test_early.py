"""A press goes to a server twice, whoever presses, and what it foresaw wrongly leaves no trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, cast

import pytest
from sqlalchemy import Connection

from counter_app.domain.tickets import Given, TicketState
from counter_app.hub import core, fronts, memory, rows
from counter_app.hub.commands import Act, Call, Take
from counter_app.hub.hall import HallHub
from counter_app.hub.halls import open_hall
from counter_app.hub.lane import Outcome, Work
from counter_app.hub.opening import open_server
from counter_app.hub.pool import PoolLane
from counter_app.queueing import entry as steps
from counter_app.queueing.rules import Group
from tests.hub.stores import GROUPS, HALL, RULES, START, HandClock, clerk
from tests.hub.test_local import together


@pytest.fixture
def hub(postgres: Any) -> Iterator[HallHub]:
    """A hall in which window 1 has called before and the next number is the second of the day."""
    opened = open_server(postgres.fresh())
    made = HallHub(opened.database, opened.lane, HALL, HandClock(), RULES)
    made.taken("before")
    called = made.call("1", "before", clerk())
    assert called is not None
    made.act(called.ticket_id, "done", "before", clerk())
    yield made
    opened.close()


def lane_of(hub: HallHub) -> PoolLane:
    return cast(PoolLane, hub.lane)


def pressed(hub: HallHub, work: Callable[[], Any]) -> Any:
    """What a press gives on the loop's own thread, or raises."""
    made = lane_of(hub).at_once([lambda _: work()])
    assert made is not None
    return told(made[0])


def told(outcome: Outcome) -> Any:
    value, refused = outcome
    if refused is not None:
        raise refused
    return value


def journeys(hub: HallHub, work: Callable[[], Any]) -> int:
    """How often a press goes to the server and back."""
    pressed(hub, lambda: None)  # so that there is a pen
    pen = cast(Any, lane_of(hub)._pen)
    pipe = pen.connection.driver_connection.pipe
    before = pipe.journeys
    pressed(hub, work)
    return int(pipe.journeys - before)


def numbers(hub: HallHub) -> list[str]:
    return [ticket.number for ticket in hub.tickets(hub.today())]


def test_a_number_a_call_and_its_end_go_there_twice(hub: HallHub) -> None:
    marks = ["p3", "p4"]
    assert journeys(hub, lambda: hub.taken("nobody")) == 3  # with nobody before: is a window free?
    assert journeys(hub, lambda: hub.taken("nobody either")) == 2
    assert journeys(hub, lambda: hub.taken("somebody", person="p1")) == 2
    assert journeys(hub, lambda: hub.taken("with older marks", person="p2", was=marks)) == 2
    assert journeys(hub, lambda: hub.call("1", "c", clerk())) == 2
    held = next(ticket for ticket in hub.tickets(hub.today()) if ticket.state is TicketState.CALLED)
    assert held.number == "A002"
    assert journeys(hub, lambda: hub.act(held.ticket_id, "done", "d", clerk())) == 2


def test_a_number_nobody_was_given_is_given_to_the_next(hub: HallHub) -> None:
    """A request that comes twice, a person who waits already, one who has an appointment, a closed hall."""
    given = [pressed(hub, lambda n=name: hub.taken(n, person="p1")).ticket.number for name in ("a", "a", "b")]
    assert given == ["A002"] * 3
    lane_of(hub).do(lambda c: _book(hub, "p2"))
    assert pressed(hub, lambda: hub.taken("c", person="p2")).ticket.number == "B001"
    hub.close_taking(clerk("1", "supervisor"), "停电")
    with pytest.raises(Exception, match="line-closed"):
        pressed(hub, lambda: hub.taken("d"))
    hub.close_taking(clerk("1", "supervisor"), "")
    assert pressed(hub, lambda: hub.taken("e")).ticket.number == "A003"
    assert sorted(numbers(hub)) == ["A001", "A002", "A003", "B001"]


def _book(hub: HallHub, person: str) -> None:
    hub.book("book", START.replace(hour=10), "benefit", person=person)


def test_rules_another_hub_has_changed_are_the_ones_that_count(hub: HallHub) -> None:
    """What was foreseen by the old ones, a number with another letter, is given back."""
    changed = replace(RULES, groups=(Group("general", "Z", "综合服务"), *GROUPS[1:]))
    lane_of(hub).do(lambda c: open_hall(c, HALL, changed))
    given = [pressed(hub, lambda n=n: hub.taken(f"r{n}")).ticket.number for n in range(2)]
    assert given == ["Z001", "Z002"]
    last = [lane_of(hub).do(lambda c, p=p: memory.last_number(c, HALL, str(hub.today()), p)) for p in "AZ"]
    assert last == [1, 2]


def test_whoever_is_overdue_is_not_counted_by_one_who_comes_with_a_card(hub: HallHub) -> None:
    """Time alone has changed the line since it was looked at: what was foreseen of it is asked anew."""
    pressed(hub, lambda: hub.taken("yesterday", person="p1"))
    cast(HandClock, hub._clock).at = START.replace(day=24)
    given: Given = pressed(hub, lambda: hub.taken("today", person="p2"))
    assert (given.ticket.number, given.ahead) == ("A001", 0)
    assert pressed(hub, lambda: hub.taken("next", person="p3")).ticket.number == "A002"


def test_a_window_that_serves_others_now_looks_anew(hub: HallHub) -> None:
    pressed(hub, lambda: hub.taken("a", "benefit"))
    pressed(hub, lambda: hub.taken("b", "general"))
    hub.arrange("1", clerk("1", "supervisor"), own=("general",), why="忙")
    assert pressed(hub, lambda: hub.call("1", "c", clerk())).group == "general"


def _calls_who_was_first(hub: HallHub, between: Callable[[], Any]) -> Work:
    """A call of window 2 that looks, and writes only when something else has happened in between."""

    def work(connection: Connection) -> str:
        head = fronts.look(connection, HALL, ["general"])["general"]
        between()
        found = fronts.first(connection, HALL, "general", head)
        assert found is not None
        made = steps.call(found.entry, "2", "late", rows.to_ms(START), clerk("2"), RULES)
        wish = Call(HALL, START, "2", "late")
        fronts.put(connection, HALL, made, found.mark, memory.call_kept(wish, made[0]))
        return found.entry.number

    return work


def test_who_was_touched_since_is_not_written(hub: HallHub) -> None:
    """Another hub calls the first, or only notes something about them: nothing of ours is there then."""
    first, second = (hub.taken(name).ticket for name in ("a", "b"))
    other = PoolLane(hub.database)
    wish = Call(HALL, START, "1", "other")
    taken = _calls_who_was_first(hub, lambda: other.do(lambda c: core.call(c, clerk(), wish)))
    assert lane_of(hub).at_once([taken]) is None
    noted = _calls_who_was_first(hub, lambda: _describe(other, second.ticket_id))
    assert lane_of(hub).at_once([noted]) is None
    assert [fact["kind"] for fact in hub.story(second.ticket_id)] == ["taken", "described"]
    assert pressed(hub, lambda: hub.call("2", "late", clerk("2"))).number == second.number
    states = {ticket.number: (ticket.state, ticket.window) for ticket in hub.tickets(hub.today())}
    assert states[first.number] == (TicketState.CALLED, "1")
    other.close()


def _describe(lane: PoolLane, ticket_id: str) -> None:
    def work(connection: Connection) -> None:
        found = rows.find(connection, HALL, ticket_id)
        fact = steps.fact("described", found, rows.to_ms(START), clerk())
        rows.put(connection, HALL, (replace(found, note="轮椅"), fact))

    lane.do(work)


def test_who_was_not_touched_is_written(hub: HallHub) -> None:
    hub.taken("a")
    made = lane_of(hub).at_once([_calls_who_was_first(hub, lambda: None)])
    assert made == [("A002", None)]
    assert pressed(hub, lambda: hub.call("2", "late", clerk("2"))).number == "A002"


def once(lane: PoolLane, work: Work) -> Any:
    """A press as a server's loop brings it: at once, or in the queue when that went wrong."""
    made = lane.at_once([work])
    return told(made[0]) if made is not None else lane.submit(work).result()


def _done(ticket_id: str) -> Act:
    return Act(HALL, START, ticket_id, "done", f"done {ticket_id}")


def test_hubs_that_press_at_once_give_nobody_twice(hub: HallHub, size: Callable[[str], int]) -> None:
    """Each with a pen of its own, and the queue behind it for what went wrong."""
    many = size("hub_calls") // 16
    lanes = [PoolLane(hub.database) for _ in range(4)]

    def taken(nth: int) -> list[str]:
        wishes = [Take(HALL, START, f"{nth}-{i}", person=f"{nth}-{i % 7}", rules=RULES) for i in range(many)]
        return [once(lanes[nth], lambda c, w=w: core.take(c, clerk(), w)).ticket.ticket_id for w in wishes]

    def called(nth: int) -> list[str]:
        window, found = str(nth + 1), []
        lanes_of = ("general", "benefit", "employer", f"window:{window}")
        for i in range(many):
            wish = Call(HALL, START, window, f"{nth}-{i}", lanes=lanes_of)
            ticket = once(lanes[nth], lambda c, w=wish: core.call(c, clerk(window), w)).ticket
            if ticket is not None and (not found or found[-1] != ticket.ticket_id):
                found.append(ticket.ticket_id)
                once(lanes[nth], lambda c, t=ticket: core.act(c, clerk(window), _done(t.ticket_id)))
        return found

    given = {ticket_id for some in together(4, taken) for ticket_id in some}
    assert len(given) == 28
    last = hub.taken("last").ticket
    assert last.number == f"A{30:03d}"  # one before, twenty-eight people, and not one number lost
    times = Counter(ticket_id for some in together(4, called) for ticket_id in some)
    assert times == Counter({*given, last.ticket_id})
    for lane in lanes:
        lane.close()
