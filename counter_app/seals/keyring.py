"""Where a store's keys are kept: in memory, beside a demo, by the operating system, under a passphrase."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from argon2.low_level import Type, hash_secret_raw

from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals.device import DeviceKeys, keys_from_plain
from counter_app.seals.files import write_private
from counter_app.seals.keeper import Keeper, chosen, keeper_of
from counter_app.seals.provider import AES_256_GCM, KEY_BYTES, STANDARD, new_key

DEMO, DEMO_FILE = "demo", "demo.key"
KEYS_FILE = "store.keys"
_BOUND = b"ow1.keys"
_SALT_BYTES = 16
SHORTEST = 8  # characters of a passphrase
# argon2id: 64 MiB, 3 passes (RFC 9106, second recommended choice); kept in the file. One lane, not four: it
# costs who guesses the same, and leaves the other core of a small machine to the start it runs beside.
_COST = {"memory_kib": 65536, "passes": 3, "lanes": 1}


class Keyring(Protocol):
    """Keeps the keys of one store. It fails closed: no key is ever written unprotected instead."""

    def load(self) -> DeviceKeys | None:
        """The keys, None when none were ever made. Raises Problem `store-key`."""

    def save(self, keys: DeviceKeys) -> None:
        """Keep new keys durably. Raises Problem `store-key` rather than replace others."""


@dataclass(slots=True)
class MemoryKeyring:
    """For a demo in a temporary folder: the keys die with the process, and the data with them."""

    _keys: DeviceKeys | None = field(default=None, repr=False)

    def load(self) -> DeviceKeys | None:
        """The keys made earlier in this process."""
        return self._keys

    def save(self, keys: DeviceKeys) -> None:
        """Remember them."""
        self._keys = keys


class DemoKeyring(Value, frozen=True):
    """For a demo in a named folder: keys in clear in `demo.key` (0600). Synthetic data only."""

    folder: Path

    def load(self) -> DeviceKeys | None:
        """Read `demo.key`. Raises Problem `store-key` when it is not one."""
        file = self.folder / DEMO_FILE
        return keys_from_plain(_document(file)) if file.exists() else None

    def save(self, keys: DeviceKeys) -> None:
        """Write `demo.key`. Raises Problem `store-key` when keys are there already."""
        _write_new(self.folder / DEMO_FILE, keys.as_plain())


@dataclass(frozen=True, slots=True)
class PassphraseKeyring:
    """For a real desk: `store.keys`, wrapped by a passphrase through argon2id."""

    folder: Path
    passphrase: str = field(repr=False)

    def load(self) -> DeviceKeys | None:
        """Unwrap. Raises Problem `passphrase-wrong`, or `store-key` when the file is damaged."""
        file = self.folder / KEYS_FILE
        if not file.exists():
            return None
        document = _document(file)
        try:
            cost = {name: int(document[name]) for name in _COST}
            wrapping = _derive(self.passphrase, bytes.fromhex(document["salt"]), cost)
            sealed = bytes.fromhex(document["sealed"])
        except (KeyError, ValueError) as error:
            raise Problem("store-key", str(file)) from error
        try:
            return keys_from_plain(json.loads(STANDARD.open(AES_256_GCM, wrapping, sealed, _BOUND)))
        except Problem as problem:
            raise Problem("passphrase-wrong", str(file)) from problem

    def save(self, keys: DeviceKeys) -> None:
        """Wrap and write. Raises Problem `passphrase-short`, or `store-key` when keys are there already."""
        _write_new(self.folder / KEYS_FILE, self.document(keys))

    def document(self, keys: DeviceKeys) -> dict[str, str]:
        """What `store.keys` holds of these keys. Raises Problem `passphrase-short`."""
        if len(self.passphrase) < SHORTEST:
            raise Problem("passphrase-short")
        salt = os.urandom(_SALT_BYTES)
        plain = json.dumps(keys.as_plain()).encode("ascii")
        sealed = STANDARD.seal(AES_256_GCM, _derive(self.passphrase, salt, _COST), plain, _BOUND)
        cost = {name: str(value) for name, value in _COST.items()}
        return {"kdf": "argon2id", **cost, "salt": salt.hex(), "sealed": sealed.hex()}


class KeeperKeyring(Value, frozen=True):
    """For a real desk: `store.keys`, wrapped by a random key that the operating system keeps for us."""

    folder: Path
    keeper: Keeper

    def load(self) -> DeviceKeys | None:
        """Unwrap. Raises Problem `key-store-away`, `key-store-lost`, or `store-key` for a damaged file."""
        file = self.folder / KEYS_FILE
        if not file.exists():
            return None
        document = _document(file)
        try:
            name, kept, sealed = document["name"], document["kept"], bytes.fromhex(document["sealed"])
        except (KeyError, ValueError) as error:
            raise Problem("store-key", str(file)) from error
        wrapping = self.keeper.fetch(name, kept)
        try:
            return keys_from_plain(json.loads(STANDARD.open(AES_256_GCM, wrapping, sealed, _BOUND)))
        except (Problem, ValueError) as problem:  # another key than ours, or none
            raise Problem("key-store-lost", str(file), self.keeper.title) from problem

    def save(self, keys: DeviceKeys) -> None:
        """Wrap and write. Raises Problem `key-store-away`, or `store-key` when keys are there already."""
        if (self.folder / KEYS_FILE).exists():
            raise Problem("store-key", str(self.folder / KEYS_FILE))
        _write_new(self.folder / KEYS_FILE, self.document(keys))

    def document(self, keys: DeviceKeys) -> dict[str, str]:
        """What `store.keys` holds of these keys; the wrapping key is kept, and read back, before.

        A keeper that takes a key and gives back none would cost the store. Raises Problem `key-store-away`.
        """
        name, wrapping = os.urandom(8).hex(), new_key()
        kept = self.keeper.keep(name, wrapping)
        if self.keeper.fetch(name, kept) != wrapping:
            raise Problem("key-store-away", self.keeper.id, self.keeper.title)
        plain = json.dumps(keys.as_plain()).encode("ascii")
        sealed = STANDARD.seal(AES_256_GCM, wrapping, plain, _BOUND)
        return {"kdf": "keeper", "keeper": self.keeper.id, "name": name, "kept": kept, "sealed": sealed.hex()}


class EarlyKeyring:
    """Begins to unwrap the keys at once, on a thread of its own.

    argon2 works a fifth of a second without the interpreter; a start imports meanwhile. What goes
    wrong is said by `load`, as by the keyring behind it.
    """

    def __init__(self, behind: Keyring) -> None:
        self._behind = behind
        self._loaded: Future[DeviceKeys | None] = Future()
        threading.Thread(target=self._begin, name="early-keys", daemon=True).start()

    def load(self) -> DeviceKeys | None:
        """What the keyring behind it gives. Raises what that raises."""
        return self._loaded.result()

    def save(self, keys: DeviceKeys) -> None:
        """Keep new keys in the keyring behind it."""
        self._behind.save(keys)

    def _begin(self) -> None:
        try:
            self._loaded.set_result(self._behind.load())
        except BaseException as error:
            self._loaded.set_exception(error)


def kept_by(folder: Path, wish: str = "") -> str:
    """Whose keyring a folder has: `demo`, a keeper's id, or "" for a passphrase; of a new one, by the wish.

    Raises Problem `store-key` for a damaged file, `key-store-unknown`, `key-store-away`.
    """
    if (folder / DEMO_FILE).exists():
        return DEMO
    if (folder / KEYS_FILE).exists():
        return _document(folder / KEYS_FILE).get("keeper", "")
    return chosen(wish)


def keyring_of(folder: Path, passphrase: Callable[[], str], wish: str = "") -> Keyring:
    """The keyring of a store, wrapped for recovery too where the folder has a recovery key.

    A demo's lies beside it, a real one's is wrapped by whom its file names; a new one's by the `wish`
    (the setting `key_store`), else by a passphrase. Raises what `kept_by` raises.
    """
    from counter_app.seals.recovery import Recoverable

    name = kept_by(folder, wish)
    if name == DEMO:
        return DemoKeyring(folder)
    if name:
        return Recoverable(KeeperKeyring(folder, keeper_of(name)), folder)
    return Recoverable(PassphraseKeyring(folder, passphrase()), folder)


def rewrap(folder: Path, keyring: KeeperKeyring | PassphraseKeyring, keys: DeviceKeys) -> None:
    """Wrap a store's keys anew, old file or new file whole. Raises Problem `key-store-…`, `store-write`."""
    document = json.dumps(keyring.document(keys)).encode("ascii")
    try:
        write_private(folder / KEYS_FILE, document)
    except OSError as error:
        raise Problem("store-write", KEYS_FILE, error.strerror or "") from error


def keys_of(keyring: Keyring, may_create: bool = True) -> DeviceKeys:
    """The keys of a store, made on first use.

    Raises Problem `store-key` when there are none and none may be made (a store whose key file
    was lost must not get a new one: it could never open it).
    """
    keys = keyring.load()
    if keys is not None:
        return keys
    if not may_create:
        raise Problem("store-key")
    keys = DeviceKeys()
    keyring.save(keys)
    return keys


def _derive(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return hash_secret_raw(
        passphrase.encode("utf-8"),
        salt,
        time_cost=cost["passes"],
        memory_cost=cost["memory_kib"],
        parallelism=cost["lanes"],
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _document(file: Path) -> dict[str, str]:
    try:
        document = json.loads(file.read_text("ascii"))
    except (ValueError, OSError) as error:
        raise Problem("store-key", str(file)) from error
    if not isinstance(document, dict) or not all(isinstance(value, str) for value in document.values()):
        raise Problem("store-key", str(file))
    return document


def _write_new(file: Path, document: dict[str, str]) -> None:
    if file.exists():
        raise Problem("store-key", str(file))
    try:
        write_private(file, json.dumps(document).encode("ascii"))
    except OSError as error:
        raise Problem("store-write", str(file), error.strerror or "") from error
