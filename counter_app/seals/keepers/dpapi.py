"""Windows' data protection (DPAPI), bound to the account that is logged in.

Written to the documentation of `CryptProtectData`; no Windows was at hand to try it.
"""

from __future__ import annotations

import base64
import ctypes
import sys
from typing import Any

from counter_app.domain.value import Value
from counter_app.problems import Problem

_NO_DIALOG = 1  # CRYPTPROTECT_UI_FORBIDDEN


class _Blob(ctypes.Structure):
    _fields_ = (("size", ctypes.c_uint32), ("data", ctypes.POINTER(ctypes.c_char)))


class Dpapi(Value, frozen=True):
    """A `Keeper` whose sealed text lies in `store.keys` and opens for this Windows account only."""

    id: str = "dpapi"
    title: str = "Windows 数据保护"

    def because(self) -> str:
        """Why it cannot be used here."""
        return "" if sys.platform == "win32" else "本机不是 Windows"

    def keep(self, name: str, secret: bytes) -> str:
        """Seal it to the account; the store's name is its entropy."""
        sealed = self._call("CryptProtectData", secret, name, "key-store-away")
        return base64.b64encode(sealed).decode("ascii")

    def fetch(self, name: str, kept: str) -> bytes:
        """Open it. A text of another account, or a changed one, is `key-store-lost`."""
        try:
            sealed = base64.b64decode(kept, validate=True)
        except ValueError as error:
            raise Problem("key-store-lost", self.id, self.title) from error
        return self._call("CryptUnprotectData", sealed, name, "key-store-lost")

    def forget(self, name: str, kept: str) -> None:
        """Nothing is kept but the sealed text, which goes with `store.keys`."""

    def _call(self, function: str, data: bytes, name: str, trouble: str) -> bytes:
        if self.because():
            raise Problem("key-store-away", self.id, self.because())
        windows: Any = getattr(ctypes, "windll")  # noqa: B009 - there on Windows only
        given, entropy, made = _blob(data), _blob(name.encode("utf-8")), _Blob()
        pointers = (ctypes.byref(given), None, ctypes.byref(entropy), None, None, _NO_DIALOG)
        if not getattr(windows.crypt32, function)(*pointers, ctypes.byref(made)):
            raise Problem(trouble, self.id, self.title)
        try:
            return ctypes.string_at(made.data, made.size)
        finally:
            windows.kernel32.LocalFree(made.data)


def _blob(data: bytes) -> _Blob:
    kept = ctypes.create_string_buffer(data, len(data))
    return _Blob(len(data), ctypes.cast(kept, ctypes.POINTER(ctypes.c_char)))


KEEPER = Dpapi()
