"""Ours: whole acceptances with and without what chain, signature and field sealing cost, one after the other.

usage: unsealed.py FOLDER COUNT

Two offices in one process take turns. The second one's keys are behind a provider that signs and seals
nothing. The chain cannot be left out of a store, so its hashes are timed apart: the same facts and audit rows
hashed once more. Prints the milliseconds of each acceptance with, without, and of its hashes alone.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.product.office import again, open_office, ready_case
from counter_app.bootstrap import Parts
from counter_app.seals import chain
from counter_app.seals.canonical import canonical
from counter_app.seals.provider import SHA256, STANDARD, StandardProvider
from counter_app.services.accept import accept

_NOTHING = bytes(12)


class Bare(StandardProvider, frozen=True):
    """Signs and seals nothing; what the real provider sealed before is opened all the same."""

    def sign(self, alg: str, private_key: bytes, message: bytes) -> bytes:
        """No signature."""
        return bytes(64)

    def seal(self, alg: str, key: bytes, plain: bytes, bound_to: bytes) -> bytes:
        """The value itself, as long as a sealed one."""
        return _NOTHING + plain + bytes(16)

    def open(self, alg: str, key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
        """What either sealed."""
        if sealed.startswith(_NOTHING):
            return sealed[12:-16]
        return super().open(alg, key, sealed, bound_to)


def main(folder: Path, count: int) -> dict[str, list[float]]:
    """Accept the same kind of case `count` times at each of the two."""
    whole, bare = (_opened(folder / name) for name in ("whole", "bare"))
    bare = _without(bare)
    turns = {"with_ms": _again(whole), "without_ms": _again(bare)}
    took: dict[str, list[float]] = {name: [] for name in (*turns, "hashes_ms")}
    for nth in range(count):
        for name in sorted(turns, reverse=bool(nth % 2)):
            took[name].append(turns[name]())
        took["hashes_ms"].append(_hashes(whole))
    whole.close()
    bare.close()
    return took


def _opened(folder: Path) -> Parts:
    folder.mkdir()
    return open_office(folder)


def _without(parts: Parts) -> Parts:
    storage: Any = parts.office.ports.storage
    storage.secrets = replace(storage.secrets, provider=Bare())
    ports = replace(parts.office.ports, secrets=storage.secrets)
    return replace(parts, office=replace(parts.office, ports=ports))


def _again(parts: Parts) -> Callable[[], float]:
    first = ready_case(parts).state
    accept(parts.office, first, first.cases[0])  # imports and statements of the first one

    def once() -> float:
        state = again(parts, first)
        start = time.perf_counter_ns()
        accept(parts.office, state, state.cases[0])
        return (time.perf_counter_ns() - start) / 1e6

    return once


def _hashes(parts: Parts) -> float:
    """The digests of the last acceptance: each fact's, and one as long for its audit row."""
    storage: Any = parts.office.ports.storage
    entry, _ = storage.chain_head()
    texts = [canonical({**fact, "hash": ""}) for fact in storage.facts(after=entry - 4)]
    start = time.perf_counter_ns()
    for text in texts:
        STANDARD.digest(SHA256, b"%b%b" % (chain.FACT_PREFIX, text))
        STANDARD.digest(SHA256, b"%b%b" % (chain.AUDIT_PREFIX, text))
    return (time.perf_counter_ns() - start) / 1e6


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
