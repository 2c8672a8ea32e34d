"""A hub that speaks HTTP with keys of its own, and enrolled devices with real stores beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact
from counter_app.hub.local import LocalHub
from counter_app.hub.server import Served, serving
from counter_app.seals.hub_identity import HubIdentity
from counter_app.seals.keyring import DemoKeyring
from counter_app.storage.store import CounterStore, open_store
from counter_app.sync.member import Member, hall_of, join
from counter_app.sync.remote_hall import RemoteHall
from tests.hub.stores import HALL, RULES, HandClock, clerk

PROGRAM = Actor("", "", ("system",))
SECRET = b"k" * 32


@dataclass
class Desk:
    """One enrolled device: its store, its membership and its line to the hub."""

    folder: Path
    member: Member
    store: CounterStore
    hub: RemoteHall

    def work(self, count: int = 3) -> None:
        """Write so many facts down."""
        for nth in range(count):
            with self.store.unit(clerk("1"), self.store.clock.now()) as unit:
                unit.record(Fact("visit.opened", {"visit_id": f"v{nth}", "window": "1"}))

    def close(self) -> None:
        self.hub.close()
        self.store.close()


@dataclass
class Hall:
    """One hub, and how devices join it."""

    folder: Path
    hub: LocalHub
    served: Served
    clock: HandClock
    desks: list[Desk] = field(default_factory=list)

    def desk(self, name: str, clock: HandClock | None = None) -> Desk:
        """A device that has joined."""
        folder = self.folder / name
        code = self.hub.invite("device", PROGRAM, "1", name)
        member = join(folder, self.served.url, code, name)
        store = open_store(folder, DemoKeyring(folder), "001", clock or self.clock, synthetic=True)
        made = Desk(folder, member, store, hall_of(folder))
        self.desks.append(made)
        return made


@contextmanager
def hall_in(
    folder: Path, clock: HandClock | None = None, secret: bytes = SECRET, code: str = HALL
) -> Iterator[Hall]:
    """A hub of a folder, served until the block is left; its devices are closed with it."""
    clock = clock or HandClock()
    place = folder / "hub"
    place.mkdir(exist_ok=True)
    hub = LocalHub(place, bytes(32), code, clock, RULES)
    hub.identity = HubIdentity(secret)
    with serving({code: hub}) as served:
        made = Hall(folder, hub, served, clock)
        yield made
        for desk in made.desks:
            desk.close()
    hub.close()
