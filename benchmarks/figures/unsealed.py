"""What chain, signature and field sealing add to an acceptance, in one process that does both in turn."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.figure import Check, Figure, Samples
from benchmarks.runner import run_script

COUNT = 300


@contextmanager
def _prepare(folder: Path) -> Iterator[Path]:
    yield folder


def _ours(place: Path) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory(dir=place) as folder:
        return run_script("product/unsealed.py", folder, str(COUNT))


def _added(samples: Samples) -> float:
    whole, bare, hashes = (median(samples[f"ours.{n}"]) for n in ("with_ms", "without_ms", "hashes_ms"))
    return whole / (bare - hashes)


FIGURE = Figure(
    "unsealed",
    "an acceptance ÷ the same without chain, signature and field sealing",
    {"with_ms": "ms", "without_ms": "ms", "hashes_ms": "ms"},
    ours=_ours,
    floor=None,
    checks=(Check("with ÷ without", _added, 1.10),),
    prepare=_prepare,
    rounds=5,
)
