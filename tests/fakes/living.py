"""Whether a process still runs, as the system tells it; it may end between two looks."""

from __future__ import annotations

import threading
import time
from pathlib import Path

PAUSE_S = 0.01


def is_running(pid: int) -> bool:
    """Whether there is such a process and it is no corpse that nobody has fetched."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def has_ended(pid: int, limit_s: float = 60) -> bool:
    """Whether it ends within `limit_s` seconds."""
    until = time.monotonic() + limit_s
    while is_running(pid):
        if time.monotonic() > until:
            return False
        threading.Event().wait(PAUSE_S)
    return True
