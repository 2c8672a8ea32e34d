"""A bad day: people are sorted, a number is kept for another day and comes first there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.outages import Way
from counter_app.domain.tickets import TicketState
from counter_app.hub.local import LocalHub
from counter_app.problems import Problem
from tests.hub.stores import HALL, RULES, HandClock, clerk

DAY_MS = 24 * 3600
GUIDE = clerk("", "supervisor")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def hub(tmp_path: Path, clock: HandClock) -> Iterator[LocalHub]:
    made = LocalHub(tmp_path, bytes(32), HALL, clock, RULES)
    yield made
    made.close()


def test_everybody_is_sorted_once_and_the_last_word_counts(hub: LocalHub) -> None:
    tickets = [hub.take(f"r{n}") for n in range(3)]
    for n, (ticket, way) in enumerate(zip(tickets, (Way.OFFLINE, Way.WAIT, Way.KEEP), strict=True)):
        said = hub.sort("o1", ticket.ticket_id, way, f"s{n}", GUIDE)
        assert (said.way, said.number, said.clerk_no) == (way, ticket.number, GUIDE.clerk_no)
        assert hub.sort("o1", ticket.ticket_id, way, f"s{n}", GUIDE) == said
    assert bool(hub.sorted_in("o1")[2].kept)
    assert hub.sort("o1", tickets[1].ticket_id, Way.OFFLINE, "s9", GUIDE).way is Way.OFFLINE
    assert [one.way for one in sorted(hub.sorted_in("o1"), key=lambda one: one.number)] == [
        Way.OFFLINE,
        Way.OFFLINE,
        Way.KEEP,
    ]
    assert hub.sorted_in("another") == ()
    ended = hub.ticket(tickets[2].ticket_id)
    assert ended is not None
    assert ended.state is TicketState.CANCELLED


def test_a_kept_number_comes_back_before_those_of_the_day_and_only_once(
    hub: LocalHub, clock: HandClock
) -> None:
    kept = hub.sort("o1", hub.take("r1", person="p1").ticket_id, Way.KEEP, "s1", GUIDE).kept
    clock.pass_(hours=24)
    early = hub.take("r2")
    told = hub.kept(kept)
    assert (told.number, told.group, told.klass) == ("A001", "general", "ordinary")
    back = hub.redeem(f" {kept.lower()} ", "k1")
    assert back.number == "A002"
    assert hub.redeem(kept, "k1").ticket_id == back.ticket_id
    first = hub.call("1", "c1", clerk("1"))
    second = hub.call("2", "c2", clerk("2"))
    assert first is not None
    assert second is not None
    assert (first.ticket_id, second.ticket_id) == (back.ticket_id, early.ticket_id)
    with pytest.raises(Problem, match="kept-used"):
        hub.redeem(kept, "k2")
    assert hub.kept_in("o1") == (1, 1)


def test_what_is_refused(hub: LocalHub, clock: HandClock) -> None:
    ticket = hub.take("r1")
    with pytest.raises(Problem, match="outage-none"):
        hub.sort("", ticket.ticket_id, Way.WAIT, "s0", GUIDE)
    kept = hub.sort("o1", ticket.ticket_id, Way.KEEP, "s1", GUIDE).kept
    with pytest.raises(Problem, match="kept-already"):
        hub.sort("o1", ticket.ticket_id, Way.WAIT, "s2", GUIDE)
    served = hub.take("r2")
    hub.call("1", "c1", clerk("1"))
    hub.act(served.ticket_id, "serve", "a1", clerk("1"))
    with pytest.raises(Problem, match="ticket-state"):
        hub.sort("o1", served.ticket_id, Way.WAIT, "s3", GUIDE)
    for code in ("K0000000A", "", "x" * 99):
        with pytest.raises(Problem, match="kept-unknown"):
            hub.redeem(code, "k1")
    clock.pass_(hours=24 * 31)
    with pytest.raises(Problem, match="kept-expired"):
        hub.redeem(kept, "k2")
