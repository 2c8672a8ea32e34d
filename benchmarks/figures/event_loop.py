"""The longest time the screen stood still during the main job, from the ready desk to the printed receipt."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figure import Check, Figure, Samples
from benchmarks.runner import run_script
from benchmarks.screen import screen


@contextmanager
def _prepare(_: Path) -> Iterator[dict[str, str]]:
    with screen() as environment:
        yield environment


def _ours(environment: dict[str, str]) -> dict[str, list[float]]:
    gaps = run_script("product/main_job.py", environment=environment)["gap_ms"]
    return {"gap_ms": gaps, "longest_ms": [max(gaps)]}


def _typical(samples: Samples) -> float:
    return statistics.median(samples["ours.longest_ms"])


FIGURE = Figure(
    "event_loop",
    "longest event-loop stall of the main job once the desk is ready (5 ms timer, longest per step)",
    {"gap_ms": "ms", "longest_ms": "ms"},
    ours=_ours,
    floor=None,
    checks=(
        Check("longest stall of a job, median over the jobs", _typical, 50.0),
        Check("longest stall of all jobs", lambda s: max(s["ours.longest_ms"]), 50.0),
    ),
    prepare=_prepare,
    rounds=8,
)
