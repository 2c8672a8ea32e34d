"""What facts handed over cost a server: how often they go there and back, however many they are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from counter_app.database import open_postgres
from counter_app.hub import batches, upgrades
from counter_app.hub.commands import Accept
from counter_app.hub.halls import open_hall
from counter_app.hub.pool import PoolLane
from tests.hub.envelopes import accepted
from tests.hub.stores import HALL, RULES, START, clerk

# The facts, which cases are known, the numbers of the feed, the savepoint's end, how far the device was, what
# came before, the COMMIT.
COUNTED = 7


def journeys(lane: PoolLane, facts: list[dict[str, Any]]) -> int:
    """Hand facts over in one transaction; the journeys of their pipe up to its end."""
    pipes: list[Any] = []
    before: list[int] = []

    def work(connection: Connection) -> list[str]:
        pipes.append(connection.connection.driver_connection.pipe)  # type: ignore[union-attr]
        before.append(pipes[0].journeys)
        told = batches.accept(connection, clerk(), Accept(HALL, START, facts))
        return [one.verdict for one in told]

    assert lane.do(work) == [batches.ACCEPTED] * len(facts)
    return int(pipes[0].journeys - before[0])


def test_a_large_batch_goes_as_often_as_a_small_one(postgres: Any) -> None:
    database = open_postgres(postgres.fresh(), upgrades)
    lane = PoolLane(database)
    lane.do(lambda c: open_hall(c, HALL, RULES))
    found = [
        journeys(lane, [accepted(seq, f"{device}-{seq}", device=device) for seq in range(1, count + 1)])
        for device, count in (("K1", 2), ("K2", 20))
    ]
    lane.close()
    database.close()
    assert found == [COUNTED, COUNTED]
