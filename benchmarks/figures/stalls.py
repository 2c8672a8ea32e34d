"""The longest time the screen stood still over all eight journeys, and the work behind it.

`stall_ms` is what a clerk would notice; `work_ms` is the processor time of the screen's own thread between
two ticks of a 5 ms timer: what else runs on the machine does not make it longer.
"""

from __future__ import annotations

from contextlib import nullcontext

from benchmarks.figure import Check, Figure

LONGEST_MS = 50.0
NAMES = ("remote", "chronic", "claim", "maternity", "share", "change", "newborn", "employer")


def _ours(_: object) -> dict[str, list[float]]:
    from tests.journeys.play import journeys, play

    found: dict[str, list[float]] = {"stall_ms": [], "work_ms": []}
    for name, journey in journeys().items():
        told = play(journey).told[1:]  # what comes before the first line is the start
        found["stall_ms"] += [line["stall_ms"] for line in told]
        found["work_ms"] += [line["work_ms"] for line in told]
        found[f"{name}_work_ms"] = [max(line["work_ms"] for line in told)]
    return found


FIGURE = Figure(
    "stalls",
    "longest event-loop stall of eight whole journeys, and the work of the screen's thread behind it",
    {"stall_ms": "ms", "work_ms": "ms"} | {f"{name}_work_ms": "ms" for name in NAMES},
    ours=_ours,
    floor=None,
    checks=(
        Check("longest stall of all journeys", lambda s: max(s["ours.stall_ms"]), LONGEST_MS),
        Check("most work at one go", lambda s: max(s["ours.work_ms"]), LONGEST_MS),
    ),
    prepare=lambda folder: nullcontext(),
    rounds=1,
)
