"""Windows against each other on a real PostgreSQL: nobody twice, nobody lost, no number twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from counter_app.database import open_postgres
from counter_app.domain.actor import Actor
from counter_app.domain.life import Wish
from counter_app.hub import batches, core, tables, upgrades
from counter_app.hub.cases import move_case
from counter_app.hub.commands import Accept, Act, Call, Move, Take
from counter_app.hub.halls import open_hall
from counter_app.hub.pool import PoolLane
from counter_app.problems import Problem
from tests.hub.envelopes import accepted, envelope, reviewed
from tests.hub.stores import HALL, RULES, START, clerk
from tests.hub.test_local import together


@pytest.fixture
def lane(postgres: Any) -> Iterator[PoolLane]:
    database = open_postgres(postgres.fresh(), upgrades)
    made = PoolLane(database)
    made.do(lambda c: open_hall(c, HALL, RULES))
    yield made
    made.close()
    database.close()


def take(lane: PoolLane, request: str, person: str = "") -> Any:
    return lane.do(lambda c: core.take(c, clerk(), Take(HALL, START, request, person=person))).ticket


def call(lane: PoolLane, window: str, call_id: str) -> Any:
    return lane.do(lambda c: core.call(c, clerk(window), Call(HALL, START, window, call_id))).ticket


def done(lane: PoolLane, ticket_id: str, window: str) -> None:
    wish = Act(HALL, START, ticket_id, "done", f"done {ticket_id}")
    lane.do(lambda c: core.act(c, clerk(window), wish))


def test_eight_windows_on_postgresql(lane: PoolLane, size: Callable[[str], int]) -> None:
    """Replies are lost and repeated at random; every ticket ends at exactly one window."""
    many = size("hub_calls") // 8
    taken = together(8, lambda n: [take(lane, f"{n}-{i}").number for i in range(many)])
    numbers = [number for some in taken for number in some]
    assert sorted(numbers) == sorted(f"A{n:03d}" for n in range(1, len(numbers) + 1))

    def window(nth: int) -> list[str]:
        chance, mine = random.Random(nth), str(nth)
        called: list[str] = []
        for press in range(10 * len(numbers)):
            ticket = call(lane, mine, f"{nth}-{press}")
            if ticket is None:
                return called
            if chance.random() < 0.3:  # the reply was lost: asked again, with the same id or a new one
                again = call(lane, mine, chance.choice([f"{nth}-{press}", f"{nth}-{press}-again"]))
                assert again == ticket
            done(lane, ticket.ticket_id, mine)
            called.append(ticket.number)
        raise AssertionError("the line never ends")

    got = [number for some in together(8, window) for number in some]
    assert sorted(got) == sorted(numbers)


def test_the_same_request_from_two_kiosks_at_once(lane: PoolLane) -> None:
    for n in range(10):
        made = together(6, lambda _, n=n: take(lane, f"r{n}").number)
        assert len(set(made)) == 1
    assert [take(lane, f"r{n}").number for n in range(10)] == [f"A{n:03d}" for n in range(1, 11)]


def test_the_same_person_at_two_kiosks_at_once(lane: PoolLane) -> None:
    for n in range(10):
        made = together(6, lambda k, n=n: take(lane, f"r{n}-{k}", f"p{n}").number)
        assert len(set(made)) == 1


def test_the_same_call_twice_at_once(lane: PoolLane) -> None:
    for n in range(10):
        take(lane, f"r{n}")
    for n in range(10):
        made = together(6, lambda _, n=n: call(lane, "1", f"c{n}"))
        assert len({ticket.ticket_id for ticket in made}) == 1
        done(lane, made[0].ticket_id, "1")


def test_one_window_presses_twice_with_two_ids(lane: PoolLane) -> None:
    for n in range(12):
        take(lane, f"r{n}")
    for n in range(6):
        made = together(6, lambda k, n=n: call(lane, "1", f"c{n}-{k}"))
        assert len({ticket.ticket_id for ticket in made}) == 1
        done(lane, made[0].ticket_id, "1")


def test_the_same_batch_from_every_side(lane: PoolLane) -> None:
    """Shuffled copies of one batch at once: each fact once, the feed dense."""
    made = [accepted(seq, f"N{seq}", device=device) for device in ("K7Q", "P2M") for seq in range(1, 21)]

    def push(nth: int) -> list[str]:
        mine = random.Random(nth).sample(made, len(made))
        ruled = lane.do(lambda c: batches.accept(c, clerk(), Accept(HALL, START, mine)))
        return [r.verdict for r in ruled]

    told = Counter(verdict for some in together(6, push) for verdict in some)
    assert told == {"accepted": 40, "duplicate": 200}
    numbers = lane.do(lambda c: c.execute(select(tables.feed.c.feed_no)).scalars().all())
    assert sorted(numbers) == list(range(1, 41))


def claimed(by: Actor, wish: Move, connection: Any) -> None:
    move_case(connection, by, wish)


def test_facts_and_moves_of_the_same_cases_at_once(lane: PoolLane) -> None:
    """Counters push while reviewers press: nothing hangs, each case is claimed once, the feed is dense."""
    codes: set[str] = set()
    made = [reviewed(nth, f"N{nth}") for nth in range(1, 13)]
    lane.do(lambda c: batches.accept(c, clerk(), Accept(HALL, START, made)))

    def work(nth: int) -> int:
        if nth < 2:
            said = {"move": {"id": f"w{nth}", "act": "withdraw", "reason": "改期"}}
            facts = [
                envelope(20 + k, "case.withdrawn", said, case_id=f"case-N{k}", device=f"D{nth}")
                for k in range(1, 13)
            ]
            lane.do(lambda c: batches.accept(c, clerk(), Accept(HALL, START, facts)))
            return 0
        by, won = Actor(f"042{nth}", "演示审核", ("reviewer",)), 0
        for k in range(12, 0, -1):
            wish = Wish(f"{nth}-{k}", "claim")
            try:
                lane.do(partial(claimed, by, Move(HALL, START, f"case-N{k}", wish)))
                won += 1
            except Problem as refused:
                codes.add(refused.code)
        return won

    won = together(6, work)
    turns = lane.do(lambda c: c.execute(select(tables.moves.c.case_id, tables.moves.c.act)).all())
    told = lane.do(lambda c: list(c.execute(select(tables.feed.c.feed_no).order_by("feed_no")).scalars()))
    assert codes == {"move-wrong-step"}
    claims = [case for case, act in turns if act == "claim"]
    assert sum(won) == len(claims) == len(set(claims))
    assert {case for case, act in turns if act == "withdraw"} == {f"case-N{k}" for k in range(1, 13)}
    assert told == list(range(1, len(told) + 1))
