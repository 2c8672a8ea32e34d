"""Hub processes and the bare route beside them, for the figures of `benchmarks/figures/hub_*.py`."""

from __future__ import annotations

import contextlib
import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.figure import Check, Figure, Samples
from benchmarks.runner import HERE, ROOT, child_environment, run_script

CLIENTS, WAITING, KINDS = (1, 4, 8), (0, 1_000, 200_000), ("issue", "call")
COUNT = 240
Store = Callable[[Path, str], AbstractContextManager[tuple[str, str]]]


@dataclass(frozen=True)
class Halls:
    """Where each hub answers by how many wait in it, and where the bare route answers."""

    hubs: Mapping[int, tuple[str, str]]  # waiting -> address, token file
    floor: tuple[str, str]


@contextlib.contextmanager
def process(script: str, *arguments: str) -> Iterator[dict[str, Any]]:
    """A script that prints one line and serves until the block is left."""
    command = [sys.executable, str(HERE / script), *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, env=child_environment(), stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        try:
            yield json.loads(running.stdout.readline())
        finally:
            running.kill()


@contextlib.contextmanager
def halls(folder: Path, store: Store) -> Iterator[Halls]:
    """A hub for each number of people waiting, and the floor."""
    with contextlib.ExitStack() as stack:
        hubs = {}
        for waiting in WAITING:
            database, key = stack.enter_context(store(folder, str(waiting)))
            told = stack.enter_context(process("product/hub_server.py", database, key, str(waiting)))
            hubs[waiting] = _place(folder, str(waiting), told["port"], told["tokens"])
        bare = stack.enter_context(process("floors/bare_route.py"))
        yield Halls(hubs, _place(folder, "floor", bare["port"], ["bare"] * max(CLIENTS)))


def _place(folder: Path, name: str, port: int, tokens: list[str]) -> tuple[str, str]:
    file = folder / f"tokens-{name}.json"
    file.write_text(json.dumps(tokens))
    return f"127.0.0.1:{port}", str(file)


def _press(place: tuple[str, str], clients: int, kind: str) -> dict[str, list[float]]:
    address, tokens = place
    return run_script("product/hub_client.py", address, str(clients), str(COUNT), kind, tokens)


def _measure(place: tuple[str, str], waiting: int) -> dict[str, list[float]]:
    found = {}
    for clients in CLIENTS:
        for kind in KINDS:  # as many are issued as are called, so the line keeps its length
            for metric, values in _press(place, clients, kind).items():
                found[f"{kind}_{clients}c_{waiting}w_{metric}"] = values
    return found


def ours(place: Halls) -> dict[str, list[float]]:
    """Every hub in turn."""
    found: dict[str, list[float]] = {}
    for waiting, hub in place.hubs.items():
        found |= _measure(hub, waiting)
    return found


def floor(place: Halls) -> dict[str, list[float]]:
    """The same questions to the same route without a database."""
    return _measure(place.floor, 0)


def rate(side: str, kind: str, clients: int, waiting: int) -> Callable[[Samples], float]:
    """Median of a rate per second."""
    return lambda s: statistics.median(s[f"{side}.{kind}_{clients}c_{waiting}w_per_s"])


def share(above: Callable[[Samples], float], below: Callable[[Samples], float]) -> Callable[[Samples], float]:
    """One rate over another of the same run."""
    return lambda s: above(s) / below(s)


def checks() -> tuple[Check, ...]:
    """The limits: what the store costs, what eight bring over one, what a long line costs."""
    made = []
    for kind in KINDS:
        one = rate("ours", kind, 1, 0)
        made += [
            Check(f"{kind}: ours / floor, one client", share(one, rate("floor", kind, 1, 0)), 0.35, False),
            Check(f"{kind}: eight clients / one", share(rate("ours", kind, 8, 0), one), 1.5, False),
            Check(f"{kind}: 200,000 waiting / none", share(rate("ours", kind, 1, 200_000), one), 0.8, False),
        ]
    return tuple(made)


def units() -> dict[str, str]:
    """Metric -> unit."""
    names = [f"{kind}_{clients}c_{waiting}w" for kind in KINDS for clients in CLIENTS for waiting in WAITING]
    return {f"{name}_per_s": "1/s" for name in names} | {f"{name}_ms": "ms" for name in names}


def figure(name: str, title: str, store: Store) -> Figure:
    """The figure of one kind of database."""
    return Figure(
        name,
        title,
        units(),
        ours=ours,
        floor=floor,
        checks=checks(),
        prepare=lambda folder: halls(folder, store),
        rounds=5,
    )


@contextlib.contextmanager
def encrypted_file(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """An encrypted file of its own."""
    place = folder / name
    place.mkdir()
    yield str(place / "hub.db"), str(place / "hub.key")


@contextlib.contextmanager
def postgres(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """A PostgreSQL of its own, durable as it comes out of the box."""
    from tests.servers import postgres as server

    with server.running(durable=True) as running:
        yield running.fresh().replace("postgresql+psycopg://", "postgresql://", 1), ""
