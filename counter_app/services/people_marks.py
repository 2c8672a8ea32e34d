"""By what mark this machine speaks of a person to the hall: the same mark at every machine, and no number.

The hall's keys lie beside the store (`hall.keys`, 0600, as the membership does), so that marks are the same
while the hub is away. A machine that never met a hub uses its own key.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from counter_app.problems import Problem
from counter_app.seals.files import write_private
from counter_app.seals.people import PeopleKeys, from_plain, normal

KEYS_FILE = "hall.keys"
FRESH_S = 600.0  # so long a machine may make marks by a key that another one has replaced


class PeopleMarks:
    """Makes marks of persons. Any thread may ask; `renew` may wait as long as the hub does."""

    def __init__(self, hub: Any, folder: Path | None = None, own: Callable[[str], str] | None = None) -> None:
        self._hub, self._own = hub, own
        self._file = folder / KEYS_FILE if folder is not None else None
        self._keys = kept_in(self._file) if self._file is not None else PeopleKeys()
        self._asked = -FRESH_S

    def of(self, certno: str) -> tuple[str, ...]:
        """The marks of a person, the one in use first, then those by older keys; none for nobody."""
        if not normal(certno):
            return ()
        if not self._keys.keys and self._hub.online():
            self.renew()
        return self._keys.of(certno) or ((self._own(normal(certno)),) if self._own is not None else ())

    def keep_fresh(self) -> None:
        """Ask again when that was long ago; for a lane nobody waits for."""
        if time.monotonic() - self._asked > FRESH_S:
            self.renew()

    def renew(self) -> bool:
        """Ask the hub for the keys again; whether it answered. Raises Problem `store-write`."""
        try:
            found: PeopleKeys = self._hub.people_keys()
        except Problem:
            return False
        self._asked = time.monotonic()
        if found != self._keys:
            self._keys = found
            if self._file is not None:
                keep(self._file, found)
        return True


def keep(file: Path, keys: PeopleKeys) -> None:
    """Keep the keys of a hall (0600). Raises Problem `store-write`."""
    try:
        write_private(file, json.dumps(keys.as_plain()).encode("ascii"))
    except OSError as error:
        raise Problem("store-write", file.name, error.strerror or "") from error


def kept_in(file: Path) -> PeopleKeys:
    """What was kept; none where there is no such file or nothing of ours in it: the hub is asked again."""
    try:
        return from_plain(json.loads(file.read_bytes()))
    except (OSError, ValueError, AttributeError, TypeError):
        return PeopleKeys()
