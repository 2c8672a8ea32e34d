"""A second wrap of a store's keys, to a public key whose private half lies in the hall's safe.

The desk's machine may die while its disk lives: whoever holds the private half (`recovery_pair`) opens the
store again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.value import Value
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.device import DeviceKeys, keys_from_plain
from counter_app.seals.files import write_private
from counter_app.seals.keyring import Keyring
from counter_app.seals.provider import KEY_BYTES, key_id

if TYPE_CHECKING:
    from counter_app.seals import boxes
else:  # a start whose keys are wrapped already needs none
    boxes = late("counter_app.seals.boxes")

PUBLIC_FILE, WRAP_FILE = "recovery.pub", "store.recovery"
_PURPOSE = "ow1.recovery"


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
    told = {"key_id": key_id(public), "wrapped": base64url.encode(boxes.seal_to(public, plain, _PURPOSE))}
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
        plain = boxes.open_box(private, base64url.decode(told["wrapped"]), _PURPOSE)
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
