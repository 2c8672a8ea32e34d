"""Finding one of a million encrypted people in every way a clerk looks, against bare rows by a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figure import Check, Figure, Samples, quantile
from benchmarks.runner import run_script

PEOPLE, ASKED, LIMIT_MS = 1_000_000, 200, 10.0
WAYS = {
    "exact": "certificate number",
    "front6": "its first 6",
    "front10": "its first 10",
    "front14": "its first 14",
    "end6": "its last 6",
    "end4": "its last 4",
    "tel4": "telephone's last 4",
    "name": "name",
    "infix": "part of a name",
    "common": "one common character",
    "rare": "one character above U+FFFF",
    "initials": "pinyin initials",
}


@dataclass(frozen=True)
class Place:
    """The store with its people, and the bare file with as many rows."""

    store: Path
    bare: Path


@contextmanager
def _prepare(folder: Path) -> Iterator[Place]:
    place = Place(folder / "city", folder / "bare.db")
    place.store.mkdir(mode=0o700)
    for count in range(PEOPLE // 4, PEOPLE + 1, PEOPLE // 4):  # each well within a script's time
        run_script("product/lookup.py", "make", str(place.store), str(count))
    run_script("floors/bare_lookup.py", "make", str(place.bare), str(PEOPLE))
    yield place


def p99(way: str) -> Callable[[Samples], float]:
    """The 99th of a hundred of ours."""
    return lambda samples: quantile(samples[f"ours.{way}"], 0.99)


FIGURE = Figure(
    "lookup",
    f"one of {PEOPLE:,} encrypted people, in every way ÷ bare rows by a key",
    dict.fromkeys(WAYS, "ms"),
    ours=lambda place: run_script("product/lookup.py", "ask", str(place.store), str(ASKED)),
    floor=lambda place: run_script("floors/bare_lookup.py", "ask", str(place.bare), str(ASKED)),
    checks=tuple(Check(f"p99 ms by {words}", p99(way), LIMIT_MS) for way, words in WAYS.items()),
    prepare=_prepare,
    rounds=5,
)
