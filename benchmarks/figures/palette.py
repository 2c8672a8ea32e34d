"""One question to the palette against a bare scan of the same words, and how long it takes to open."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figure import Check, Figure, quantile, ratio
from benchmarks.runner import run_script
from benchmarks.screen import screen

OPEN_MS = 50.0  # what a hand on the keys does not notice


@contextmanager
def _prepare(folder: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    told = folder / "entries.json"
    with screen() as environment:
        run_script("product/palette.py", str(folder), str(told), "tell", environment=environment)
        yield told, environment


def _ours(place: tuple[Path, dict[str, str]]) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory(dir=place[0].parent) as folder:
        return run_script("product/palette.py", folder, str(place[0]), environment=place[1])


def _floor(place: tuple[Path, dict[str, str]]) -> dict[str, list[float]]:
    return run_script("floors/bare_scan.py", str(place[0]))


FIGURE = Figure(
    "palette",
    "one question to the palette ÷ a bare scan of a dictionary with the same words; opening it",
    {"us": "µs", "open_ms": "ms", "open_work_ms": "ms"},
    ours=_ours,
    floor=_floor,
    checks=(
        # Ranking and every reading cost something: the floor only tells whether a word occurs at all.
        Check("medians, ours ÷ floor", ratio("us"), 3.0),
        Check("p99 of opening", lambda s: quantile(s["ours.open_ms"], 0.99), OPEN_MS),
    ),
    prepare=_prepare,
    rounds=6,
)
