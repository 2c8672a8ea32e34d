"""Putting a backup in place: proved first, under a new epoch, and never over acts the hub has not got.

A restored store has forgotten what was done since its backup, and the numbers of that time are on papers. So
it goes on in a new epoch, with a new device code in its printed numbers and its facts counted from 1 again;
the chain goes on from the old head. What lay in the folder before is moved to `replaced/`, never deleted.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from counter_app.database.lock import LOCK_NAME, FolderLock
from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact
from counter_app.domain.numbers import new_device_code
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals.files import sync_folder, write_private
from counter_app.seals.keyring import Keyring
from counter_app.services.ports import Clock
from counter_app.storage import backup, journal
from counter_app.storage import tables as t
from counter_app.storage.store import RESTORING, STORE_NAME, CounterStore, open_store

DRAFT, REPLACED = ".restore.new", "replaced"
_ACTOR = Actor("", "", ("system",))
# An epoch is at least the second of its restore: two restores of one backup never share one, wherever they
# are.
_COUNTED_FROM = datetime(2026, 1, 1, tzinfo=UTC)
KeyringOf = Callable[[Path], Keyring]


class Restored(Value, frozen=True):
    """What was done: how far the store reaches now, in which epoch it goes on, where the old one lies."""

    made_at: str
    entries: int
    epoch: int
    device_code: str
    replaced: Path | None


def restore(
    source: Path, target: Path, keyring_of: KeyringOf, clock: Clock, *, set_aside: bool = False
) -> Restored:
    """Put the backup in `source` into the data folder `target`.

    `keyring_of` gives the keyring of a folder with keys in it. `set_aside` allows a store there that cannot
    be opened. Raises Problem `restore-unsent`, `restore-unreadable`, `backup-broken`, `store-locked`,
    `store-real`, `backup-failed` (no space), and what opening the copy raises.
    """
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (target / RESTORING).exists():
        return _finished(target, keyring_of, clock)
    floor = _check_target(target, keyring_of, clock, set_aside)
    lock = FolderLock(target)
    lock.take()
    try:
        told = backup.read(source)
        draft = _copied(told, target / DRAFT)
        _new_epoch(draft, keyring_of(draft), clock, floor)
        _begin_swap(target, clock)
    finally:
        lock.free()
    return _finished(target, keyring_of, clock)


def _check_target(target: Path, keyring_of: KeyringOf, clock: Clock, set_aside: bool) -> int:
    """The epoch of the store that is there, 0 without one. Raises unless it may be replaced."""
    if not (target / STORE_NAME).exists() and journal.newest_owner(target / journal.FOLDER) is None:
        return 0
    try:
        there = open_store(target, keyring_of(target), "", clock)  # puts back what its journal still knows
    except Problem as problem:
        if problem.code == "store-locked" or not set_aside:
            code = problem.code if problem.code == "store-locked" else "restore-unreadable"
            raise Problem(code, str(target), problem.title) from problem
        return max((epoch for _, epoch in journal.owners(target / journal.FOLDER)), default=0)
    try:
        waiting = there.outbox().waiting
        if waiting:
            raise Problem("restore-unsent", str(target), str(waiting))
        return there.state.epoch
    finally:
        there.close()


def _copied(told: backup.Backup, draft: Path) -> Path:
    """The files of a backup, hashed again after copying. Raises Problem `backup-broken`, `backup-failed`."""
    shutil.rmtree(draft, ignore_errors=True)
    broken = backup.damage(told)
    if broken:
        raise Problem("backup-broken", told.folder.name, broken[0].file)
    try:
        for name in (*told.files, backup.MANIFEST, backup.SIGNATURE):
            file = draft / name
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            backup.copy_durably(told.folder / name, file)
            if name in told.files and backup.hash_of(file) != told.files[name][1]:
                raise Problem("backup-broken", told.folder.name, name)
    except OSError as error:
        raise Problem("backup-failed", draft.name, error.strerror or type(error).__name__) from error
    return draft


def _new_epoch(draft: Path, keyring: Keyring, clock: Clock, floor: int) -> None:
    """Prove the copy, then let it go on under an epoch nobody has used."""
    store = open_store(draft, keyring, "", clock)
    try:
        if not backup.signed_by(draft, store.secrets):
            raise Problem("backup-broken", draft.name, backup.SIGNATURE)
        backup.prove(store)
        epoch = max(store.state.epoch + 1, floor + 1, _second(clock))
        old = (store.state.epoch, store.state.head, store.state.entry)
        _write_epoch(store, epoch)
    finally:
        store.close()
    told = {"from_epoch": old[0], "head": old[1], "entries": old[2]}
    store = open_store(draft, keyring, "", clock)
    try:
        with store.unit(_ACTOR, clock.now()) as unit:
            unit.record(Fact("store.restored", told))
    finally:
        store.close()


def _second(clock: Clock) -> int:
    return int((clock.now() - _COUNTED_FROM).total_seconds())


def _write_epoch(store: CounterStore, epoch: int) -> None:
    state = replace(store.state, epoch=epoch, device_code=new_device_code(), seq=0)
    fresh = journal.Journal(store.journal.folder, store.journal.key, state.device, epoch, high=state.unit_no)
    fresh.begin()
    fresh.close()
    with store.database.write() as connection:
        connection.execute(t.device_state.update().values(state.as_row()))


# --- the swap: begun, it can only be finished ----------------------------------------------------------


def _begin_swap(target: Path, clock: Clock) -> None:
    aside = clock.now().strftime("%Y%m%d-%H%M%S")
    write_private(target / RESTORING, json.dumps({"aside": aside, "phase": 1}).encode("ascii"))


def _finished(target: Path, keyring_of: KeyringOf, clock: Clock) -> Restored:
    """Carry a begun swap to its end, also after a crash in the middle of it."""
    lock = FolderLock(target)
    lock.take()
    try:
        told = json.loads((target / RESTORING).read_bytes())
        aside, draft = target / REPLACED / told["aside"], target / DRAFT
        if told["phase"] == 1:
            _move_old(target, draft, aside)
            write_private(target / RESTORING, json.dumps({**told, "phase": 2}).encode("ascii"))
        _move_new(draft, target)
        (target / RESTORING).unlink()
        sync_folder(target)
    except (OSError, ValueError, KeyError) as error:
        raise Problem("restore-unfinished", str(target), type(error).__name__) from error
    finally:
        lock.free()
    made_at = backup.read(target).made_at
    for name in (backup.MANIFEST, backup.SIGNATURE):
        (target / name).unlink()
    return _told(target, keyring_of(target), clock, made_at, aside if aside.exists() else None)


def _move_old(target: Path, draft: Path, aside: Path) -> None:
    """A WAL of the old database must not lie beside the new one; of the rest only what is replaced goes."""
    old = {file.name for file in target.glob("*.db*")} | {file.name for file in draft.iterdir()}
    for name in sorted(old - {LOCK_NAME}):
        if (target / name).exists():
            aside.mkdir(mode=0o700, parents=True, exist_ok=True)
            (target / name).replace(aside / name)


def _move_new(draft: Path, target: Path) -> None:
    names = sorted((file.name for file in draft.iterdir()), key=lambda name: name == STORE_NAME)
    for name in names:  # the store last
        if name != LOCK_NAME:
            (draft / name).replace(target / name)
    sync_folder(target)
    shutil.rmtree(draft)


def _told(target: Path, keyring: Keyring, clock: Clock, made_at: str, aside: Path | None) -> Restored:
    store = open_store(target, keyring, "", clock, read_only=True)
    try:
        state = store.state
    finally:
        store.close()
    return Restored(made_at, state.entry, state.epoch, state.device_code, aside)
