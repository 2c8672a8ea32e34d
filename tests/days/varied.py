"""Days of every kind, made from a number: what the estimate has to hold on besides the reference day.

python -m tests.days.varied DIR --count 24     writes the tables, and for each the command that plays it
"""

from __future__ import annotations

import argparse
import csv
import math
import random
from dataclasses import dataclass
from pathlib import Path

from counter_app.queueing.bound import Arrival
from counter_app.queueing.choose import Window
from counter_app.queueing.days import PlayDay
from counter_app.queueing.rules import HOUR, MINUTE, Rules

KINDS = ("even", "peak", "waves", "elderly", "leaving")
_CLASSES = {
    "ordinary": 74,
    "elderly": 15,
    "disabled": 2,
    "maternity": 2,
    "military": 1,
    "booked": 5,
    "green": 1,
}
_OPENS = 8 * HOUR


@dataclass(frozen=True, slots=True)
class Varied:
    """One day and how it was made. `load` is the work that comes ÷ what the windows can do."""

    seed: int
    kind: str
    windows: int
    load: float
    minutes: float
    spread: float
    gap_s: int
    arrivals: tuple[Arrival, ...]

    @property
    def day(self) -> PlayDay:
        """The day as it is played: every window serves everybody."""
        windows = tuple(Window(str(nth)) for nth in range(1, self.windows + 1))
        return PlayDay(self.arrivals, windows, Rules(), self.gap_s * 1000)


def varied(seed: int) -> Varied:
    """3 to 40 windows, 200 to 2,500 visitors, visits of 2 to 14 minutes, even to very uneven.

    An `elderly` day has one elderly arrival every two minutes; on a `leaving` day a window stops at noon
    without a word: it is held by one visit until the evening.
    """
    chance = random.Random(seed)
    kind = KINDS[seed % len(KINDS)]
    windows = chance.choice((3, 4, 6, 10, 10, 16, 25, 40))
    load = chance.choice((0.5, 0.7, 0.8, 0.9, 0.95, 1.0, 1.1))
    minutes = chance.choice((2, 4, 6, 8, 14))
    spread, gap_s = chance.choice((0, 0.2, 0.5, 0.6, 0.9)), chance.choice((0, 15, 30))
    each = minutes + gap_s / 60
    count = max(200, min(2500, round(load * windows * chance.choice((6, 8, 10, 12)) * 60 / each)))
    span = round(min(14.0, count * each / (load * windows * 60)) * HOUR)
    stream = range(_OPENS, _OPENS + span, 2 * MINUTE) if kind == "elderly" else range(0)
    came = [(at, "elderly") for at in stream]
    for _ in range(max(50, count - len(came))):
        klass = chance.choices(list(_CLASSES), list(_CLASSES.values()))[0]
        came.append((_OPENS + round(_moment(chance, kind) * span), klass))
    arrivals = [Arrival(at, "general", klass, _visit(chance, minutes, spread)) for at, klass in came]
    if kind == "leaving":
        arrivals.append(Arrival(_OPENS + span // 2, "general", "green", span // 2))
    arrivals.sort(key=lambda one: one.at_ms)
    return Varied(seed, kind, windows, load, minutes, spread, gap_s, tuple(arrivals))


def _moment(chance: random.Random, kind: str) -> float:
    """When somebody comes, 0 at the opening and 1 at the end."""
    at = chance.random()
    if kind == "peak":
        return 0.1 + 0.2 * at if chance.random() < 0.5 else at
    while kind == "waves" and chance.random() > 0.5 + 0.5 * math.sin(at * 4 * math.pi):
        at = chance.random()
    return at


def _visit(chance: random.Random, minutes: float, spread: float) -> int:
    sigma = math.sqrt(math.log(1 + spread**2))
    return max(1000, round(chance.lognormvariate(math.log(minutes) - sigma**2 / 2, sigma) * MINUTE))


def write(made: Varied, folder: Path) -> Path:
    """The day as a table any program can read."""
    file = folder / f"day{made.seed:03d}_{made.kind}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("arrival", "class", "group", "service_minutes"))
        for one in made.arrivals:
            rows.writerow(
                (f"{one.at_ms / MINUTE:.4f}", one.klass, one.group, f"{one.service_ms / MINUTE:.4f}")
            )
    return file


def main() -> None:
    """Write the tables; say how each is played."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=24)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for seed in range(given.count):
        made = varied(seed)
        file = write(made, given.folder)
        print(f"counter-app hub simulate {file} --windows {made.windows} --gap-seconds {made.gap_s} --json")


if __name__ == "__main__":
    main()
