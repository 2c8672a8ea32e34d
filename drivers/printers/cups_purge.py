"""Removes one finished job with its file from a CUPS server: `python -m drivers.printers.cups_purge QUEUE N`.

A server keeps the pages of finished jobs for a day unless told otherwise, and `cancel -x` refuses jobs that
have ended; the operation Purge-Jobs with one job id does it. A process of its own, because libcups keeps
its server and its user per process.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

_PURGE_JOBS = 0x0012
_OPERATION, _URI, _NAME, _INTEGER = 0x01, 0x45, 0x42, 0x21  # IPP group and value tags (RFC 8010)
_MOST_SUCCESS = 0x00FF


def purge(queue: str, number: int) -> bool:
    """Whether the server has forgotten the job; an ordinary user may be refused."""
    library: Any = ctypes.CDLL("libcups.so.2")
    for name in ("ippNewRequest", "ippAddString", "ippAddInteger", "ippAddBoolean", "cupsDoRequest"):
        getattr(library, name).restype = ctypes.c_void_p
    library.cupsUser.restype = ctypes.c_char_p
    request = ctypes.c_void_p(library.ippNewRequest(_PURGE_JOBS))
    uri = ("ipp://localhost/printers/" + queue).encode()
    library.ippAddString(request, _OPERATION, _URI, b"printer-uri", None, uri)
    library.ippAddString(request, _OPERATION, _NAME, b"requesting-user-name", None, library.cupsUser())
    library.ippAddInteger(request, _OPERATION, _INTEGER, b"job-ids", number)
    library.ippAddBoolean(request, _OPERATION, b"purge-jobs", 1)
    library.cupsSetPasswordCB2(None, None)  # never ask anybody for a password
    library.cupsDoRequest(None, request, b"/jobs/")
    return int(library.cupsLastError()) <= _MOST_SUCCESS


if __name__ == "__main__":
    try:
        sys.exit(0 if purge(sys.argv[1], int(sys.argv[2])) else 1)
    except OSError:
        sys.exit(2)
