"""What stands before the citizen of a fake counter: what it is able to, and what the next person answers."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TypeVar

from drivers.protocols import Fault, Fingerprint, Rating, Signature

T = TypeVar("T")


class BesideDesk:
    """Part of `FakeCounter`. `reads` holds a citizen's reading back until it is set."""

    def __init__(self) -> None:
        self.able: set[str] = set()
        self.fault: Fault | None = None
        self.agrees = True
        self.confirmed: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        self.reads = threading.Event()
        self.reads.set()
        self.called_off: list[str] = []
        self.heard: list[str] = []

    def can(self, what: str) -> bool:
        return what in self.able

    def sign_on_pad(self, words: str, limit_ms: int) -> Signature:
        return self._device(Signature(b"\x89PNG\r\n\x1a\n", (), "pad"))

    def press_finger(self, words: str, limit_ms: int) -> Fingerprint:
        return self._device(Fingerprint(b"\x89PNG\r\n\x1a\n", b"", 80, "finger"))

    def read_aloud(self, words: str, tongue: str = "") -> None:
        self.heard.append(self._device(words))

    def rate_on_device(self, title: str, limit_ms: int) -> Rating:
        return self._device(Rating("rated", 2, "rater"))

    def confirm_on_device(self, title: str, lines: Sequence[tuple[str, str]], limit_ms: int) -> bool:
        self.confirmed.append((title, tuple(lines)))
        off = len(self.called_off)
        assert self.reads.wait(60)
        if len(self.called_off) > off:
            raise Fault("citizen-cancelled")
        return self._device(self.agrees)

    def call_off(self, what: str) -> None:
        self.called_off.append(what)
        self.reads.set()

    def _device(self, told: T) -> T:
        """What a device tells, or its fault."""
        assert threading.get_ident() != threading.main_thread().ident
        if self.fault is not None:
            raise self.fault
        return told
