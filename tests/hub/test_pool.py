"""What waits for PostgreSQL goes into one transaction, and nobody suffers for a neighbour."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from counter_app.database import open_postgres
from counter_app.hub import rows, upgrades
from counter_app.hub.halls import open_hall
from counter_app.hub.memory import kept, remember, subject
from counter_app.hub.pool import PoolLane
from counter_app.hub.quick import write
from counter_app.problems import Problem
from counter_app.queueing.entry import LineFact
from tests.hub.stores import HALL, RULES

LIMIT_S = 60.0


@pytest.fixture
def lane(postgres: Any) -> Iterator[PoolLane]:
    database = open_postgres(postgres.fresh(), upgrades)
    made = PoolLane(database)
    made.do(lambda c: open_hall(c, HALL, RULES))
    yield made
    made.close()
    database.close()


def transaction(connection: Connection) -> int:
    return int(connection.execute(text("SELECT txid_current()")).scalar_one())


def together(lane: PoolLane, *works: Any) -> list[Any]:
    """What came of works that wait while another one runs."""
    hold = threading.Event()
    lane.submit(lambda connection: hold.wait(LIMIT_S))
    jobs = [lane.submit(work) for work in works]
    hold.set()
    return [job.exception(LIMIT_S) or job.result() for job in jobs]


def test_what_waits_is_one_transaction_and_work_inside_work_belongs_to_it(lane: PoolLane) -> None:
    made = together(lane, transaction, transaction, lambda _: lane.do(transaction))
    assert len(set(made)) == 1


def test_one_refusal_spoils_no_neighbour(lane: PoolLane) -> None:
    first, refused, last = together(lane, keep("a"), refuse, keep("b"))
    assert (first, last) == (None, None)
    assert isinstance(refused, Problem)
    assert kept_of(lane, "a", "spoilt", "b") == ["about", "", "about"]


def test_several_writes_are_one_question_and_none_is_left_when_one_fails(lane: PoolLane) -> None:
    fact = LineFact("called", "t1", 1, "G001", "1", "", {"waited_ms": 7})

    def twice(connection: Connection) -> None:
        write(connection, kept(HALL, "r1", "d", "t1", 1), kept(HALL, "r2", "d", "t2", 1))
        rows.note(connection, HALL, fact)
        write(connection, kept(HALL, "r3", "d", "t3", 1), kept(HALL, "r1", "d", "t4", 1))

    with pytest.raises(IntegrityError):
        lane.do(twice)
    assert lane.do(lambda c: [subject(c, HALL, f"r{n}", "d") for n in (1, 2, 3)]) == ["", "", ""]
    lane.do(lambda c: write(c, kept(HALL, "r1", "d", "t1", 1), kept(HALL, "r2", "e", "t2", 2)))
    assert lane.do(lambda c: [subject(c, HALL, "r1", "d"), subject(c, HALL, "r2", "e")]) == ["t1", "t2"]


def keep(name: str) -> Any:
    """Work that remembers a request."""
    return lambda c: remember(c, HALL, name, name, "about", 1)


def kept_of(lane: PoolLane, *names: str) -> list[str]:
    return [lane.do(lambda c, n=n: subject(c, HALL, n, n)) for n in names]  # type: ignore[misc]


def refuse(connection: Connection) -> None:
    remember(connection, HALL, "spoilt", "spoilt", "about", 1)
    raise Problem("not-found")


def test_what_the_loop_brings_is_one_transaction_on_its_own_thread(lane: PoolLane) -> None:
    mine = threading.get_ident
    made = lane.at_once([transaction, lambda _: lane.do(transaction), lambda _: mine()])
    assert made is not None
    (first, _), (second, _), (thread, _) = made
    assert (first, thread) == (second, mine())


def test_one_refusal_alone_is_told_and_among_others_nothing_is_written(lane: PoolLane) -> None:
    made = lane.at_once([refuse])
    assert made is not None
    assert isinstance(made[0][1], Problem)
    assert lane.at_once([keep("a"), refuse]) is None
    assert kept_of(lane, "a", "spoilt") == ["", ""]
    assert lane.at_once([keep("a")]) == [(None, None)]
    assert kept_of(lane, "a") == ["about"]


def test_the_loop_waits_for_no_lock_and_for_nobody_in_the_queue(lane: PoolLane) -> None:
    """A row another one holds, a transaction under way: the loop's works go into the queue."""
    other = lane._engine
    assert other is not None
    with other.begin() as holder:
        remember(holder, HALL, "held", "held", "about", 1)
        holder.exec_driver_sql("SELECT 1")  # what is written goes at the latest with the next question
        assert lane.at_once([keep("held")]) is None  # its unique key waits for the other one's end
    begun, hold = threading.Event(), threading.Event()

    def waits(connection: Connection) -> bool:
        begun.set()
        return hold.wait(LIMIT_S)

    long = lane.submit(waits)
    assert begun.wait(LIMIT_S)
    assert lane.at_once([keep("b")]) is None
    hold.set()
    assert long.result(LIMIT_S)
    assert kept_of(lane, "held", "b") == ["about", ""]


def test_a_lost_race_and_a_server_that_has_gone_are_for_the_queue(lane: PoolLane) -> None:
    assert lane.at_once([keep("a")]) == [(None, None)]
    assert lane.at_once([keep("a")]) is None  # the key is there already: not told as a refusal

    def alone(connection: Connection) -> int:
        return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())

    made = lane.at_once([alone])
    assert made is not None
    lane.do(lambda c: c.execute(text("SELECT pg_terminate_backend(:pid, 60000)"), {"pid": made[0][0]}))
    assert lane.at_once([keep("b")]) is None
    assert lane.at_once([keep("c")]) == [(None, None)]
    assert kept_of(lane, "b", "c") == ["", "about"]


def test_after_closing_nothing_is_promised(lane: PoolLane) -> None:
    lane.close()
    assert lane.at_once([keep("late")]) is None
    for ask in (lane.do, lane.submit):
        with pytest.raises(Problem, match="hub-away"):
            ask(lambda connection: 1)
