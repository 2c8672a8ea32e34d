"""The longest time the screen stood still while the desk's devices did everything wrong."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figure import Check, Figure, Samples
from benchmarks.runner import run_script
from benchmarks.screen import screen
from benchmarks.stubs import library

CALLS = "300"


@dataclass(frozen=True)
class _Place:
    environment: dict[str, str]
    libraries: tuple[str, str]


@contextmanager
def _prepare(folder: Path) -> Iterator[_Place]:
    made = library("sscard", folder), library("sdtapi", folder)
    with screen() as environment:
        yield _Place(environment, (str(made[0]), str(made[1])))


def _ours(place: _Place) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory(prefix="ow-hostile-") as folder:
        told = run_script(
            "product/hostile.py", folder, *place.libraries, CALLS, environment=place.environment
        )
    return {**told, "longest_ms": [max(told["gap_ms"])]}


def _typical(samples: Samples) -> float:
    return statistics.median(samples["ours.longest_ms"])


FIGURE = Figure(
    "hostile",
    "longest event-loop stall of a desk whose libraries crash, hang and lie (5 ms timer, per call)",
    {"gap_ms": "ms", "turn_ms": "ms", "longest_ms": "ms", "calls": "calls", "lives": "hosts lost"},
    ours=_ours,
    floor=None,
    checks=(
        Check("longest stall of all calls, ms", lambda s: max(s["ours.gap_ms"]), 50.0),
        Check("longest stall of a round, median over the rounds, ms", _typical, 50.0),
        Check("most the screen's thread computed at once, ms", lambda s: max(s["ours.turn_ms"]), 30.0),
        Check("hosts lost meanwhile", lambda s: sum(s["ours.lives"]), 10.0, at_most=False),
    ),
    prepare=_prepare,
    rounds=5,
)
