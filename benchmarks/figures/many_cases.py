"""What a desk asks all day, on a store with 100,000 open cases against the same questions on one with 100."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figure import Check, Figure, ratio
from benchmarks.runner import run_script

FEW, MANY = 100, 100_000
ASKED = 15
QUESTIONS = {
    "due": "due list and its counts",
    "number": "case by number",
    "serial": "case by the end of its number",
    "name": "cases by a person's name",
    "people": "person by name and by certificate",
    "newest": "newest cases",
    "waiting": "what waits for the hub",
}


@dataclass(frozen=True)
class Place:
    """The two stores."""

    few: Path
    many: Path


@contextmanager
def _prepare(folder: Path) -> Iterator[Place]:
    place = Place(folder / "few", folder / "many")
    for store, count in ((place.few, FEW), (place.many, MANY)):
        store.mkdir(mode=0o700)
        run_script("product/many_cases.py", "make", str(store), str(count))
    yield place


def _ask(store: Path) -> dict[str, list[float]]:
    return run_script("product/many_cases.py", "ask", str(store), str(ASKED))


FIGURE = Figure(
    "many_cases",
    f"questions on {MANY:,} open cases ÷ the same on {FEW}",
    dict.fromkeys(QUESTIONS, "ms"),
    ours=lambda place: _ask(place.many),
    floor=lambda place: _ask(place.few),
    checks=tuple(Check(words, ratio(name), 1.5) for name, words in QUESTIONS.items()),
    prepare=_prepare,
    rounds=6,
)
