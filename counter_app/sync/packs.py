"""Packs that come from the hall: examined, put on the shelf, in force from the day they name.

The words are in the store already (`sync.reference`); a pack that is refused is told once and changes
nothing. Who signs packs is told in the scope `keys`, and taken back there.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from counter_app.late import late
from counter_app.problems import Problem, Problems

if TYPE_CHECKING:
    from counter_app.catalog import parcel
    from counter_app.catalog.model import Catalogue
    from counter_app.catalog.shelf import Shelf
    from counter_app.seals import trust
else:
    parcel = late("counter_app.catalog.parcel")
    trust = late("counter_app.seals.trust")

SCOPES = ("catalogue", "regions")
SIGNER = "pack-signer:"
_LOG = logging.getLogger(__name__)


class Words(Protocol):
    """What a store offers."""

    def reference_words(self, scope: str, beginning: str) -> Mapping[str, Mapping[str, Any]]:
        """The words of a scope whose names begin so."""


@dataclass(slots=True)
class PackSync:
    """The part of a desk's sync that is about packs.

    `shelf` opens the shelf by the trust of the moment, `trusted` is the file that trust is kept in; `renew`
    hands over what is in force from now on, `tell` what was refused; both on the services lane.
    """

    words: Words
    shelf: Callable[[], Shelf]
    trusted: Path
    in_use: Callable[[], Catalogue]
    renew: Callable[[Catalogue], object]
    tell: Callable[[Problem], object]
    _seen: set[str] = field(default_factory=set)
    _chosen_on: date | None = None

    def run(self, today: date, heard: bool = True) -> int:
        """Once; how many packs were put on the shelf, refused or taken into use. `heard`: words came."""
        began_on, self._chosen_on = self._chosen_on, today
        if not heard and began_on == today:
            return 0
        came, changed = 0, self._keys()
        for scope in SCOPES:
            for body in self.words.reference_words(scope, parcel.PACK).values():
                came += self._take(body)
        if came or changed or began_on not in (None, today):  # at the start the desk has just chosen
            came += self._choose(today)
        return came

    def _keys(self) -> bool:
        """Believe whom the hall says signs packs, and nobody it has taken back."""
        told = self.words.reference_words("keys", SIGNER)
        if not told:
            return False
        before = trust.load(self.trusted)
        after = before
        for body in told.values():
            with suppress(ValueError):
                key = bytes.fromhex(str(body.get("public_key", "")))
                after = after.without(_name(key)) if body.get("revoked_on") else after.with_key(key)
        if after == before and self.trusted.is_file():
            return False
        after.save(self.trusted)
        self._seen.clear()  # what a stranger had signed may count now
        return True

    def _take(self, body: Mapping[str, Any]) -> int:
        try:
            name = parcel.digest(body)
            if name in self._seen:
                return 0
            self._seen.add(name)
            return self._install(body)
        except Problem as problem:
            return self._refuse(problem)
        except Problems as several:
            return self._refuse(several.problems[0])

    def _install(self, body: Mapping[str, Any]) -> int:
        shelf = self.shelf()
        shelf.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="pack-", suffix=".new", dir=shelf.folder) as spare:
            place = Path(spare) / "pack"
            place.mkdir(mode=0o700)
            parcel.unpack(body, place)
            return int(shelf.add(place))

    def _refuse(self, problem: Problem) -> int:
        _LOG.info("a pack of the hall was refused: %s", problem.code)
        self.tell(problem)
        return 1

    def _choose(self, today: date) -> int:
        chosen, faults = self.shelf().chosen(today)
        for fault in faults:
            self._refuse(fault)
        if chosen.pack == self.in_use().pack:
            return 0
        try:
            self.renew(chosen)
        except Problem as problem:  # a pack without this desk's region
            self._refuse(problem)
        return 1


def _name(key: bytes) -> str:
    from counter_app.seals.provider import key_id

    return key_id(key)
