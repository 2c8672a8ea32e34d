"""A whole acceptance with its side journal against the same bytes written twice and synced twice."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figure import Check, Figure, Samples, quantile
from benchmarks.runner import run_script

COUNT = 200


@dataclass(frozen=True)
class Place:
    """Where both write, and how many bytes one acceptance writes to WAL and journal."""

    folder: Path
    wal: int
    journal: int


@contextmanager
def _prepare(folder: Path) -> Iterator[Place]:
    with tempfile.TemporaryDirectory(dir=folder) as first:
        written = run_script("product/acceptances.py", first, "20", "bytes")
    yield Place(folder, round(written["wal"][0]), round(written["journal"][0]))


def _ours(place: Place) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory(dir=place.folder) as folder:
        return run_script("product/acceptances.py", folder, str(COUNT))


def _floor(place: Place) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory(dir=place.folder) as folder:
        sizes = [str(place.wal), str(place.journal)]
        written = run_script("floors/two_fsyncs.py", folder, *sizes, str(COUNT))
        return {**written, "bytes": [float(place.wal + place.journal)]}


def _throughput(samples: Samples) -> float:
    ours, floor = samples["ours.per_s"], samples["floor.per_s"]
    return quantile(ours, 0.5) / quantile(floor, 0.5)


def _tail(samples: Samples) -> float:
    return quantile(samples["ours.ms"], 0.99) / quantile(samples["floor.ms"], 0.5)


FIGURE = Figure(
    "acceptance",
    "whole acceptances with side journal ÷ one WAL overwrite + fsync and one journal append + fsync",
    {"ms": "ms", "per_s": "1/s", "bytes": "bytes"},
    ours=_ours,
    floor=_floor,
    checks=(
        Check("throughput, ours ÷ floor", _throughput, 0.15, at_most=False),
        Check("p99 of ours ÷ p50 of the floor", _tail, 20.0),
    ),
    prepare=_prepare,
    rounds=8,
)
