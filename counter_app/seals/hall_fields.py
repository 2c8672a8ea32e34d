"""The hall's field keys as a device holds them: in memory while it works, sealed in a file of its folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.problems import Problem
from counter_app.seals.files import write_private

FILE = "hall.fields"


@dataclass(slots=True, repr=False)
class HallFields:
    """Keys by version, the highest in use; shared by whoever seals in this process. Its repr shows nothing.

    `is_settled` once everything that was sealed before the hall was joined has been sealed for it again.
    """

    keys: Mapping[int, bytes] = field(default_factory=dict)
    is_settled: bool = False

    def take(self, keys: Mapping[int, bytes]) -> bool:
        """Take the hall's keys; none is ever forgotten. Tells whether there is a new one."""
        merged = {**self.keys, **keys}
        is_new = merged != dict(self.keys)
        self.keys = merged
        return is_new


def load(folder: Path, unseal: Callable[[bytes, str], bytes]) -> HallFields:
    """The keys of a folder, none before the first were heard. Raises Problem `seal-broken`."""
    file = folder / FILE
    if not file.exists():
        return HallFields()
    try:
        plain = json.loads(unseal(file.read_bytes(), FILE))
        keys = {int(version): bytes.fromhex(text) for version, text in plain["keys"].items()}
        return HallFields(keys, bool(plain["settled"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Problem("seal-broken", FILE) from error


def save(folder: Path, fields: HallFields, seal: Callable[[bytes, str], bytes]) -> None:
    """Keep them, sealed with the device's own key. Raises Problem `store-write`."""
    keys = {str(version): key.hex() for version, key in fields.keys.items()}
    plain = json.dumps({"keys": keys, "settled": fields.is_settled}).encode("ascii")
    try:
        write_private(folder / FILE, seal(plain, FILE))
    except OSError as error:
        raise Problem("store-write", FILE, error.strerror or "") from error
