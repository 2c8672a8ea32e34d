"""A whole day at one desk, twenty times as fast: one visit after another, and what the desk holds after each.

usage: python -m tests.journeys.long_day [MINUTES [JOURNEY ...]]     a line per visit; 24 are eight hours
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from tests.fakes.x_screen import x_screen
from tests.journeys.crowd import Crowd
from tests.journeys.play import HERE, Desk, Journey, journeys, opened_desk

SPEED = 20
VISIT_S = 6 * 60  # of a clerk's time, each; eighty visits make eight hours
EVERYDAY = ("remote", "change", "maternity", "chronic", "claim", "share", "newborn")
MOST_MEGABYTES = 30.0
MOST_NONE = 50  # references to None that there may be more, or fewer, at the end than after the first round


@dataclass(frozen=True)
class Held:
    """What the desk holds at rest after a visit."""

    visit: int
    name: str
    megabytes: float
    threads: int
    handles: int
    none: int
    objects: int
    widgets: int
    kinds: Mapping[str, int]
    values: Sequence[tuple[str, int]]

    def said(self) -> str:
        """One line for whoever watches."""
        return (
            f"{self.visit:3d} {self.name:10} {self.megabytes:7.1f} MB {self.threads:3d} threads "
            f"{self.handles:4d} files {self.widgets:5d} widgets {self.objects:7d} objects {self.none:7d} none"
        )


def day(
    minutes: float, tell: Callable[[Held], None] = lambda held: None, names: Sequence[str] = EVERYDAY
) -> list[Held]:
    """Play so many minutes of visits on one desk; what it held after each."""
    crowd = Crowd(HERE / "people.toml", names, max(round(minutes * 60 * SPEED / VISIT_S), 2 * len(names)))
    with tempfile.TemporaryDirectory(prefix="ow-day-") as folder, x_screen() as display:
        people = Path(folder) / "people.toml"
        people.write_text(crowd.table(), "utf-8")
        with opened_desk(Path(folder), people, display, _watched) as desk:
            found = []
            try:
                for held in _visits(desk, crowd):
                    tell(held)
                    found.append(held)
            except AssertionError as stuck:
                raise AssertionError(f"{stuck}\n{(Path(folder) / 'said').read_text()[-2000:]}") from stuck
            return found


def _watched(data: Path, people: Path, trace: Path) -> Sequence[str]:
    return ("-m", "tests.journeys.watched_desk", str(data), str(people), str(trace))


def _visits(desk: Desk, crowd: Crowd) -> Iterator[Held]:
    begun, known = time.monotonic(), journeys()
    for visit, name in zip(range(crowd.visits), cycle(crowd.names), strict=False):
        yield _served(desk, crowd, known[name], visit)
        desk.rest(begun + (visit + 1) * VISIT_S / SPEED)


def _served(desk: Desk, crowd: Crowd, journey: Journey, visit: int) -> Held:
    """One visit from the number to the paper and the empty desk; what is held then."""
    desk.order("ticket")
    try:
        for step in crowd.steps(journey, visit):
            desk.step(step, crowd.values(visit))
        desk.until_printed()
    except AssertionError:
        desk.order("picture long-day-stuck.png")
        desk.answer()
        raise
    desk.emptied()
    desk.step("press Ctrl+Shift+H", {})
    desk.until(page="idle", number="")
    desk.order("hold")
    return Held(visit, journey.name, **desk.answer())


def wrong(found: Sequence[Held], warm: int = len(EVERYDAY)) -> list[str]:
    """What a desk that is to stand for months may not do, said in words; [] when it did not.

    Memory and references are compared with what was held after the `warm`th visit, when every page of
    these journeys is built. Some things are made once and late (a second connection, a line that is seldom
    said): of widgets, threads and files there may be no more from the middle of the day on.
    """
    base, last = found[warm - 1], found[-1]
    middle = max(warm, len(found) // 2)
    said = []
    if last.megabytes - base.megabytes >= MOST_MEGABYTES:
        said.append(f"memory grew by {last.megabytes - base.megabytes:.1f} MB")
    if abs(last.none - base.none) > MOST_NONE:
        said.append(f"references to None: {base.none} became {last.none}")
    most = Counter[str]()
    for held in found[:middle]:
        most |= Counter(held.kinds)
    for held in found[middle:]:
        more = dict(Counter(held.kinds) - most)
        if more:
            said.append(f"after visit {held.visit} ({held.name}) there are more widgets: {more}")
    for what in ("threads", "handles"):
        before = max(getattr(held, what) for held in found[:middle])
        if getattr(last, what) > before:
            said.append(f"{what}: {before} became {getattr(last, what)}")
    return said


def main(minutes: float = 24.0, names: Sequence[str] = EVERYDAY) -> int:
    """Play and say; 1 when something is wrong."""
    found = day(minutes, lambda held: print(held.said(), flush=True), names)
    for line in wrong(found, len(names)):
        print(line)
    grown = {k: n - dict(found[len(names) - 1].values).get(k, 0) for k, n in found[-1].values}
    print(json.dumps({k: n for k, n in grown.items() if n > 20}, ensure_ascii=False))
    return 1 if wrong(found, len(names)) else 0


if __name__ == "__main__":
    raise SystemExit(main(*map(float, sys.argv[1:2]), *([sys.argv[2:]] if sys.argv[2:] else [])))
