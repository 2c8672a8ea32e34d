"""3,000 counters come back at one moment with 3,000,000 facts: drained without a storm (simulated)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from benchmarks.figure import Check, Figure, Samples
from benchmarks.runner import run_script

COUNTERS, RECORDS = 3_000, 1_000


def _ours(seed: object) -> dict[str, list[float]]:
    return run_script("product/returning.py", str(COUNTERS), str(RECORDS), "20261123")


def worst(metric: str) -> Callable[[Samples], float]:
    """The largest sample."""
    return lambda samples: max(samples[f"ours.{metric}"])


FIGURE = Figure(
    "returning",
    f"{COUNTERS:,} counters drain {COUNTERS * RECORDS:,} facts (simulated)",
    {"over_ideal": "x", "away_per_served": "x", "busiest": "x", "astray": "facts"},
    ours=_ours,
    floor=None,
    checks=(
        Check("time to drain / serving alone", worst("over_ideal"), 2.0),
        Check("turned away for each one served", worst("away_per_served"), 1.0),
        Check("busiest later second / what can be served in it", worst("busiest"), 3.0),
        Check("facts not delivered exactly once", worst("astray"), 0.0),
    ),
    prepare=lambda folder: nullcontext(),
    rounds=1,
)
