"""The one place where parts are joined. A test or demo passes its own; nobody else constructs a service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from counter_app import device_configs, profiles
from counter_app.card_words import card_proof, id_reader_words, keys_of, reader_words
from counter_app.catalog import holidays, shelf
from counter_app.catalog.model import Catalogue, Region
from counter_app.clock import WallClock
from counter_app.device_bench import DeviceBench, Place
from counter_app.documents import Papers
from counter_app.domain.actor import Actor
from counter_app.domain.people import Employer, Person
from counter_app.domain.value import Value
from counter_app.joined import hall_hub, lease_book, pages_to, sealed_for_hall
from counter_app.late_hub import LateHub
from counter_app.problems import Problem
from counter_app.seals import trust
from counter_app.seals.device import DeviceKeys
from counter_app.seals.keyring import Keyring
from counter_app.services.hub_port import Hub
from counter_app.services.office import Office
from counter_app.services.people_marks import PeopleMarks
from counter_app.services.ports import Clock, Ports, Vouchers
from counter_app.settings import Settings
from counter_app.storage.store import CounterStore, open_store
from drivers.citizen_room import CitizenDevices
from drivers.place import Choice
from drivers.roles import ROLES
from drivers.room import DeviceRoom

if TYPE_CHECKING:
    from counter_app.hub.local import LocalHub
    from counter_app.sync.lease_book import LeaseBook
    from counter_app.sync.remote_hall import RemoteHall


PAPER_FOLDER = "papers"
PUBLIC_KEY_FILE = "device.pub"
HOLIDAYS = "holidays.toml"  # a hall's own days off, laid over those that ship


class Synthetic(Protocol):
    """Invented people for a store that is marked synthetic for ever."""

    @property
    def people(self) -> tuple[Person, ...]:
        """Insured people."""

    @property
    def employers(self) -> tuple[Employer, ...]:
        """Employers."""

    @property
    def clerks(self) -> tuple[Actor, ...]:
        """Clerks and supervisors."""


class Wraps(Value, frozen=True):
    """What stands between the desk and what is far away; the demo puts a cable there."""

    hub: Callable[[Hub], Hub] = lambda hub: hub
    vouchers: Callable[[Vouchers], Vouchers] = lambda vouchers: vouchers


class Parts(Value, frozen=True):
    """One opened desk: its office, its devices, its data folder, and how to close everything."""

    office: Office
    room: DeviceRoom
    closers: tuple[Callable[[], None], ...]
    hub: LateHub | LocalHub | RemoteHall
    folder: Path
    faults: tuple[Problem, ...] = ()  # of packs that could not be used
    bench: DeviceBench | None = None
    hand_over: Callable[[], int] = lambda: 0  # pages to the hall; how many it got
    leases: LeaseBook | None = None

    def close(self) -> None:
        """Close devices, hub and store, in this order."""
        self.room.close()
        for close in self.closers:
            close()


def open_parts(
    settings: Settings,
    folder: Path,
    *,
    actor: Actor,
    keyring: Keyring,
    clock: Clock | None = None,
    synthetic: Synthetic | None = None,
    wraps: Wraps | None = None,
    catalogue: Catalogue | None = None,
    devices: Mapping[str, Choice] | None = None,
) -> Parts:
    """Open store, hub, packs, papers and devices of one desk.

    Raises Problem (`store-…`, `pack-…`, `not-found` for an unknown region).
    """
    clock, wraps = clock or WallClock(), wraps or Wraps()
    faults: tuple[Problem, ...] = ()
    if catalogue is None:
        catalogue, faults = pack_shelf(folder, settings.catalog).chosen(clock.now().date())
    region = catalogue.regions.get(settings.region)
    if region is None:
        raise Problem("not-found", "region", settings.region)
    store = open_store(folder, keyring, settings.hall_code, clock, synthetic=synthetic is not None)
    if synthetic is not None:
        _fill(store, synthetic)
    keys = store.secrets.keys  # opened once: deriving them again costs a fifth of a second
    _publish(folder, keys)
    sealed_for_hall(store, folder, settings.crypto)
    hub = hall_hub(settings, folder, keys.database, clock, region)
    chosen = profiled(settings, folder, devices or device_choices(settings, folder))
    faults += chosen.faults
    asked = wraps.hub(cast(Hub, hub))
    proof = card_proof(keys_of(hub, asked), region, clock)
    room = DeviceRoom(chosen.choices, settings.read_limit_ms, proof=proof)
    papers = Papers(Path(settings.seal_image) if settings.seal_image else None)
    ports = _ports(store, asked, papers, room, wraps.vouchers(room), clock, folder)
    book = lease_book(folder, store)
    office = _leased(_office(ports, catalogue, region, actor, settings, folder), book)
    bench = DeviceBench(room, place_of(settings, folder), papers.trial_sheet)
    return Parts(
        office, room, (hub.close, store.close), hub, folder, faults, bench, pages_to(folder, hub), book
    )


def _leased(office: Office, book: LeaseBook | None) -> Office:
    """The same office under the lease of a device that joined a hall."""
    return office if book is None else replace(office, lease=book.current)


def _ports(
    store: CounterStore,
    hub: Hub,
    papers: Papers,
    room: DeviceRoom,
    vouchers: Vouchers,
    clock: Clock,
    folder: Path,
) -> Ports:
    """What the services of one desk speak to."""
    secrets = store.secrets
    return Ports(
        storage=store,
        hub=hub,
        documents=papers,
        devices=room,
        vouchers=vouchers,
        clock=clock,
        secrets=secrets,
        marks=PeopleMarks(hub, None if isinstance(hub, LateHub) else folder, secrets.blind),
        eseal=CitizenDevices(room),
        spend=None if isinstance(hub, LateHub) else getattr(hub, "spend_code", None),
    )


def _office(
    ports: Ports, catalogue: Catalogue, region: Region, actor: Actor, settings: Settings, folder: Path
) -> Office:
    """The office of one desk, with what its settings and its folder say of the hall."""
    return Office(
        ports,
        catalogue,
        region,
        actor,
        hall_name=settings.hall_name,
        window=settings.window,
        voucher_business=settings.voucher_business,
        slip_instead=settings.slip_instead,
        calendar=holidays.load(folder / HOLIDAYS),
        trust=trust.load(folder / trust.SENDERS),
        rating_url=settings.rating_url,
        tongues=tuple(settings.hall_tongues.split()),
    )


def place_of(settings: Settings, folder: Path) -> Place:
    """Where a desk stands, for its device page."""
    fallen = settings.paper_folder or str(folder / PAPER_FOLDER)
    return Place(folder, fallen, settings.window, settings.device_profile)


def served(parts: Parts, folder: Path) -> Parts:
    """The same desk, its hub answering on this machine for whoever works beside it, until it is closed.

    Raises Problem `hub-port`, `hub-away`.
    """
    if not isinstance(parts.hub, LateHub):
        return parts  # the hall's own hub answers everybody
    from counter_app.hub.server import served_beside  # a web server: only where it is asked for

    stack = ExitStack()
    stack.enter_context(served_beside(parts.hub.opened(), folder))
    return replace(parts, closers=(stack.close, *parts.closers))


def pack_shelf(folder: Path, packs: str = "") -> shelf.Shelf:
    """Where the packs of a data folder stand. Once it has a trust store, packs have to be signed."""
    known = folder / shelf.TRUST
    if known.is_file():
        return shelf.Shelf(Path(packs or folder / shelf.FOLDER), folder / shelf.KEPT, trust.load(known))
    return shelf.Shelf(Path(packs or folder / shelf.FOLDER), folder / shelf.KEPT)


def device_choices(settings: Settings, folder: Path) -> dict[str, Choice]:
    """Which driver plays which role, with its configuration."""
    papers = settings.paper_folder or str(folder / PAPER_FOLDER)
    printing: dict[str, object] = {"folder": papers, "queue": settings.printer_queue}
    wanted: dict[str, Choice] = {
        "card": (settings.card_reader, reader_words(settings)),
        "idcard": (settings.id_card_reader, id_reader_words(settings)),
        "scanner": (settings.scanner, {"port": settings.scanner_port}),
        "document_camera": (settings.document_camera, {"port": settings.document_camera_port}),
        "printer": (settings.printer, printing),
        "receipt_printer": (
            settings.receipt_printer,
            {**printing, "port": settings.receipt_printer_port},
        ),
    }
    wanted.update(device_configs.beside(settings))
    if settings.voucher_url:
        given = {
            "url": settings.voucher_url,
            "org": settings.voucher_org,
            "lib": settings.voucher_lib,
            "token_file": settings.voucher_token_file,
        }
        wanted["voucher"] = (settings.voucher, given)
    return {role: choice for role, choice in wanted.items() if choice[0]}


class Chosen(Value, frozen=True):
    """Which devices a desk opens, and what was wrong with the profile that should have said so."""

    choices: Mapping[str, Choice]
    faults: tuple[Problem, ...] = ()


def profiled(settings: Settings, folder: Path, choices: Mapping[str, Choice]) -> Chosen:
    """The choices under the profile in use. One that cannot be read is a fault to tell, never a desk that
    does not open: the settings' own choices stand.
    """
    if not settings.device_profile:
        return Chosen(choices)
    try:
        profile = profiles.load(folder, settings.device_profile)
    except Problem as problem:
        return Chosen(choices, (problem,))
    known = {role: choice for role, choice in profile.roles.items() if role in ROLES}
    return Chosen(profiles.laid(replace(profile, roles=known), choices))


def _publish(folder: Path, keys: DeviceKeys) -> None:
    """Leave the public key where whoever verifies papers can take it."""
    file = folder / PUBLIC_KEY_FILE
    if not file.exists():
        file.write_text(keys.public_key.hex() + "\n", "ascii")


def _fill(store: CounterStore, synthetic: Synthetic) -> None:
    """Put invented people into a fresh synthetic store; an older one keeps what it has."""
    if store.clerks():
        return
    store.import_people(synthetic.people)
    store.import_employers(synthetic.employers)
    store.import_clerks(synthetic.clerks)
