"""From the card's connect to vpcd until the desk has painted its person, against the bare reads."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.desks import Place, desk_place
from benchmarks.figure import Check, Figure, quantile, ratio
from benchmarks.runner import HERE, child_environment
from drivers.cards.social_security import AID, RECORDS
from drivers.host.pcscd import PrivatePcscd
from drivers.simulate import Remote

CARDS = 8
WHO = "li_guifang"


@dataclass(frozen=True)
class Reader:
    """A running card simulator and the reader it puts cards into."""

    place: Place
    name: str
    card: Remote
    apdus: Path
    chance: random.Random = field(default_factory=lambda: random.Random(7))


@contextmanager
def _prepare(folder: Path) -> Iterator[Reader]:
    from counter_app.demo.hall import _deck, demo_tables

    deck, apdus = folder / "deck.json", folder / "apdus.json"
    deck.write_text(_deck(demo_tables()), "utf-8")
    apdus.write_text(json.dumps(_apdus()), "ascii")
    with desk_place(folder) as place:
        service: PrivatePcscd = place.service
        slot = service.slots[0]
        own = [
            sys.executable,
            "-m",
            "drivers.cards.simulator",
            "--deck",
            str(deck),
            "--data",
            str(folder / "sim"),
        ]
        command = service.inside([*own, f"--slot={slot.reader}={slot.port}"])
        pipe = subprocess.PIPE
        environment = child_environment(place.environment)
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as simulator:
            assert simulator.stdin is not None
            assert simulator.stdout is not None
            simulator.stdout.readline()
            yield Reader(place, slot.reader, Remote(folder / "sim" / "simulators" / "card.sock"), apdus)
            simulator.stdin.close()


def _apdus() -> list[str]:
    """The commands of one read: application, both files, every record."""
    commands = ["00A404000F" + AID.hex()]
    for file in ("EF05", "EF06"):
        commands.append("00A4020002" + file)
        commands += [f"00B2{r.tag:02X}00{r.length + 2:02X}" for r in RECORDS if r.file == file]
    return commands


def _insert(reader: Reader, script: str, *arguments: str) -> dict[str, list[float]]:
    """Start an observer, insert the card again and again, take the time until it has what the card told."""
    command = [sys.executable, str(HERE / script), *arguments]
    environment = child_environment(reader.place.environment)
    took = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as observer:
        assert observer.stdout is not None
        _line(observer, "ready")
        # pcscd looks every 0.4 s and has just looked: come at every part of that time equally often, and
        # anywhere within a part, else how long an observer takes over a removal moves all of its times.
        for nth in reader.chance.sample(range(CARDS), CARDS):
            time.sleep((nth + reader.chance.random()) / CARDS * 0.4)
            start = time.monotonic_ns()
            reader.card.do("insert", {"card": WHO})
            took.append((int(_line(observer)) - start) / 1e6)
            reader.card.do("remove", {})
            _line(observer, "removed")
        observer.kill()
    return {"ms": took}


def _line(observer: subprocess.Popen[str], wanted: str = "") -> str:
    assert observer.stdout is not None
    for line in observer.stdout:
        if line.strip() == wanted or (not wanted and line.strip().isdigit()):
            return line.strip()
    raise RuntimeError("the observer has ended")


def _ours(reader: Reader) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory(dir=reader.place.folder) as folder:
        return _insert(reader, "product/card_desk.py", folder, reader.name)


def _floor(reader: Reader) -> dict[str, list[float]]:
    return _insert(reader, "floors/bare_card_observer.py", reader.name, str(reader.apdus))


FIGURE = Figure(
    "card",
    "card in → its person painted on the desk ÷ card in → a bare pyscard program has done the same reads",
    {"ms": "ms"},
    ours=_ours,
    floor=_floor,
    checks=(
        Check("medians, ours ÷ floor", ratio("ms"), 1.5),
        Check("p95 of ours, ms", lambda s: quantile(s["ours.ms"], 0.95), 500.0),
    ),
    prepare=_prepare,
    rounds=6,
)
