"""Memory for vendor libraries that are told no length: far larger than documented, watched at its end.

Behind the documented size lies a canary; behind that, where the system has it, a page that may not be
touched. A library that writes past its size is noticed; one that runs on is stopped by the system, in its
own process.
"""

from __future__ import annotations

import ctypes
import mmap
import sys
from typing import Any

from drivers.protocols import Fault

_ROOM = 1 << 16
_CANARY = 0xA5


class OutBuffer:
    """One output argument of a call; made once and used for every call, wiped after each."""

    def __init__(self, documented: int) -> None:
        self.documented = documented
        self._size = max(_ROOM, documented * 2)
        self._map: Any = None
        self._bytes: Any = self._guarded() if sys.platform.startswith("linux") else self._simple()

    @property
    def pointer(self) -> Any:
        """What the library is given."""
        return self._bytes

    def fresh(self) -> Any:
        """The wiped buffer, canary set, for the next call."""
        start = ctypes.addressof(self._bytes)
        ctypes.memset(start, 0, self.documented)
        ctypes.memset(start + self.documented, _CANARY, self._size - self.documented)
        return self._bytes

    def take(self, length: int = -1) -> bytes:
        """What the library wrote: `length` bytes, or up to the first zero; then it is wiped.

        Raises Fault `device-broken` when it wrote past the documented size.
        """
        whole = ctypes.string_at(self._bytes, self._size)
        self.wipe()
        if whole[self.documented :].strip(bytes([_CANARY])):
            raise Fault("device-broken", "more than " + str(self.documented) + " bytes")
        if length > self.documented:
            raise Fault("device-broken", "length " + str(length))
        if length >= 0:
            return whole[:length]
        text, zero, _ = whole[: self.documented].partition(b"\x00")
        if not zero:
            raise Fault("device-broken", "no end")
        return text

    def wipe(self) -> None:
        """Leave nothing of a person in memory."""
        ctypes.memset(ctypes.addressof(self._bytes), 0, self._size)

    def _simple(self) -> Any:
        return ctypes.create_string_buffer(self._size)

    def _guarded(self) -> Any:
        page = mmap.PAGESIZE
        self._size = -(-self._size // page) * page
        self._map = mmap.mmap(-1, self._size + page)
        made = (ctypes.c_char * self._size).from_buffer(self._map)
        libc = ctypes.CDLL(None, use_errno=True)
        libc.mprotect.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
        if libc.mprotect(ctypes.addressof(made) + self._size, page, 0) != 0:
            raise Fault("device-unavailable", "mprotect")
        return made
