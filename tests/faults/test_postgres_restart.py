"""PostgreSQL is stopped as by a power cut and started again, while counters push and windows call."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from counter_app.hub.tables import envelopes
from counter_app.problems import Problem
from counter_app.sync.remote_hub import RemoteHub
from tests.commands.test_hub import hub as hub_process
from tests.hub.envelopes import chained
from tests.hub.stores import clerk
from tests.servers import postgres as server

pytestmark = pytest.mark.long


@pytest.fixture
def durable() -> Iterator[server.Postgres]:
    """A server of this test alone, which syncs: others must not feel its restarts."""
    if (why := server.missing()) is not None:
        pytest.skip(why)
    with server.running(durable=True) as running:
        yield running


class Load:
    """Threads that ask until told to stop, and write down what was promised to them."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told
        self.stop = threading.Event()
        self.tickets: list[str] = []
        self.called: list[str] = []
        self.pushed: list[str] = []
        self.failed = 0

    def asked(self, what: Callable[[], Any]) -> Any:
        """Ask the same question until it is answered, as a counter does."""
        while True:
            try:
                return what()
            except Problem as problem:
                assert problem.retry, problem.code  # noqa: PT017
                self.failed += 1

    def kiosk(self) -> None:
        hub = RemoteHub(self.told["url"], self.told["others"]["kiosk"], timeout_s=60)
        for nth in count():
            if self.stop.is_set():
                break
            self.tickets.append(self.asked(lambda nth=nth: hub.take(f"r{nth}")).ticket_id)
        hub.close()

    def window(self) -> None:
        hub = RemoteHub(self.told["url"], self.told["tokens"]["w1"], timeout_s=60)
        for nth in count():
            if self.stop.is_set():
                break
            ticket = self.asked(lambda nth=nth: hub.call("w1", f"c{nth}", clerk("w1")))
            if ticket is not None:
                self.called.append(ticket.ticket_id)
                for verb in ("serve", "done"):
                    self.asked(lambda v=verb, n=nth: hub.act(self.called[-1], v, f"{v}{n}", clerk("w1")))
        hub.close()

    def counter(self, device: str) -> None:
        hub = RemoteHub(self.told["url"], self.told["others"]["device"], timeout_s=60)
        for first in count(1, 5):
            if self.stop.is_set():
                break
            batch = chained(5, first, device=device)
            verdicts = self.asked(lambda batch=batch: hub.push(batch))
            assert {one["verdict"] for one in verdicts} <= {"accepted", "duplicate"}
            self.pushed += [one["event_id"] for one in batch]
        hub.close()


def test_nothing_answered_is_lost_and_nothing_doubled(
    durable: server.Postgres, size: Callable[[str], int]
) -> None:
    url = durable.fresh()
    plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
    with hub_process("--demo-windows", "1", "--database", plain) as told:
        load = Load(told)
        with ThreadPoolExecutor(4) as pool:
            work = [pool.submit(load.kiosk), pool.submit(load.window)]
            work += [pool.submit(load.counter, device) for device in ("AAA", "BBB")]
            try:
                for nth in range(size("postgres_restarts")):
                    enough = len(load.pushed) + 50
                    while len(load.pushed) < enough and not any(one.done() for one in work):
                        threading.Event().wait(0.01)
                    durable.restart("immediate" if nth % 2 == 0 else "fast")
            finally:
                load.stop.set()
            for one in work:
                one.result()
    engine = create_engine(url)
    with engine.connect() as connection:
        there = list(connection.execute(select(envelopes.c.event_id)).scalars())
        calls = connection.exec_driver_sql("SELECT ticket_id FROM tickets").scalars().all()
    engine.dispose()
    assert set(load.pushed) <= set(there), "an acknowledged fact is gone"
    assert len(there) == len(set(there))
    assert set(load.tickets) <= set(calls), "a number that was given is gone"
    assert len(load.tickets) == len(set(load.tickets))
    assert len(load.called) == len(set(load.called)), "somebody was called twice"
