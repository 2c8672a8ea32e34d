"""The packs that ship, kept as they were read, beside Python's own compiled modules.

A start reads 120 files for 35 ms to build what it built yesterday. So the built catalogue is kept, under the
rules of a `.pyc`: in the same folder, for this Python only, good while every file it was made from has the
size and the time it had then, and read with the same trust, since whoever can write there can change the
program itself. What lies in a data folder is never read this way. Without a right to write, or where
Python is told to write no compiled files, nothing is kept and everything works.
"""

from __future__ import annotations

import importlib.util
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import resources
from counter_app.catalog.model import Catalogue
from counter_app.domain import value

_CODE = Path(__file__)
_FORMAT = 1


def built_in() -> Iterable[str]:
    """The names of every pack file that ships."""
    yield from resources.names("catalog", ".toml")
    yield from resources.names("regions", ".toml")
    for region in resources.folders("regions"):
        yield from resources.names(region, ".toml")


def kept(build: Callable[[], Catalogue], names: tuple[str, ...], file: Path | None = None) -> Catalogue:
    """The catalogue of the resources of these names: the kept one, or what `build` makes, kept for later.

    Raises what `build` raises; a faulty catalogue is not kept.
    """
    file, stamp = file or _place(), (_FORMAT, *_stamp(names))
    found = _read(file, stamp)
    if found is not None:
        return found
    made = build()
    if not sys.dont_write_bytecode:
        _write(file, stamp, made)
    return made


def _place() -> Path:
    beside = Path(importlib.util.cache_from_source(str(_CODE))).parent
    return beside / f"catalogue.{sys.implementation.cache_tag}.kept"


def _stamp(names: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    """Size and time of everything it is made from: the files, and the code that builds it."""
    code = (*sorted(_CODE.parent.glob("*.py")), Path(value.__file__))
    for name, path in (*((n, resources.path(n)) for n in names), *((p.name, p) for p in code)):
        found = path.stat()
        yield name, found.st_size, found.st_mtime_ns


def _read(file: Path, stamp: tuple[object, ...]) -> Catalogue | None:
    try:
        with file.open("rb") as stream:
            if pickle.load(stream) != stamp:
                return None
            found = pickle.load(stream)
    except Exception:  # absent, torn, of another program: whatever it is, it is built anew
        return None
    return found if isinstance(found, Catalogue) else None


def _write(file: Path, stamp: tuple[object, ...], made: Catalogue) -> None:
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(exist_ok=True)
        beside.write_bytes(pickle.dumps(stamp, 5) + pickle.dumps(made, 5))
        beside.replace(file)
    except OSError:  # a full disk, a folder of somebody else's: the next start builds it again
        with suppress(OSError):
            beside.unlink()
