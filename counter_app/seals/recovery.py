"""A second wrap of a store's keys, to a public key whose private half lies in the hall's safe.

The desk's machine may die while its disk lives: whoever holds the private half opens the store again.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.boxes import open_box, seal_to
from counter_app.seals.device import DeviceKeys, keys_from_plain
from counter_app.seals.files import write_private
from counter_app.seals.keyring import SHORTEST, Keyring
from counter_app.seals.provider import KEY_BYTES, key_id

PUBLIC_FILE, WRAP_FILE = "recovery.pub", "store.recovery"
_PURPOSE = "ow1.recovery"


def make_pair(private_file: Path, passphrase: str) -> bytes:
    """Write a new private key, encrypted under a passphrase (PKCS #8, 0600); answers its public half.

    Raises Problem `passphrase-short`, `store-write` (also when the file is there already).
    """
    if len(passphrase) < SHORTEST:
        raise Problem("passphrase-short")
    key = X25519PrivateKey.generate()
    hidden = BestAvailableEncryption(passphrase.encode("utf-8"))
    try:
        handle = os.open(private_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, hidden))
    except OSError as error:
        raise Problem("store-write", private_file.name, error.strerror or "") from error
    return key.public_key().public_bytes_raw()


def read_private(file: Path, passphrase: str) -> bytes:
    """The private key of a file. Raises Problem `recovery-key` for a wrong file or passphrase."""
    try:
        key = load_pem_private_key(file.read_bytes(), passphrase.encode("utf-8"))
    except (OSError, ValueError, TypeError) as error:
        raise Problem("recovery-key", file.name) from error
    if not isinstance(key, X25519PrivateKey):
        raise Problem("recovery-key", file.name)
    return key.private_bytes_raw()


def read_public(file: Path) -> bytes:
    """A public key as `make_pair` told it, in hexadecimal. Raises Problem `recovery-key`."""
    try:
        public = bytes.fromhex(file.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise Problem("recovery-key", file.name) from error
    if len(public) != KEY_BYTES:
        raise Problem("recovery-key", file.name)
    return public


def protect(folder: Path, keys: DeviceKeys, public: bytes) -> None:
    """Wrap a store's keys to a public key, and remember the key for later ones. Raises `store-write`."""
    plain = json.dumps(keys.as_plain()).encode("ascii")
    told = {"key_id": key_id(public), "wrapped": base64url.encode(seal_to(public, plain, _PURPOSE))}
    try:
        write_private(folder / WRAP_FILE, json.dumps(told).encode("ascii"))
        write_private(folder / PUBLIC_FILE, public.hex().encode("ascii"))
    except OSError as error:
        raise Problem("store-write", folder.name, error.strerror or "") from error


def recover(folder: Path, private: bytes) -> DeviceKeys:
    """The keys of a store from its recovery wrap.

    Raises Problem `recovery-none` when there is none, `recovery-key` when it was made for another key.
    """
    file = folder / WRAP_FILE
    if not file.exists():
        raise Problem("recovery-none", folder.name)
    try:
        told = json.loads(file.read_text("ascii"))
        plain = open_box(private, base64url.decode(told["wrapped"]), _PURPOSE)
        return keys_from_plain(json.loads(plain))
    except (OSError, ValueError, KeyError, TypeError, Problem) as error:
        raise Problem("recovery-key", WRAP_FILE) from error


def is_wrapped(folder: Path) -> str:
    """For which key a store's keys are wrapped, "" for none."""
    file = folder / WRAP_FILE
    try:
        return str(json.loads(file.read_text("ascii"))["key_id"]) if file.exists() else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


class Recoverable(Value, frozen=True):
    """A keyring whose keys are also wrapped for recovery, as soon as the folder has a `recovery.pub`."""

    behind: Keyring
    folder: Path

    def load(self) -> DeviceKeys | None:
        """The keys; a wrap that is not there yet is made."""
        keys = self.behind.load()
        if keys is not None:
            self._protected(keys)
        return keys

    def save(self, keys: DeviceKeys) -> None:
        """Keep new keys, then wrap them."""
        self.behind.save(keys)
        self._protected(keys)

    def _protected(self, keys: DeviceKeys) -> None:
        file = self.folder / PUBLIC_FILE
        if file.exists() and is_wrapped(self.folder) != key_id(public := read_public(file)):
            protect(self.folder, keys, public)
