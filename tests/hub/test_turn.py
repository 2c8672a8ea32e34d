"""One turn of the server's loop, one commit."""

from __future__ import annotations

import asyncio
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, event

from counter_app.database import Database, open_database
from counter_app.hub import upgrades
from counter_app.hub.halls import close_hall, open_hall, rules_of
from counter_app.hub.lane import HubLane
from counter_app.hub.turn import Turn
from counter_app.problems import Problem
from tests.hub.stores import HALL, RULES

KEY = bytes(range(32))
LIMIT_S = 60.0


class Commits:
    """How often a store has committed, and on which threads."""

    def __init__(self, database: Database) -> None:
        self.threads: list[int] = []
        assert database.writer is not None
        event.listen(database.writer, "commit", lambda connection: self.threads.append(threading.get_ident()))


@pytest.fixture
def database(tmp_path: Any) -> Iterator[Database]:
    made = open_database(tmp_path / "hub.db", KEY, upgrades)
    yield made
    made.close()


@pytest.fixture
def lane(database: Database) -> Iterator[HubLane]:
    made = HubLane(database)
    made.do(lambda c: open_hall(c, HALL, RULES))
    yield made
    made.close()


def closed(why: str) -> Any:
    """Work that writes why the hall is closed, and says it back."""

    def work(connection: Connection) -> str:
        close_hall(connection, HALL, why)
        return rules_of(connection, HALL)[1]

    return work


def spoil(connection: Connection) -> None:
    close_hall(connection, HALL, "spoilt")
    raise ZeroDivisionError


def reason(lane: HubLane) -> str:
    return lane.do(lambda c: rules_of(c, HALL)[1])


async def asked(turn: Turn, *works: Any) -> list[Any]:
    """What came of works that arrive in one turn of the loop."""
    answers = asyncio.gather(*(turn.ask(work) for work in works), return_exceptions=True)
    return list(await asyncio.wait_for(answers, LIMIT_S))


def test_what_comes_in_together_is_one_commit_on_the_loops_own_thread(
    database: Database, lane: HubLane
) -> None:
    """The first time one is written before anybody can know that others come; from then on all are."""
    commits, turn = Commits(database), Turn(lane)

    async def twice() -> list[Any]:
        await asked(turn, *(closed("before") for _ in range(5)))
        assert len(commits.threads) == 2
        commits.threads.clear()
        return await asked(turn, *(closed(str(n)) for n in range(5)))

    assert asyncio.run(twice()) == list("01234")
    assert commits.threads == [threading.get_ident()]
    assert reason(lane) == "4"


def test_who_comes_alone_waits_for_no_turn_of_the_loop(lane: HubLane) -> None:
    """Also after others came together, once they have gone."""
    turn = Turn(lane)

    async def alone(why: str) -> bool:
        """Whether it was written before anything else of the loop had its turn."""
        others: list[str] = []
        asyncio.get_running_loop().call_soon(others.append, "somebody else")
        await turn.ask(closed(why))
        return not others

    async def day() -> list[bool]:
        found = [await alone("first")]
        await asyncio.sleep(0)
        found.append(await alone("second"))
        await asked(turn, *(closed(str(n)) for n in range(3)))
        found.append(await alone("others may come"))
        for n in range(3):
            await asked(turn, closed(str(n)))
        return [*found, await alone("they do not")]

    assert asyncio.run(day()) == [True, True, False, True]


def test_who_was_answered_together_is_written_together_though_they_ask_one_after_the_other(
    database: Database, lane: HubLane
) -> None:
    """Each asks a turn of the loop later than the one before, as sockets bring them."""
    commits, turn = Commits(database), Turn(lane)

    async def late(turns: int) -> Any:
        for _ in range(turns):
            await asyncio.sleep(0)
        return await turn.ask(closed(str(turns)))

    async def day() -> int:
        for _ in range(2):
            await asked(turn, *(closed(str(n)) for n in range(4)))
        commits.threads.clear()
        await asyncio.wait_for(asyncio.gather(*(late(2 * n) for n in range(4))), LIMIT_S)
        together = len(commits.threads)
        for n in range(6):  # the others have gone: nobody is waited for in vain
            await asked(turn, closed(str(n)))
        return together

    assert asyncio.run(day()) == 1
    assert len(commits.threads) == 1 + 6


def test_work_inside_work_belongs_to_the_same_commit(database: Database, lane: HubLane) -> None:
    commits = Commits(database)
    assert asyncio.run(asked(Turn(lane), lambda _: lane.do(closed("inside")))) == ["inside"]
    assert len(commits.threads) == 1


def test_a_refusal_spoils_nothing_of_its_neighbours(lane: HubLane) -> None:
    first, refused, last = asyncio.run(asked(Turn(lane), closed("first"), spoil, lambda c: 3))
    assert (first, last) == ("first", 3)
    assert isinstance(refused, ZeroDivisionError)
    assert reason(lane) == "first"


def test_while_somebody_else_writes_the_loop_does_not_wait(database: Database, lane: HubLane) -> None:
    """The lane's thread writes then, in the order of coming; the loop goes on with other things."""
    begun, hold, commits = threading.Event(), threading.Event(), Commits(database)

    def waits(connection: Connection) -> bool:
        begun.set()
        return hold.wait(LIMIT_S)

    long = lane.submit(waits)
    assert begun.wait(LIMIT_S)

    async def both() -> list[Any]:
        asked_for = asyncio.create_task(asked(Turn(lane), closed("behind"), spoil))
        async with asyncio.timeout(LIMIT_S):
            while lane._queue.empty():  # both are queued in one go
                await asyncio.sleep(0)
        hold.set()  # the loop was free to say so
        return await asked_for

    written, refused = asyncio.run(both())
    assert long.result(LIMIT_S)
    assert written == "behind"
    assert isinstance(refused, ZeroDivisionError)
    assert threading.get_ident() not in commits.threads


def test_after_a_slow_commit_the_lanes_own_thread_writes_for_a_while(
    database: Database, lane: HubLane
) -> None:
    times, commits = iter([0.0, 0.0, 0.5, 0.6, 2.0, 2.0, 2.001]), Commits(database)
    turn = Turn(lane, lambda: next(times))

    async def three() -> None:
        for n in range(3):
            await asked(turn, closed(str(n)))

    asyncio.run(three())
    mine = threading.get_ident()
    assert [thread == mine for thread in commits.threads] == [True, False, True]


def test_who_has_gone_takes_nobody_along(lane: HubLane) -> None:
    async def one_goes() -> str:
        turn = Turn(lane)
        gone, stays = (asyncio.create_task(turn.ask(closed(name))) for name in ("gone", "stays"))
        await asyncio.sleep(0)
        gone.cancel()
        return await asyncio.wait_for(stays, LIMIT_S)

    assert asyncio.run(one_goes()) == "stays"


def test_a_closed_lane_refuses(lane: HubLane) -> None:
    lane.close()
    (refused,) = asyncio.run(asked(Turn(lane), closed("late")))
    assert isinstance(refused, Problem)
    assert refused.code == "hub-away"


def test_a_large_batch_is_not_thrown_away_by_whoever_comes_next(lane: HubLane) -> None:
    """The lane keeps nothing of what it has done while it waits: letting go of a batch takes a while."""
    gone = threading.Event()
    batch = _Batch()
    weakref.finalize(batch, gone.set)
    assert lane.submit(lambda c, held=batch: rules_of(c, HALL)[1]).result(LIMIT_S) == ""
    del batch
    assert gone.wait(LIMIT_S)


class _Batch:
    """What a piece of work holds on to."""
