"""Sign pads through their maker's library. Names of exports differ by maker, so they are settings.

The usual shape, as the defaults have it: `OpenDevice(port)`, `StartSign(seconds)` that returns when the pen
has left (0 done, 1 cancelled, 2 time over), `GetSignImage(out, length)` with the PNG, `CloseDevice()`.
"""

from __future__ import annotations

import ctypes
from typing import Any, Mapping

from drivers.host.buffers import OutBuffer
from drivers.host.library import Library
from drivers.protocols import Driver, Fault, Signature

_IMAGE = 1 << 19
_PNG = b"\x89PNG\r\n\x1a\n"
_NAMES = {"open": "OpenDevice", "start": "StartSign", "image": "GetSignImage", "close": "CloseDevice"}
_CANCELLED, _LATE = 1, 2


class VendorPad:
    """One pad."""

    def __init__(self, library: Library, port: str, names: Mapping[str, str], name: str) -> None:
        number = ctypes.c_int32
        self._name, self._port = name, port.encode("ascii", "replace")
        self._open = library.function(names["open"], ctypes.c_char_p)
        self._start = library.function(names["start"], number)
        self._image = library.function(names["image"], ctypes.c_char_p, ctypes.POINTER(number))
        self._close = library.maybe(names["close"])
        self._out = OutBuffer(_IMAGE)

    def sign(self, title: str, limit_ms: int) -> Signature:
        """Wait for a signature.

        Raises Fault `device-gone`, `citizen-cancelled`, `citizen-timeout`, `sign-empty`.
        """
        if self._open(self._port):
            raise Fault("device-gone", self._name)
        try:
            code = self._start(max(1, limit_ms // 1000))
            if code == _CANCELLED:
                raise Fault("citizen-cancelled", "")
            if code == _LATE:
                raise Fault("citizen-timeout", str(limit_ms))
            if code:
                raise Fault("device-broken", "StartSign " + str(code))
            return Signature(self._taken(), (), self._name)
        finally:
            if self._close is not None:
                self._close()

    def close(self) -> None:
        """Nothing is held between two signatures."""

    def _taken(self) -> bytes:
        length = ctypes.c_int32(_IMAGE)
        code = self._image(self._out.fresh(), ctypes.byref(length))
        data = self._out.take(max(0, length.value))
        if code or not data:
            raise Fault("sign-empty", "")
        if not data.startswith(_PNG):
            raise Fault("device-broken", "no PNG")
        return data


def _open(config: Mapping[str, Any]) -> VendorPad:
    path = str(config.get("lib", ""))
    library = Library(path, tuple(config.get("before", ())))
    names = {**_NAMES, **dict(config.get("names", {}))}
    return VendorPad(library, str(config.get("port", "")), names, "signpad")


DRIVER = Driver(id="vendor_pad", family="signpads", title="签名板（厂商库）", open=_open, hosted=True)
