"""A real hub process behind a network that does everything wrong, and the real outbox of a desk before it.

Whatever the network does, nothing is called uploaded that the hub has not got; once it is well again,
everything is there exactly once and nobody had to help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from counter_app.database import open_database
from counter_app.hub import tables, upgrades
from counter_app.hub.opening import key_in
from counter_app.storage.store import CounterStore
from counter_app.sync.drain import drain
from counter_app.sync.remote_hub import RemoteHub
from tests.commands.test_hub import hub as hub_process
from tests.fakes.counter import Desk, accept
from tests.fakes.fault_proxy import ANSWERS, FaultProxy

EVERY = 1_000_000  # facts: more than any of these tests makes
FAULTS = (
    *("refuse", "silence", "lost reply", "one way", "torn request", "cut reply", "twice", "flapping"),
    "one byte at a time",
    *ANSWERS,
)
PATIENCE_S = 0.3  # of the desk: what says nothing for so long is away


class Line:
    """Desk, network and hub; the hub's store is looked at from beside."""

    def __init__(self, folder: Path, told: dict[str, object], others: dict[str, str]) -> None:
        self.token = others["device"]
        port = urlsplit(str(told["url"])).port
        assert port is not None
        self.proxy = FaultProxy(port)
        self.hub = RemoteHub(self.proxy.url, self.token, timeout_s=PATIENCE_S)
        self.patient = RemoteHub(str(told["url"]), self.token, timeout_s=60)
        self.folder = folder
        self.desk = Desk(folder / "desk")
        self.store: CounterStore = self.desk.open()

    def at_hub(self) -> list[str]:
        """The ids of all facts the hub has."""
        key = key_in(self.folder / "hub.key")
        database = open_database(self.folder / "hub.db", key, upgrades, read_only=True)
        with database.read() as connection:
            ids = list(connection.execute(select(tables.envelopes.c.event_id)).scalars())
        database.close()
        return ids

    def acknowledged(self) -> set[str]:
        """The ids the desk calls uploaded."""
        waiting = {str(one["event_id"]) for one in self.store.waiting(10_000)}
        return {str(one["event_id"]) for one in self.store.facts(limit=EVERY)} - waiting

    def close(self) -> None:
        self.hub.close()
        self.patient.close()
        self.proxy.close()
        self.store.close()


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    folder = tmp_path_factory.mktemp("line")
    file = ("--database", str(folder / "hub.db"), "--key-file", str(folder / "hub.key"))
    with hub_process(*file, "--demo-windows", "1") as told:
        made = Line(folder, told, told["others"])
        try:
            yield made
        finally:
            made.close()


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_the_network_does(line: Line, size: Callable[[str], int], fault: str) -> None:
    for _ in range(size("network_rounds")):
        accept(line.store)
        line.proxy.fault = fault
        drain(line.store, line.hub, line.store.settle, most=3)
        assert line.proxy.met > 0, "nobody met the fault"
        assert line.acknowledged() <= set(line.at_hub()), "called uploaded, and the hub has not got it"
        if fault not in ("twice", "flapping"):
            assert line.store.outbox().waiting >= 4
            assert not line.hub.online()
        line.proxy.fault = ""
        drain(line.store, line.patient, line.store.settle)
        assert line.store.outbox().waiting == 0
    ids = line.at_hub()
    assert len(ids) == len(set(ids))
    assert set(ids) == {str(one["event_id"]) for one in line.store.facts(limit=EVERY)}


def test_a_healed_network_needs_nobody(line: Line) -> None:
    """The very connection that was refused goes on by itself; no address holds anything of a person."""
    through = RemoteHub(line.proxy.url, line.token, timeout_s=60)
    for fault in ("refuse", "cut reply"):
        accept(line.store)
        line.proxy.fault = fault
        assert drain(line.store, through, line.store.settle) == 0
        line.proxy.fault = ""
        assert drain(line.store, through, line.store.settle) == 4
    through.close()
    pushed = [request.split(b" ")[1] for request in line.proxy.lines if request.startswith(b"POST")]
    assert set(pushed) == {b"/v1/batches"}
