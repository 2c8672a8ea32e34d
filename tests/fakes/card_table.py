"""Puts described cards into virtual readers through the shipped simulator process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drivers.host.pcscd import PrivatePcscd
from drivers.simulate import Remote


class Hand:
    """Inserts and pulls cards."""

    def __init__(self, remote: Remote, readers: tuple[str, ...]) -> None:
        self._remote = remote
        self.readers = readers

    def insert(self, reader: str = "", **spec: object) -> str:
        """Insert a described card; returns the reader."""
        reader = reader or self.readers[0]
        self._remote.do("insert_described", {"text": json.dumps(spec), "reader": reader})
        return reader

    def pull(self, reader: str = "") -> None:
        self._remote.do("remove", {"reader": reader or self.readers[0]})


@contextmanager
def hand(service: PrivatePcscd, data: Path) -> Iterator[Hand]:
    """A running simulator process for every reader of the service."""
    deck = data / "nobody.toml"
    deck.write_text("", "utf-8")
    slots = [word for s in service.slots for word in ("--slot", f"{s.reader}={s.port}")]
    module = ["-m", "drivers.cards.simulator", "--deck", str(deck), "--data", str(data)]
    pipe = subprocess.PIPE
    argv = service.inside([sys.executable, *module, *slots])
    process = subprocess.Popen(argv, stdin=pipe, stdout=pipe, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline()
        yield Hand(Remote(data / "simulators" / "card.sock"), tuple(s.reader for s in service.slots))
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()
