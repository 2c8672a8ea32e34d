"""What a clerk's work costs in keys: the journeys of `tests/journeys/budgets.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

from benchmarks.figure import Check, Figure, Samples


def _ours(_: object) -> dict[str, list[float]]:
    from tests.journeys.play import journeys, play

    known = journeys()
    played = {name: play(journey) for name, journey in known.items()}
    found: dict[str, list[float]] = {
        "keys": [one.keys for one in played.values()],
        "hands": [float(one.hands) for one in played.values()],
        "clicks": [float(one.clicks) for one in played.values()],
        "klm_s": [one.seconds for one in played.values()],
        "to_spare": [known[name].cap - one.keys for name, one in played.items()],
    }
    for name, one in played.items():  # a figure of its own each, to be read
        found[f"{name}_keys"], found[f"{name}_klm_s"] = [one.keys], [one.seconds]
    return found


def _least(metric: str, samples: Samples) -> float:
    values: Sequence[float] = samples[f"ours.{metric}"]
    return min(values)


NAMES = ("remote", "chronic", "claim", "maternity", "share", "change", "newborn", "employer")
UNITS = {"keys": "keys", "hands": "hand changes", "clicks": "clicks", "klm_s": "s", "to_spare": "keys"}
UNITS |= {f"{name}_keys": "keys" for name in NAMES} | {f"{name}_klm_s": "s" for name in NAMES}

FIGURE = Figure(
    "journeys",
    "keys, hand changes and seconds by the keystroke-level model of eight whole journeys",
    UNITS,
    ours=_ours,
    floor=None,
    checks=(
        Check("keys to spare below the cap, least of all", lambda s: _least("to_spare", s), 0.0, False),
        Check("clicks", lambda s: max(s["ours.clicks"]), 0.0),
    ),
    prepare=lambda folder: nullcontext(),
    rounds=1,
)
