"""PIN pads through their maker's library: `iGetPassword(voice, out)`; the PIN is wiped behind itself."""

from __future__ import annotations

import ctypes
from typing import Any, Mapping

from drivers.host.buffers import OutBuffer
from drivers.host.library import Library
from drivers.protocols import Driver, Fault, Pin

_VOICES: Mapping[str, int] = {"enter": 1, "again": 2, "old": 3, "new": 4}
_OUT = 1024
_LONGEST = 16  # a PIN; longer is a block under the pad's own key
_FAULTS: Mapping[int, str] = {
    -31: "pin-cancelled",
    -32: "pin-timeout",
    -33: "pin-refused",
    -34: "pin-refused",
    -11: "device-gone",
    -12: "device-gone",
}


class VendorPinPad:
    """One pad. What the library says with a failure is not repeated: it might hold what was typed."""

    def __init__(self, library: Library, name: str) -> None:
        self._get = library.function(name, ctypes.c_int32, ctypes.c_char_p)
        self._out = OutBuffer(_OUT)

    def ask(self, kind: str, limit_ms: int) -> Pin:
        """Wait for a PIN. Raises Fault `pin-cancelled`, `pin-timeout`, `pin-refused`, `device-gone` …"""
        if kind not in _VOICES:
            raise Fault("device-broken", "kind")
        try:
            code = self._get(_VOICES[kind], self._out.fresh())
            if code:
                raise Fault(_FAULTS.get(code, "device-broken"), str(code))
            secret = self._out.take()
        finally:
            self._out.wipe()
        if not secret:
            raise Fault("pin-refused", "0")
        return Pin(secret, len(secret) > _LONGEST or not secret.isdigit())

    def close(self) -> None:
        """Nothing is held between two PINs."""


def _open(config: Mapping[str, Any]) -> VendorPinPad:
    library = Library(str(config.get("lib", "")), tuple(config.get("before", ())))
    return VendorPinPad(library, str(config.get("name", "iGetPassword")))


DRIVER = Driver(id="vendor_pad", family="pinpads", title="密码键盘（厂商库）", open=_open, hosted=True)
