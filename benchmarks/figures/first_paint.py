"""From process start to the first paint: the desk against a bare PySide6 window."""

from __future__ import annotations

from benchmarks.desks import Place, desk_place
from benchmarks.figure import Check, Figure, ratio
from benchmarks.runner import run_script


def _ours(place: Place) -> dict[str, list[float]]:
    return run_script("product/desk.py", "paint", str(place.folder), environment=place.environment)


def _floor(place: Place) -> dict[str, list[float]]:
    return run_script("floors/bare_window.py", environment=place.environment)


FIGURE = Figure(
    "first_paint",
    "first paint of the desk ÷ first paint of a bare PySide6 window",
    {"ms": "ms", "kib": "KiB"},
    ours=_ours,
    floor=_floor,
    checks=(Check("medians, ours ÷ floor", ratio("ms"), 1.8),),
    prepare=desk_place,
    rounds=15,
)
