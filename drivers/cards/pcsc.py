"""Social-security cards in any PC/SC reader, through the system's smart-card service and pyscard."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Any, Callable, Dict, Mapping, Optional, Tuple

from drivers.cards import social_security
from drivers.claims import Route
from drivers.protocols import CardEvent, CardRead, Driver, Fault

if TYPE_CHECKING:
    from drivers.cards.pcsc_watch import Watcher

_LIMIT_MS = 3000
_TOTAL = 3  # a whole read may take this many times the limit for one answer


class PcscReader:
    """Every PC/SC reader of this machine, or the one named `reader`; chosen by name, never by index.

    `limit_ms` is the longest a card may be silent; a whole read may last three times as long.
    """

    def __init__(self, reader: str = "", limit_ms: int = _LIMIT_MS) -> None:
        self._only = reader
        self._limit_ms = limit_ms
        self._watcher: Optional[Watcher] = None
        self._hanging: Dict[str, _Attempt] = {}
        self._route = Route(reader, os.environ.get("PCSCLITE_CSOCK_NAME", ""))

    def readers(self) -> Tuple[str, ...]:
        """Names of connected readers. Raises Fault `reader-service`."""
        from drivers.cards.pcsc_calls import Context

        context = Context()
        try:
            return context.readers()
        finally:
            context.release()

    def watch(self, tell: Callable[[CardEvent], None]) -> None:
        """Tell insertions, removals, reader lists and service faults from a thread until `close`."""
        from drivers.cards.pcsc_watch import Watcher

        if self._watcher is not None:
            self._watcher.close()
        self._watcher = Watcher(tell, self._route)

    def read(self, reader: str = "") -> CardRead:
        """Read the card in `reader`, or in the one that holds a card. Raises Fault.

        Runs in a thread of its own because the service waits for a silent card without any limit.
        """
        name = self._pick(reader or self._only)
        if not self._route.is_ours(name):
            raise Fault("reader-taken", name)
        self._wait_for_hanging(name)
        attempt = _Attempt(name)
        try:
            return attempt.result(self._limit_ms)
        finally:
            if attempt.is_alive():
                self._hanging[name] = attempt

    def close(self) -> None:
        """Stop watching; a read that hangs ends when its card is pulled."""
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None
        self._route.release()

    def _wait_for_hanging(self, name: str) -> None:
        """A reader still waiting for a silent card cannot be asked again; nor may threads pile up."""
        hanging = self._hanging.pop(name, None)
        if hanging is None:
            return
        hanging.join(self._limit_ms / 1000)
        if hanging.is_alive():
            self._hanging[name] = hanging
            raise Fault("card-mute", name)

    def _pick(self, wanted: str) -> str:
        from drivers.cards.pcsc_calls import Context

        context = Context()
        try:
            names = context.readers()
            if not names or (wanted and wanted not in names):
                raise Fault("reader-none", wanted)
            if wanted:
                return wanted
            holding = [s.reader for s in context.changes(dict.fromkeys(names, 0), 0) if s.present]
        finally:
            context.release()
        holding = [name for name in holding if self._route.is_ours(name)]
        if not holding:
            raise Fault("card-none", "")
        newest = self._watcher.newest if self._watcher is not None else ""
        return newest if newest in holding else holding[0]


class _Attempt(threading.Thread):
    """One read in its own thread, with the time of the card's last sign of life."""

    def __init__(self, reader: str) -> None:
        super().__init__(name="pcsc-read", daemon=True)
        self._reader = reader
        self._over = threading.Event()
        self._answer: Optional[CardRead] = None
        self._error: Optional[Exception] = None
        self._waiting_for = "reader-busy"
        self._begun = self._alive_at = time.monotonic()
        self.start()

    def run(self) -> None:
        """Connect, read, let go; the outcome waits for whoever still wants it."""
        try:
            self._answer = self._read()
        except Exception as error:  # raised again in the caller's thread
            self._error = error
        self._over.set()

    def result(self, limit_ms: int) -> CardRead:
        """What was read. Raises its Fault, `card-mute` after `limit_ms` of silence, or `device-timeout`."""
        while not self._over.wait(self._left(limit_ms)):
            now = time.monotonic()
            if now - self._alive_at >= limit_ms / 1000:
                raise Fault(self._waiting_for, self._reader)
            if now - self._begun >= limit_ms * _TOTAL / 1000:
                raise Fault("device-timeout", str(limit_ms * _TOTAL))
        if self._error is not None:
            raise self._error
        assert self._answer is not None
        return self._answer

    def _left(self, limit_ms: int) -> float:
        now = time.monotonic()
        silent = self._alive_at + limit_ms / 1000 - now
        return max(0.001, min(silent, self._begun + limit_ms * _TOTAL / 1000 - now))

    def _step(self) -> None:
        self._alive_at = time.monotonic()

    def _read(self) -> CardRead:
        from drivers.cards.pcsc_calls import Connection, Context

        context = Context()
        try:
            self._waiting_for = "card-mute"
            connection = Connection(context, self._reader, self._step)
            try:
                self._waiting_for = "reader-busy"
                connection.begin()
                self._waiting_for = "card-mute"
                return social_security.read(connection, self._reader)
            finally:
                connection.close()
        finally:
            context.release()


def _open(config: Mapping[str, Any]) -> PcscReader:
    from smartcard import scard  # noqa: F401  # a missing SDK is told at opening

    return PcscReader(str(config.get("reader", "")), int(config.get("limit_ms", _LIMIT_MS)))


DRIVER = Driver(
    id="pcsc",
    family="cards",
    title="PC/SC 读卡器（社保卡）",
    open=_open,
    requires=("smartcard.scard",),
)
