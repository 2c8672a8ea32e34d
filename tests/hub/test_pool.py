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
    def keep(name: str) -> Any:
        return lambda c: remember(c, HALL, name, name, "about", 1)

    def spoil(connection: Connection) -> None:
        remember(connection, HALL, "spoilt", "spoilt", "about", 1)
        raise Problem("not-found")

    first, refused, last = together(lane, keep("a"), spoil, keep("b"))
    assert (first, last) == (None, None)
    assert isinstance(refused, Problem)
    found = [lane.do(lambda c, n=n: subject(c, HALL, n, n)) for n in ("a", "spoilt", "b")]  # type: ignore[misc]
    assert found == ["about", "", "about"]


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


def test_after_closing_nothing_is_promised(lane: PoolLane) -> None:
    lane.close()
    for ask in (lane.do, lane.submit):
        with pytest.raises(Problem, match="hub-away"):
            ask(lambda connection: 1)
