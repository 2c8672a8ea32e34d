"""Who follows the line's facts never passes one that commits later."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from sqlalchemy import Engine, create_engine

from counter_app.hub import core
from counter_app.hub.commands import Call, Take
from counter_app.hub.events import Bell, facts_after, last_fact
from tests.hub.stores import HALL, START, built, clerk


def take(connection: Any, request: str, group: str = "general") -> None:
    core.take(connection, clerk(), Take(HALL, START, request, group))


def followed(engine: Engine, after: int) -> list[int]:
    with engine.begin() as connection:
        return [fact["fact_no"] for fact in facts_after(connection, HALL, after)]


def test_facts_come_in_order_without_persons(engine: Engine) -> None:
    with engine.begin() as connection:
        core.take(connection, clerk(""), Take(HALL, START, "r1", person="p-secret", note="n-secret"))
        core.call(connection, clerk("3"), Call(HALL, START, "3", "c1"))
    with engine.begin() as connection:
        told = facts_after(connection, HALL, 0)
        assert last_fact(connection, HALL) == told[-1]["fact_no"]
        assert last_fact(connection, "elsewhere") == 0
        assert facts_after(connection, "elsewhere", 0) == []
    assert [(fact["kind"], fact["number"], fact["window"]) for fact in told] == [
        ("taken", "A001", ""),
        ("called", "A001", "3"),
    ]
    assert "secret" not in str(told)


def test_on_postgresql_an_open_transaction_holds_back_what_comes_after(postgres: Any) -> None:
    """The slow one has number 1 and is not committed; the fast one's number 2 must wait for it."""
    engine = built(create_engine(postgres.fresh()))
    has_number, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with engine.begin() as connection:
            take(connection, "slow", "benefit")  # another prefix: the two do not wait for each other
            has_number.set()
            assert may_commit.wait(30)

    thread = threading.Thread(target=slow)
    thread.start()
    assert has_number.wait(30)
    with engine.begin() as connection:
        take(connection, "fast")
    seen = followed(engine, 0)
    may_commit.set()
    thread.join(60)
    assert seen == []
    assert followed(engine, 0) == [1, 2]
    engine.dispose()


def test_a_ring_wakes_everybody_who_waits() -> None:
    async def story() -> list[str]:
        bell, woken = Bell(), []

        async def wait(name: str) -> None:
            await bell.wait(30)
            woken.append(name)

        waiting = [asyncio.create_task(wait(name)) for name in ("a", "b")]
        await asyncio.sleep(0)
        bell.ring()
        await asyncio.gather(*waiting)
        await bell.wait(0.001)  # nobody rings: the wait ends by itself
        return woken

    assert asyncio.run(story()) == ["a", "b"]
