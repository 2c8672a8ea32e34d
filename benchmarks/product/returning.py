"""Ours, simulated: every counter of a city comes back at one moment, each with a thousand facts.

usage: returning.py COUNTERS RECORDS SEED

The patience of the counters (`sync.backoff`) and the door of the hub (`hub.crowd`) are the product's own;
the network takes 20 ms and a batch of a hundred is served at the given rate. Prints what a hub would see:
the time to drain over the time the serving alone takes, questions turned away for each one served, the
busiest second but the first two over what can be served in one, and facts not delivered exactly once.
"""

from __future__ import annotations

import heapq
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass
from typing import Any

from counter_app.hub.crowd import PLACES, Crowd
from counter_app.sync.backoff import Backoff

BATCH, RATE, WAY_S = 100, 10_000.0, 0.02  # facts a second the hub can take: less than it was measured to
SERVING_S = PLACES * BATCH / RATE  # of one batch while every place is taken


@dataclass
class City:
    """The counters, the hub's door, and what happened."""

    left: list[int]
    pace: list[Backoff]
    crowd: Crowd
    seconds: Counter[int]
    served: int = 0
    away: int = 0


def play(counters: int, records: int, seed: int) -> dict[str, list[float]]:
    """One evening."""
    chance = random.Random(seed)
    pace = [Backoff(chance.random) for _ in range(counters)]
    city = City([records] * counters, pace, Crowd(), Counter())
    due: list[tuple[float, int, str, int]] = []
    for nth in range(counters):  # the line is back for all within a second
        heapq.heappush(due, (chance.random(), nth, "ask", nth))
    serial, now = counters, 0.0
    while due:
        now, _, what, nth = heapq.heappop(due)
        then, next_ = _ask(city, nth, now) if what == "ask" else _end(city, nth, now)
        if next_:
            serial += 1
            heapq.heappush(due, (then, serial, next_, nth))
    ideal = counters * records / RATE
    missing = counters * records - city.served * BATCH + sum(city.left)
    return {
        "over_ideal": [now / ideal],
        "away_per_served": [city.away / city.served],
        "busiest": [max(n for second, n in city.seconds.items() if second >= 2) / (RATE / BATCH)],
        "astray": [float(missing)],
    }


def _ask(city: City, nth: int, now: float) -> tuple[float, Any]:
    city.seconds[int(now)] += 1
    wait = city.crowd.enter(now)
    if wait:
        city.away += 1
        return now + WAY_S + city.pace[nth].failed(now, float(wait)), "ask"
    return now + SERVING_S, "end"


def _end(city: City, nth: int, now: float) -> tuple[float, Any]:
    city.crowd.leave(now)
    city.pace[nth].worked()
    city.left[nth] -= BATCH
    city.served += 1
    return now + WAY_S, "ask" if city.left[nth] > 0 else ""


if __name__ == "__main__":
    print(json.dumps(play(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
