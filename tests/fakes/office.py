"""A whole office on a real store and hub in a temporary folder, with devices that answer what a test says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import resources
from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import Catalogue
from counter_app.catalog.papers import PAPERS
from counter_app.demo.people import Cast, cast
from counter_app.domain.papers import PaperContent
from counter_app.domain.ticket_slip import TicketSlip
from counter_app.hub.local import LocalHub
from counter_app.seals.device import DeviceSecrets
from counter_app.seals.keyring import DemoKeyring, keys_of
from counter_app.seals.provider import key_id
from counter_app.services.office import Office
from counter_app.services.people_marks import PeopleMarks
from counter_app.services.ports import Ports
from counter_app.services.visit import Visit
from counter_app.storage.store import CounterStore, open_store
from drivers.protocols import CardRead, Fault, PrintJob, PrintOutcome, VoucherPerson

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


class HandClock:
    """Time that passes when told."""

    def __init__(self) -> None:
        self.moment = START
        self.mono = 0

    def now(self) -> datetime:
        return self.moment

    def mono_ms(self) -> int:
        return self.mono

    def tick(self, seconds: float = 1) -> None:
        self.moment += timedelta(seconds=seconds)
        self.mono += int(seconds * 1000)


class Tray:
    """A printer that keeps what it was given, or refuses."""

    def __init__(self) -> None:
        self.jobs: list[PrintJob] = []
        self.fault: Fault | None = None

    def print(self, job: PrintJob) -> PrintOutcome:
        if self.fault is not None:
            raise self.fault
        self.jobs.append(job)
        return PrintOutcome(job.name)


class PlainPapers:
    """Papers whose bytes are their content; the real ones are tested in tests/documents."""

    def render(
        self,
        content: PaperContent,
        proof: Mapping[str, str],
        reprint: int = 0,
        pictures: Mapping[str, bytes] | None = None,
    ) -> PrintJob:
        return PrintJob(f"{content.number}-{content.kind}", content.kind, pdf=f"{content}{reprint}".encode())

    def ticket(self, slip: TicketSlip) -> PrintJob:
        return PrintJob(f"ticket-{slip.number}", "号票", "r80", f"{slip}".encode())

    def warm(self) -> Iterator[None]:
        yield

    def kinds(self) -> Mapping[str, str]:
        return PAPERS


@dataclass
class Resolver:
    """Resolves the codes it knows; anything else has expired."""

    known: dict[str, VoucherPerson] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    fault: Fault | None = None

    def resolve(self, code: str, business: str) -> VoucherPerson:
        self.asked.append(code)
        if self.fault is not None:
            raise self.fault
        if code not in self.known:
            raise Fault("voucher-expired")
        return self.known[code]


@dataclass
class TestOffice:
    """One desk: `visit` plus everything a test wants to look at or break."""

    __test__ = False
    folder: Path
    catalogue: Catalogue
    clock: HandClock
    tray: Tray
    resolver: Resolver
    cast: Cast
    store: CounterStore
    hub: LocalHub
    office: Office
    visit: Visit

    def again(self) -> TestOffice:
        """Close everything as a stop does, and open the same folder again."""
        self.close()
        return open_office(self.folder, self.catalogue, self.clock)

    @property
    def public_keys(self) -> dict[str, bytes]:
        """The key by which this desk's papers are verified, by its id."""
        public = self.store.secrets.keys.public_key
        return {key_id(public): public}

    def close(self) -> None:
        self.hub.close()
        self.store.close()

    def card(self, key: str, **changes: object) -> CardRead:
        """What the card of a demo person tells."""
        row = next(r for r in people() if r["key"] == key)
        told = {"reader": "R", "idno": row["certno"], "name": row["name"], "expires_on": "2036-04-30"}
        return CardRead(**{**told, **changes})  # type: ignore[arg-type]

    def identify(self, key: str) -> None:
        """Card in, face compared."""
        self.visit.take(self.card(key))
        self.visit.witness("verified")


def people() -> list[dict[str, str]]:
    """The demo people as they stand in their file."""
    return list(tomllib.loads(resources.read_bytes("demo/people.toml").decode())["person"])


def certno(key: str) -> str:
    """The number of a demo person."""
    return next(r["certno"] for r in people() if r["key"] == key)


def open_office(
    folder: Path, catalogue: Catalogue | None = None, clock: HandClock | None = None
) -> TestOffice:
    """Open (or create) the desk in a folder."""
    catalogue, clock = catalogue or load_catalogue(), clock or HandClock()
    tables = tomllib.loads(resources.read_bytes("demo/people.toml").decode())
    everybody = cast(tables, int(clock.now().timestamp() * 1000))
    keyring = DemoKeyring(folder)
    store = open_store(folder, keyring, "001", clock, synthetic=True)
    if not store.clerks():
        store.import_people(everybody.people)
        store.import_employers(everybody.employers)
        store.import_clerks(everybody.clerks)
    keys = keys_of(keyring, may_create=False)
    hub = LocalHub(folder, keys.database, "001", clock)
    tray, resolver = Tray(), Resolver()
    secrets = DeviceSecrets(keys)
    marks = PeopleMarks(hub, None, secrets.blind)
    ports = Ports(store, hub, PlainPapers(), tray, resolver, clock, secrets, marks)
    office = Office(ports, catalogue, catalogue.regions["rizhao"], everybody.clerks[0], window="3")
    return TestOffice(folder, catalogue, clock, tray, resolver, everybody, store, hub, office, Visit(office))
