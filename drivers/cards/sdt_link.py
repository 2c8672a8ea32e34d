"""The wire to a resident-ID reader: a serial port, a pseudo terminal or TCP; one frame each way."""

from __future__ import annotations

import re
import socket
import time
from typing import Any, List, Optional

from drivers.cards.sdt import Answer, Splitter, answer_of, frame
from drivers.protocols import Fault

_CONNECT_S = 2.0
_TCP = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+):(\d{1,5})")


class Link:
    """An open line to `port` (`host:port` or a path). Raises Fault `device-gone` when it cannot be had."""

    def __init__(self, port: str, baud: int) -> None:
        self._port = port
        found = _TCP.fullmatch(port)
        try:
            if found:
                host = found[1].strip("[]")
                self._line: Any = _Tcp(host, int(found[2]))
            else:
                self._line = _Serial(port, baud)
        except ImportError:
            raise Fault("device-unavailable", "缺少组件 serial") from None
        except Exception:  # pyserial raises its own, OSError, termios.error or ValueError
            raise Fault("device-gone", port) from None

    def ask(self, command: bytes, limit_ms: int) -> Answer:
        """Send one command and wait for its answer.

        Raises Fault `device-timeout`, `device-broken` or `device-gone`; after any of them the line is to be
        closed, for a late answer would be taken for that of the next command.
        """
        try:
            self._line.drain()
            self._line.write(frame(command))
            return self._answer(time.monotonic() + limit_ms / 1000, limit_ms)
        except Fault:
            raise
        except Exception:
            raise Fault("device-gone", self._port) from None

    def close(self) -> None:
        """Let go of the line."""
        try:
            self._line.close()
        except Exception:  # it may have vanished under us
            return

    def _answer(self, until: float, limit_ms: int) -> Answer:
        splitter = Splitter()
        while True:
            left = until - time.monotonic()
            if left <= 0:
                raise Fault("device-timeout", str(limit_ms))
            bodies: List[bytes] = splitter.feed(self._line.read(left))
            if bodies:
                return answer_of(bodies[0])


class _Serial:
    """A serial port or pseudo terminal through pyserial."""

    def __init__(self, port: str, baud: int) -> None:
        import serial

        self._serial = serial.Serial(port, baud, timeout=0.1, write_timeout=2, exclusive=True)

    def drain(self) -> None:
        self._serial.reset_input_buffer()

    def write(self, data: bytes) -> None:
        self._serial.write(data)

    def read(self, limit_s: float) -> bytes:
        self._serial.timeout = limit_s
        data: bytes = self._serial.read(1)
        return data + (self._serial.read(self._serial.in_waiting) if data else b"")

    def close(self) -> None:
        self._serial.close()


class _Tcp:
    """A reader behind a serial server: the same frames over TCP."""

    def __init__(self, host: str, port: int) -> None:
        self._socket: Optional[socket.socket] = socket.create_connection((host, port), timeout=_CONNECT_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def drain(self) -> None:
        link = self._open()
        link.setblocking(False)
        try:
            while link.recv(65536):
                continue
            raise OSError("closed")
        except BlockingIOError:
            return

    def write(self, data: bytes) -> None:
        link = self._open()
        link.settimeout(_CONNECT_S)
        link.sendall(data)

    def read(self, limit_s: float) -> bytes:
        link = self._open()
        link.settimeout(limit_s)
        try:
            data = link.recv(65536)
        except TimeoutError:
            return b""
        if not data:
            raise OSError("closed")
        return data

    def close(self) -> None:
        link, self._socket = self._socket, None
        if link is not None:
            link.close()

    def _open(self) -> socket.socket:
        if self._socket is None:
            raise OSError("closed")
        return self._socket
