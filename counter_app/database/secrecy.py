"""Keeping what a process holds in memory out of files: no core dump, no look from another program."""

from __future__ import annotations

import ctypes
import sys

_PR_SET_DUMPABLE = 4


def switch_dumps_off() -> None:
    """Before a key is used: RLIMIT_CORE=0 for this process and those it starts, and PR_SET_DUMPABLE=0.

    The limit alone is not enough: a `core_pattern` that begins with a pipe ignores it (core(5)). Harmless
    when repeated, and where the system knows no such calls.
    """
    if sys.platform == "win32":
        return  # crash dumps are a policy of the machine there (Windows Error Reporting); untested
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
