"""Resident-ID readers through sdtapi (GA/T 467): the module's own commands as exported functions."""

from __future__ import annotations

import ctypes
from typing import Any, Dict, Mapping, Tuple

from drivers.cards import sdt
from drivers.host.buffers import OutBuffer
from drivers.host.library import Library, opened
from drivers.host.options import LIBRARY, PORT
from drivers.protocols import Driver, Fault, IdCardRead

_PORTS = (*range(1001, 1017), *range(1, 17))  # USB first, then COM1 to COM16
_OPENED_BY_US = 0
_LINK = {0x01: "reader-none", 0x02: "device-timeout", 0x03: "device-broken", 0x05: "reader-none"}


class SdtLibrary:
    """One library and the reader at `port` (0 = the first that answers)."""

    def __init__(self, library: Library, name: str, port: int) -> None:
        self._name = name
        self._wanted = port
        self._port = 0
        self._held = False
        number, out = ctypes.c_int32, ctypes.c_char_p
        length = ctypes.POINTER(ctypes.c_uint32)
        self._open_port = library.function("SDT_OpenPort", number)
        self._close_port = library.function("SDT_ClosePort", number)
        self._find = library.function("SDT_StartFindIDCard", number, out, number)
        self._select = library.function("SDT_SelectIDCard", number, out, number)
        self._base = library.function("SDT_ReadBaseMsg", number, out, length, out, length, number)
        self._newer = library.maybe("SDT_ReadNewAppMsg", number, out, length, number)
        self._small, self._text, self._photo = OutBuffer(32), OutBuffer(sdt.TEXT), OutBuffer(1024)

    def readers(self) -> Tuple[str, ...]:
        """The name given to this reader. Raises Fault when none answers."""
        self._ready()
        return (self._name,)

    def present(self) -> Dict[str, Any]:
        """Whether a card lies there that was not read yet. Raises Fault."""
        self._ready()
        code = self._found()
        held, self._held = self._held, False
        if code not in (sdt.FOUND, sdt.NONE):
            raise self._fault(code)
        return {"here": code == sdt.FOUND, "anew": held and code == sdt.FOUND}

    def read(self, reader: str = "") -> IdCardRead:
        """Read the card that was laid on. Raises Fault."""
        if reader not in ("", self._name):
            raise Fault("reader-none", reader)
        self._ready()
        try:
            self._expect(self._found(), sdt.FOUND)
            self._expect(self._select(self._port, self._small.fresh(), _OPENED_BY_US), sdt.OK)
            text, photo = self._read_base()
            return sdt.card_of(text, photo, self._address(), self._name)
        finally:
            self._held = self._found() == sdt.NONE

    def _found(self) -> int:
        return int(self._find(self._port, self._small.fresh(), _OPENED_BY_US))

    def _read_base(self) -> Tuple[bytes, bytes]:
        lengths = ctypes.c_uint32(0), ctypes.c_uint32(0)
        text, photo = self._text.fresh(), self._photo.fresh()
        code = self._base(self._port, text, lengths[0], photo, lengths[1], _OPENED_BY_US)
        try:
            self._expect(code, sdt.OK)
            return self._text.take(lengths[0].value), self._photo.take(lengths[1].value)
        finally:
            self._text.wipe()
            self._photo.wipe()

    def _address(self) -> bytes:
        if self._newer is None:
            return b""
        length = ctypes.c_uint32(0)
        code = self._newer(self._port, self._text.fresh(), length, _OPENED_BY_US)
        told = self._text.take(min(length.value, sdt.ADDRESS))
        if code == sdt.ABSENT:
            return b""
        self._expect(code, sdt.OK)
        return told

    def _ready(self) -> None:
        """Open the port, or look for the reader. Raises Fault `reader-none`."""
        if self._port:
            return
        for port in (self._wanted,) if self._wanted else _PORTS:
            if self._open_port(port) == sdt.OK:
                self._port = port
                return
        raise Fault("reader-none", self._name)

    def _expect(self, code: int, wanted: int) -> None:
        if code != wanted:
            raise self._fault(code)

    def _fault(self, code: int) -> Fault:
        if code in _LINK:
            self._close_port(self._port)
            self._port = 0  # unplugged: look again next time
            return Fault(_LINK[code], format(code, "02X"))
        return sdt.refusal(sdt.Answer(bytes([0, 0, code & 0xFF])))


def _open(config: Mapping[str, Any]) -> SdtLibrary:
    return SdtLibrary(*opened(config))


DRIVER = Driver(
    id="vendor_sdtapi",
    family="cards",
    title="身份证阅读器（厂商库 sdtapi）",
    open=_open,
    hosted=True,
    reads=("idcard",),
    options=(*LIBRARY, PORT),
)
