"""Which pack is in force: packs stand side by side on a shelf, and the day chooses among them.

A pack is a folder as `catalog check DIR` reads it. One that is broken, unsigned or changed is refused
whole: the last good one is used, of which a copy is kept, and at worst the one that ships.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import tomli

import resources
from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import Catalogue
from counter_app.domain.value import Value
from counter_app.problems import Problem, Problems
from counter_app.seals.trust import TrustStore

FOLDER, KEPT, TRUST = "packs", "packs.kept", "trust.json"  # in the data folder
_HEAD = "_pack.toml"
_SPARE = (".new", ".old")  # half-copied


class Head(Value, frozen=True):
    """What a pack says of itself; days are inclusive. `read` is False when that could not be read."""

    folder: Path
    name: str = ""
    version: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    read: bool = True

    def in_force(self, day: date) -> bool:
        """Whether it counts on a day; one that cannot be read counts, so that its fault is told."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


class Shelf(Value, frozen=True):
    """`folder` is one pack, or holds several; `kept` is where the last good one is copied to.

    With a `trust` store only packs signed by somebody in it are taken.
    """

    folder: Path
    kept: Path
    trust: TrustStore | None = None

    def chosen(self, day: date) -> tuple[Catalogue, tuple[Problem, ...]]:
        """The catalogue of a day, and what was wrong with packs that should have been used."""
        faults: list[Problem] = []
        for head in self._wanted(day, faults):
            found = self._taken(head.folder, faults)
            if found is not None:
                self._keep(head.folder)
            else:
                found = self._from_kept(head)
            if found is not None:
                return found, tuple(faults)
        return load_catalogue(), tuple(faults)

    def heads(self) -> list[Head]:
        """Every pack on the shelf, newest first."""
        places = [self.folder] if _is_pack(self.folder) else _inside(self.folder)
        found = [head_of(place) for place in places]
        # What cannot be read comes first: that is a fault to be told, whatever else is there.
        order = [(not head.read, head.valid_from or date.min, head.version) for head in found]
        return [head for _, head in sorted(zip(order, found, strict=True), key=lambda pair: pair[0])[::-1]]

    def install(self, folder: Path) -> Head:
        """Put a pack on the shelf, whole or not at all.

        Raises Problem(s) as `load_catalogue` does, `pack-empty` for a folder without `_pack.toml`.
        """
        load_catalogue(folder, self.trust)
        head = head_of(folder)
        if not head.name or not head.version:
            raise Problem("pack-empty", str(folder), _HEAD)
        _copy(folder, self.folder / f"{head.name}-{head.version}")
        return head

    def add(self, folder: Path) -> bool:
        """The same for a pack that may be here already: False when its very files are.

        Raises what `install` raises.
        """
        head = head_of(folder)
        if _files(folder) == _files(self.folder / f"{head.name}-{head.version}"):
            return False
        self.install(folder)
        return True

    def _wanted(self, day: date, faults: list[Problem]) -> Iterable[Head]:
        """Those in force, newest first; of a shelf only what is not older than what ships."""
        ours = _own_head().valid_from or date.min
        is_one = _is_pack(self.folder)
        for head in self.heads():
            if not head.in_force(day):
                if is_one:
                    days = f"{head.valid_from or ''} 至 {head.valid_to or ''}"
                    faults.append(Problem("pack-not-in-force", str(head.folder), days))
                continue
            if is_one or not head.name or not head.read or (head.valid_from or date.max) >= ours:
                yield head

    def _taken(self, folder: Path, faults: list[Problem]) -> Catalogue | None:
        try:
            return load_catalogue(folder, self.trust)
        except Problem as problem:
            faults.append(problem)
        except Problems as several:
            faults.extend(several.problems)
        return None

    def _from_kept(self, spoilt: Head) -> Catalogue | None:
        """The copy of the same pack from when it was good."""
        if not _is_pack(self.kept):
            return None
        kept = head_of(self.kept)
        is_same = (kept.name, kept.version) == (spoilt.name, spoilt.version)
        return self._taken(self.kept, []) if is_same and spoilt.read else None

    def _keep(self, folder: Path) -> None:
        if _files(folder) != _files(self.kept):
            _copy(folder, self.kept)


def head_of(folder: Path) -> Head:
    """What a pack says of itself; a folder without `_pack.toml` is laid over ours and says nothing."""
    base = folder / "catalog" if (folder / "catalog").is_dir() else folder
    file = base / _HEAD
    if not file.is_file():
        return Head(folder)
    try:
        return _head(folder, file.read_bytes())
    except (OSError, ValueError):
        return Head(folder, read=False)


def _own_head() -> Head:
    return _head(Path(), resources.read_bytes(f"catalog/{_HEAD}"))


def _head(folder: Path, text: bytes) -> Head:
    told = tomli.loads(text.decode("utf-8"))
    first, last = told.get("valid_from"), told.get("valid_to")
    if not all(day is None or isinstance(day, date) for day in (first, last)):
        raise ValueError("a day is not a date")
    return Head(folder, str(told.get("name", "")), str(told.get("version", "")), first, last)


def _is_pack(folder: Path) -> bool:
    has = (folder / "catalog").is_dir() or (folder / "regions").is_dir()
    return has or (folder.is_dir() and any(folder.glob("*.toml")))


def _inside(folder: Path) -> list[Path]:
    places = folder.iterdir() if folder.is_dir() else ()
    return sorted(place for place in places if place.suffix not in _SPARE and _is_pack(place))


def _files(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else ()
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def _copy(folder: Path, to: Path) -> None:
    """Copy beside, then take the old one's place: a stop in between leaves one of the two whole."""
    fresh, old = to.with_name(f"{to.name}.new"), to.with_name(f"{to.name}.old")
    for spare in (fresh, old):
        shutil.rmtree(spare, ignore_errors=True)
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copytree(folder, fresh)
    if to.exists():
        to.rename(old)
    fresh.rename(to)
    shutil.rmtree(old, ignore_errors=True)
