"""Devices for the room: they do what a test tells them, from threads of their own making."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from drivers.protocols import CardEvent, CardRead, Fault, PrintJob, PrintOutcome, Scan, VoucherPerson


class FakeDevice:
    """Plays any family; `fault` is raised by the next calls, `hold` makes them wait."""

    def __init__(self) -> None:
        self.fault: Exception | None = None
        self.hold: threading.Event | None = None
        self.threads: set[str] = set()
        self.jobs: list[PrintJob] = []
        self.closed = False
        self.tell: Callable[[Any], None] = lambda told: None
        self.trouble: Callable[[Fault | None], None] = lambda fault: None
        self.watched = threading.Event()

    def watch(
        self, tell: Callable[[Any], None], trouble: Callable[[Fault | None], None] | None = None
    ) -> None:
        self._work()
        self.tell = tell
        self.trouble = trouble or self.trouble
        self.watched.set()

    def readers(self) -> tuple[str, ...]:
        self._work()
        return ("one", "two")

    def read(self, reader: str = "") -> CardRead:
        self._work()
        return CardRead(reader=reader or "one", name="王敏", idno="1")

    def resolve(self, code: str, business: str) -> VoucherPerson:
        self._work()
        return VoucherPerson(user_name=business, id_no=code)

    def print(self, job: PrintJob) -> PrintOutcome:
        self._work()
        self.jobs.append(job)
        return PrintOutcome(job.name)

    def close(self) -> None:
        self.closed = True

    def insert(self, reader: str = "one") -> None:
        self.tell(CardEvent("inserted", reader))

    def scan(self, text: str) -> None:
        self.tell(Scan(text, "gun"))

    def _work(self) -> None:
        self.threads.add(threading.current_thread().name)
        if self.hold is not None:
            self.hold.wait(10)
        if self.fault is not None:
            raise self.fault


class FakeOpener:
    """Opens fake devices by full id and counts how often; `faults` says which cannot be had."""

    def __init__(self) -> None:
        self.devices: dict[str, FakeDevice] = {}
        self.faults: dict[str, Exception] = {}
        self.opened: list[tuple[str, Mapping[str, Any]]] = []

    def __call__(self, full_id: str, config: Mapping[str, Any]) -> FakeDevice:
        self.opened.append((full_id, config))
        if full_id in self.faults:
            raise self.faults[full_id]
        return self.devices.setdefault(full_id, FakeDevice())

    def __getitem__(self, full_id: str) -> FakeDevice:
        return self.devices[full_id]
