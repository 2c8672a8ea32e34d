"""The way to a receipt printer: TCP, a serial port, a device file such as /dev/usb/lp0, or libusb."""

from __future__ import annotations

import os
import re
import select
import socket
import time
from typing import Any

from drivers.printers.escpos_usb import UsbWay, is_usb
from drivers.protocols import Fault

_TCP = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+):(\d{1,5})")
_SERIAL = re.compile(r"(/dev/(tty|pts/|rfcomm|serial)|COM\d+)")


class Port:
    """An open way to the printer, for `with`. Raises Fault `printer-absent` when it is not there."""

    def __init__(self, where: str, baud: int, limit_ms: int) -> None:
        self._limit_s = limit_ms / 1000
        tcp = _TCP.fullmatch(where)
        try:
            if is_usb(where):
                self._way: Any = UsbWay(where, self._limit_s)
            elif tcp:
                self._way = _Tcp(tcp[1].strip("[]"), int(tcp[2]), self._limit_s)
            elif _SERIAL.match(where) or _is_terminal(where):
                self._way = _Serial(where, baud, self._limit_s)
            else:
                self._way = _File(where)
        except ImportError as error:
            raise Fault("device-unavailable", "缺少组件 " + str(error.name)) from None
        except Exception:  # pyserial and pyusb raise their own beside OSError and ValueError
            raise Fault("printer-absent", where) from None

    def __enter__(self) -> Port:
        return self

    def __exit__(self, *_: object) -> None:
        self._way.close()

    def send(self, data: bytes) -> None:
        """Hand everything over. Raises Fault `printer-jam` when the printer takes no more."""
        until = time.monotonic() + self._limit_s
        view = memoryview(data)
        try:
            while view:
                if time.monotonic() > until:
                    raise Fault("printer-jam", "打印机不再接收数据")
                view = view[self._way.write(view[:4096]) :]
        except Fault:
            raise
        except Exception:
            raise Fault("printer-absent", "连接中断") from None

    def answer(self, limit_s: float) -> int:
        """One byte of status, -1 when none comes in time."""
        try:
            data: bytes = self._way.read(limit_s)
        except Exception:
            return -1
        return data[0] if data else -1


class _Tcp:
    def __init__(self, host: str, port: int, limit_s: float) -> None:
        self._socket = socket.create_connection((host, port), timeout=min(limit_s, 5))

    def write(self, data: memoryview) -> int:
        self._socket.settimeout(0.5)
        try:
            return self._socket.send(data)
        except TimeoutError:
            return 0

    def read(self, limit_s: float) -> bytes:
        self._socket.settimeout(limit_s)
        return self._socket.recv(1)

    def close(self) -> None:
        self._socket.close()


class _Serial:
    def __init__(self, port: str, baud: int, limit_s: float) -> None:
        import serial

        self._serial = serial.Serial(port, baud, timeout=0, write_timeout=limit_s, exclusive=True)
        self._serial.reset_input_buffer()

    def write(self, data: memoryview) -> int:
        return int(self._serial.write(bytes(data)))

    def read(self, limit_s: float) -> bytes:
        self._serial.timeout = limit_s
        data: bytes = self._serial.read(1)
        return data

    def close(self) -> None:
        self._serial.close()


class _File:
    """A device file or a plain file; never made here, so that no /dev entry is invented."""

    def __init__(self, path: str) -> None:
        flags = os.O_NONBLOCK | os.O_APPEND
        try:
            self._handle = os.open(path, os.O_RDWR | flags)
        except PermissionError:
            self._handle = os.open(path, os.O_WRONLY | flags)

    def write(self, data: memoryview) -> int:
        _, ready, _ = select.select([], [self._handle], [], 0.5)
        return os.write(self._handle, data) if ready else 0

    def read(self, limit_s: float) -> bytes:
        ready, _, _ = select.select([self._handle], [], [], limit_s)
        return os.read(self._handle, 1) if ready else b""

    def close(self) -> None:
        os.close(self._handle)


def _is_terminal(path: str) -> bool:
    """Whether the path, a link perhaps, leads to a terminal line."""
    return bool(_SERIAL.match(os.path.realpath(path)))
