"""An open serial line or TCP connection to a small device: bytes out, bytes in, each with a limit."""

from __future__ import annotations

import re
from typing import Any

from drivers.protocols import Fault

_TCP = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+):(\d{1,5})")


class LineLink:
    """Made at the first use and again after a loss; `away` is the Fault's code when it is not there."""

    def __init__(self, where: str, baud: int, away: str, limit_s: float = 2.0) -> None:
        self._where, self._baud, self._away, self._limit_s = where, baud, away, limit_s
        self._line: Any = None

    def send(self, data: bytes) -> None:
        """Hand all of it over. Raises Fault."""
        try:
            line = self._opened()
            line.write(data)
            line.flush()
        except Exception:  # pyserial raises its own beside OSError and termios.error
            self.close()
            raise Fault(self._away, self._where) from None

    def read(self, limit_s: float) -> bytes:
        """What has come, at least one byte, or b"" when nothing comes in time. Raises Fault."""
        try:
            line = self._opened()
            line.timeout = limit_s
            data: bytes = line.read(1)
            return data + (line.read(line.in_waiting) if data else b"")
        except Exception:
            self.close()
            raise Fault(self._away, self._where) from None

    def forget(self) -> None:
        """Throw away what came unasked. Raises Fault."""
        try:
            self._opened().reset_input_buffer()
        except Exception:
            self.close()
            raise Fault(self._away, self._where) from None

    def close(self) -> None:
        """Let go of it."""
        line, self._line = self._line, None
        if line is not None:
            try:
                line.close()
            except Exception:
                return  # it went away under it

    def _opened(self) -> Any:
        if self._line is None:
            import serial

            tcp = _TCP.fullmatch(self._where)
            if tcp:
                self._line = serial.serial_for_url("socket://" + self._where, timeout=self._limit_s)
            else:
                self._line = serial.Serial(
                    self._where, self._baud, timeout=0, write_timeout=self._limit_s, exclusive=True
                )
        return self._line
