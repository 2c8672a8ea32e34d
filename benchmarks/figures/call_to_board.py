"""From the press of a call at one of 40 windows until four boards have painted it and the voice has begun."""

from __future__ import annotations

import random

from benchmarks.figure import Check, Figure, quantile
from benchmarks.product.boards import WINDOWS, HallPlace, hall_place, press

CALLS = 20
_CHANCE = random.Random(11)


def _ours(place: HallPlace) -> dict[str, list[float]]:
    """One call after another from windows at random: what waits behind a sentence waits by intention."""
    found = [press(place, _CHANCE.randrange(WINDOWS)) for _ in range(CALLS)]
    return {name: [one[name] for one in found] for name in ("paint", "voice", "both")}


FIGURE = Figure(
    "call_to_board",
    "call pressed over HTTP → painted on four boards, and the first PCM block at the sound sink",
    {"paint": "ms", "voice": "ms", "both": "ms"},
    ours=_ours,
    floor=None,
    checks=(
        Check("p99 of the later of both, ms", lambda s: quantile(s["ours.both"], 0.99), 300.0),
        Check("p99 painted on the last board, ms", lambda s: quantile(s["ours.paint"], 0.99), 300.0),
        Check("p99 first PCM block, ms", lambda s: quantile(s["ours.voice"], 0.99), 300.0),
    ),
    prepare=hall_place,
    rounds=10,
)
