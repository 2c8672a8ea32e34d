"""Opening a data folder: lock, keys, schema, device identity, and agreement with the side journal."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from counter_app.database import Database, open_database
from counter_app.database.copying import keep_before_upgrade
from counter_app.database.drives import refuse_network_drive
from counter_app.database.lock import FolderLock
from counter_app.domain.ids import new_id
from counter_app.domain.numbers import new_device_code, printed_number
from counter_app.problems import Problem
from counter_app.seals.device import DeviceKeys, DeviceSecrets
from counter_app.seals.files import sync_folder
from counter_app.seals.keyring import Keyring, keys_of
from counter_app.seals.provider import SHA256
from counter_app.services.ports import Clock
from counter_app.storage import changes, journal, pages, people, state, upgrades
from counter_app.storage import tables as t
from counter_app.storage.changes import Applier
from counter_app.storage.counter import CounterStore
from counter_app.storage.journal import Journal
from counter_app.storage.pages import Pages
from counter_app.storage.state import StoreState

__all__ = ["STORE_NAME", "CounterStore", "open_store"]

STORE_NAME = "store.db"
RESTORING = "restoring"  # a restore was begun here; only `counter-app restore` may end it
_LOG = logging.getLogger(__name__)


def open_store(
    folder: Path,
    keyring: Keyring,
    hall_code: str,
    clock: Clock,
    *,
    synthetic: bool = False,
    read_only: bool = False,
) -> CounterStore:
    """Open the counter store of a data folder; create it when there is none (never `read_only`).

    `hall_code` is three base-32 characters of the printed number ("" keeps the store's own).
    `synthetic` marks a new store as a demo for ever. Raises Problem `store-locked`, `store-key`,
    `store-missing`, `store-network-drive`, `store-newer`, `store-older`, `store-sqlite`,
    `store-write`, `store-real` (a demo wanted where real data are), `hall-code`, `journal-broken`,
    `backup-failed` (no copy could be kept before an upgrade), `restore-unfinished`.
    """
    if (folder / RESTORING).exists():
        raise Problem("restore-unfinished", str(folder), RESTORING)
    if read_only:
        return _open_reading(folder, keyring, clock)
    _check_hall(hall_code, clock)
    _make_folder(folder)
    refuse_network_drive(folder)
    lock = FolderLock(folder)
    lock.take()
    try:
        return _open_writing(folder, keyring, hall_code, clock, synthetic, lock)
    except BaseException:
        lock.free()
        raise


def _open_reading(folder: Path, keyring: Keyring, clock: Clock) -> CounterStore:
    if not (folder / STORE_NAME).exists():
        raise Problem("store-missing", str(folder), STORE_NAME)
    keys = keys_of(keyring, may_create=False)
    database = open_database(folder / STORE_NAME, keys.database, upgrades, read_only=True)
    with database.read() as connection:
        known = state.load(connection)
    if known is None:
        database.close()
        raise Problem("store-missing", str(folder), STORE_NAME)
    side = Journal(folder / journal.FOLDER, keys.journal, known.device, known.epoch)
    return _store(folder, database, side, keys, clock, known, None)


def _open_writing(
    folder: Path, keyring: Keyring, hall_code: str, clock: Clock, synthetic: bool, lock: FolderLock
) -> CounterStore:
    keys = keys_of(keyring, may_create=not (folder / STORE_NAME).exists())
    file = folder / STORE_NAME
    kept = keep_before_upgrade(file, keys.database)
    database = open_database(file, keys.database, upgrades, before_upgrade=kept)
    try:
        secrets = DeviceSecrets(keys)
        applier = Applier(people.PeopleRows(secrets))
        known, side = _identity(database, folder, keys, applier, clock, hall_code, synthetic)
        known = _with_hall(database, known, hall_code)
        return _store(folder, database, side, keys, clock, known, lock)
    except BaseException:
        database.close()
        raise


def _store(
    folder: Path,
    database: Database,
    side: Journal,
    keys: DeviceKeys,
    clock: Clock,
    known: StoreState,
    lock: FolderLock | None,
) -> CounterStore:
    kept = Pages(folder / pages.FOLDER, keys.pages)
    return CounterStore(
        folder=folder,
        database=database,
        journal=side,
        pages=kept,
        secrets=DeviceSecrets(keys),
        clock=clock,
        state=known,
        lock=lock,
    )


# --- who this device is ---------------------------------------------------------------------------


def _identity(
    database: Database,
    folder: Path,
    keys: DeviceKeys,
    applier: Applier,
    clock: Clock,
    hall_code: str,
    synthetic: bool,
) -> tuple[StoreState, Journal]:
    """The device state, agreed with its journal; a store that lost its file is rebuilt from the journal."""
    with database.read() as connection:
        known = state.load(connection)
    where = folder / journal.FOLDER
    owner = journal.newest_owner(where) if known is None else (known.device, known.epoch)
    if owner is None:
        known = _create(database, clock, hall_code, synthetic)
        owner = (known.device, known.epoch)
    if synthetic and known is not None and not known.synthetic:
        raise Problem("store-real", str(folder))
    side = Journal(where, keys.journal, *owner)
    side.open()
    return _reconcile(database, side, applier, known.unit_no if known is not None else 0), side


def _create(database: Database, clock: Clock, hall_code: str, synthetic: bool) -> StoreState:
    now_ms = int(clock.now().timestamp() * 1000)
    known = StoreState(
        device=new_id(now_ms),
        epoch=1,
        device_code=new_device_code(),
        hall=hall_code or "001",
        hash_alg=SHA256,
        created_ms=now_ms,
        synthetic=int(synthetic),
        unit_no=1,
    )
    with database.write() as connection:
        connection.execute(t.device_state.insert(), known.as_row())
    return known


def _with_hall(database: Database, known: StoreState, hall_code: str) -> StoreState:
    if not hall_code or hall_code == known.hall:
        return known
    with database.write() as connection:
        connection.execute(t.device_state.update().values(hall=hall_code))
    return replace(known, hall=hall_code)


def _check_hall(hall_code: str, clock: Clock) -> None:
    try:
        printed_number(clock.now().date(), hall_code or "001", "A00", 1)
    except ValueError as error:
        raise Problem("hall-code", "hall_code", hall_code) from error


def _make_folder(folder: Path) -> None:
    try:
        new = [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for one in new:
            sync_folder(one.parent)
    except OSError as error:
        raise Problem("store-write", str(folder), error.strerror or "") from error


# --- agreement with the journal -------------------------------------------------------------------


def _reconcile(database: Database, side: Journal, applier: Applier, in_database: int) -> StoreState:
    """Put back what the database lost, write down what the journal lost."""
    if side.high > in_database:
        _put_back(database, side, applier, in_database)
    elif side.high < in_database:
        _write_down(database, side, in_database)
    with database.read() as connection:
        known = state.load(connection)
    if known is None or known.unit_no != side.high:
        raise Problem("journal-broken", journal.FOLDER, str(side.high))
    return known


def _put_back(database: Database, side: Journal, applier: Applier, in_database: int) -> None:
    with database.write() as connection:
        for line in journal.lines_over_epochs(side, in_database):
            applier.apply(connection, line.changes, replay=True)
        known = state.load(connection)
        last = select(t.facts.c.hash).where(t.facts.c.entry == (known.entry if known else 0))
        if known is None or (known.entry and connection.execute(last).scalar() != known.head):
            raise Problem("journal-broken", journal.FOLDER, str(side.high))
    _LOG.warning("the store was behind its journal: units %d to %d put back", in_database + 1, side.high)


def _write_down(database: Database, side: Journal, in_database: int) -> None:
    first = side.high + 1
    with database.read() as connection:
        lost = changes.since(connection, side.high)
    line = side.pack(first, in_database, lost)
    side.reserve(line)
    side.append(line)
    if first < in_database:  # one unit is what a crash between COMMIT and append leaves
        _LOG.warning("the journal was behind its store: units %d to %d written down", first, in_database)
