"""What it costs to read a card through a driver host instead of in this process."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figure import Check, Figure, Samples
from benchmarks.runner import run_script
from benchmarks.stubs import library

READS = "300"


@contextmanager
def _prepare(folder: Path) -> Iterator[str]:
    yield str(library("sscard", folder))


def _more(samples: Samples) -> float:
    return statistics.median(samples["ours.ms"]) - statistics.median(samples["floor.ms"])


FIGURE = Figure(
    "host_read",
    "a card read through its driver's host − the same library called directly",
    {"ms": "ms", "memory_mb": "MB"},
    ours=lambda path: run_script("product/host_read.py", path, READS),
    floor=lambda path: run_script("floors/bare_library_read.py", path, READS),
    checks=(
        Check("medians, ours − floor, ms", _more, 5.0),
        Check("memory of the host, MB", lambda s: max(s["ours.memory_mb"]), 40.0),
    ),
    prepare=_prepare,
    rounds=8,
)
