"""From process start to a desk that can take a card, and its memory then."""

from __future__ import annotations

from benchmarks.desks import Place, desk_place
from benchmarks.figure import Check, Figure, ratio
from benchmarks.runner import run_script


def _ours(place: Place) -> dict[str, list[float]]:
    return run_script("product/desk.py", "ready", str(place.folder), environment=place.environment)


def _floor(place: Place) -> dict[str, list[float]]:
    return run_script("floors/bare_window.py", "store", environment=place.environment)


FIGURE = Figure(
    "ready",
    "desk ready for a card ÷ a bare window that also imports sqlalchemy and sqlcipher3",
    {"ms": "ms", "kib": "KiB"},
    ours=_ours,
    floor=_floor,
    checks=(
        Check("medians of time, ours ÷ floor", ratio("ms"), 2.0),
        Check("medians of resident memory, ours ÷ floor", ratio("kib"), 2.0),
    ),
    prepare=desk_place,
    rounds=15,
)
