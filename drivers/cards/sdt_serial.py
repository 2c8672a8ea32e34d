"""Resident-ID readers that speak SDT frames on a serial line, a USB serial port or TCP."""

from __future__ import annotations

import threading
from typing import Any, Callable, Mapping, Optional, Tuple

from drivers.cards import sdt
from drivers.cards.presence import Presence
from drivers.cards.sdt_link import Link
from drivers.plugs import serial_ports
from drivers.protocols import CardEvent, Driver, Fault, IdCardRead, Option

_LIMIT_MS = 3000
_POLL_MS = 300  # how often the module wants to be asked
_POLL_LIMIT_MS = 1000
_LONGEST_PAUSE_S = 2.0


class SdtReader:
    """One reader at `port` (`host:port` or the path of a serial port); a lost one is tried again.

    `limit_ms` bounds each single answer. A card that was read is seen again only after it was lifted: the
    module itself says "no card" until then.
    """

    def __init__(
        self, port: str, baud: int = 115200, limit_ms: int = _LIMIT_MS, poll_ms: int = _POLL_MS
    ) -> None:
        self._port = port
        self._baud = baud
        self._limit_ms = limit_ms
        self._poll_s = poll_ms / 1000
        self._lock = threading.Lock()  # a reading takes several commands; nothing may come between
        self._link: Optional[Link] = None
        self._held = False
        self._ended = threading.Event()
        self._thread: Optional[threading.Thread] = None

    def readers(self) -> Tuple[str, ...]:
        """The port, when a reader answers there. Raises Fault."""
        with self._lock:
            self._ask(sdt.STATUS, self._limit_ms)
        return (self._port,)

    def watch(self, tell: Callable[[CardEvent], None]) -> None:
        """Tell each card laid on and lifted, and the loss and return of the reader, until `close`."""
        self._stop()
        self._ended.clear()
        self._thread = threading.Thread(target=self._run, args=(tell,), name="sdt-watch", daemon=True)
        self._thread.start()

    def read(self, reader: str = "") -> IdCardRead:
        """Read the card that was laid on.

        Raises Fault: `card-none`, `idcard-again` (moved too soon: lift it and lay it again), `idcard-wrong`,
        `card-data`, `reader-refused`, `reader-none` or those of the line.
        """
        if reader not in ("", self._port):
            raise Fault("reader-none", reader)
        with self._lock:
            try:
                self._wanted(sdt.FIND, sdt.FOUND)
                self._wanted(sdt.SELECT, sdt.OK)
                text, photo = sdt.base_of(self._wanted(sdt.READ_BASE, sdt.OK))
                return sdt.card_of(text, photo, self._address(), self._port)
            finally:
                self._held = self._is_held()

    def close(self) -> None:
        """Stop watching and let go of the line."""
        self._stop()
        with self._lock:
            self._drop()

    def _is_held(self) -> bool:
        """Whether the module keeps the card from being found again: what it finds next was laid anew."""
        try:
            return self._link is not None and self._ask(sdt.FIND, self._limit_ms).code == sdt.NONE
        except Fault:
            return False  # whoever asks next is told

    def _address(self) -> bytes:
        """The newer address, empty where the card has none or the reader does not know the command."""
        answer = self._ask(sdt.READ_ADDRESS, self._limit_ms)
        if answer.code in (sdt.ABSENT, 0x21):
            return b""
        if answer.code != sdt.OK:
            raise sdt.refusal(answer)
        return answer.data[: sdt.ADDRESS]

    def _wanted(self, command: bytes, code: int) -> bytes:
        answer = self._ask(command, self._limit_ms)
        if answer.code != code:
            raise sdt.refusal(answer)
        return answer.data

    def _ask(self, command: bytes, limit_ms: int) -> sdt.Answer:
        """One command on the line, opened when it is not. Only under the lock."""
        if self._link is None:
            self._link = Link(self._port, self._baud)
        try:
            return self._link.ask(command, limit_ms)
        except Fault:
            self._drop()
            raise

    def _drop(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.close()

    def _stop(self) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join(2)
            self._thread = None

    def _run(self, tell: Callable[[CardEvent], None]) -> None:
        watched = Presence(tell, self._port)
        pause = self._poll_s
        while not self._ended.is_set():
            try:
                with self._lock:
                    answer = self._ask(sdt.FIND, min(_POLL_LIMIT_MS, self._limit_ms))
                    held, self._held = self._held, False
                if answer.code not in (sdt.FOUND, sdt.NONE):
                    raise sdt.refusal(answer)
                watched.saw(answer.code == sdt.FOUND, held and answer.code == sdt.FOUND)
                pause = self._poll_s
            except Fault as fault:
                watched.lost(fault)
                pause = min(pause * 2, _LONGEST_PAUSE_S)
            self._ended.wait(pause)


def _open(config: Mapping[str, Any]) -> SdtReader:
    port = str(config["port"])
    if not port:
        raise ValueError("port")
    limit_ms, poll_ms = int(config.get("limit_ms", _LIMIT_MS)), int(config.get("poll_ms", _POLL_MS))
    return SdtReader(port, int(config.get("baud", 115200)), limit_ms, poll_ms)


DRIVER = Driver(
    id="sdt_serial",
    family="cards",
    title="身份证阅读器（串口、网口）",
    open=_open,
    requires=("serial",),
    reads=("idcard",),
    options=(
        Option("port", "端口", "串口路径，或 主机:端口"),
        Option("baud", "速率", "115200", number=True),
    ),
    finds=serial_ports,
)
