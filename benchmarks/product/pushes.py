"""A hub and the bare table beside it, for the figures `push_file` and `push_postgres`."""

from __future__ import annotations

import contextlib
import json
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figure import Check, Figure, Samples
from benchmarks.product.halls import Store, process
from benchmarks.runner import run_script

COUNT = 7_000


@dataclass(frozen=True)
class Place:
    """Where the hub answers, what it was last sent, and the database of the floor."""

    address: str
    tokens: str
    records: str
    bare: str


@contextlib.contextmanager
def place(folder: Path, store: Store) -> Iterator[Place]:
    """A hub on one database, the floor on another of the same kind."""
    with contextlib.ExitStack() as stack:
        database, key = stack.enter_context(store(folder, "ours"))
        bare, _ = stack.enter_context(store(folder, "bare"))
        told = stack.enter_context(process("product/push_hub.py", database, key))
        tokens = folder / "push-tokens.json"
        tokens.write_text(json.dumps(told["tokens"]))
        yield Place(f"127.0.0.1:{told['port']}", str(tokens), str(folder / "records"), bare)


def ours(at: Place) -> dict[str, list[float]]:
    """Real facts through HTTP, judged, stored, projected, fed."""
    return run_script("product/push_client.py", at.address, str(COUNT), at.tokens, at.records)


def floor(at: Place) -> dict[str, list[float]]:
    """The records ours sent last, straight into a table that is empty of them."""
    return run_script("floors/bare_insert.py", at.bare, at.records)


def share(samples: Samples) -> float:
    """Median rate of ours over that of the floor."""
    return statistics.median(samples["ours.per_s"]) / statistics.median(samples["floor.per_s"])


def figure(name: str, title: str, store: Store) -> Figure:
    """The figure of one kind of database."""
    return Figure(
        name,
        title,
        {"per_s": "1/s"},
        ours=ours,
        floor=floor,
        checks=(Check("ours / floor", share, 0.5, False),),
        prepare=lambda folder: place(folder, store),
        rounds=5,
    )
