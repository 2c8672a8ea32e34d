"""What this process, or another, holds: file handles, threads, memory."""

from __future__ import annotations

import threading
from pathlib import Path


def own_handles() -> int:
    """Open file handles."""
    return len(list(Path("/proc/self/fd").iterdir()))


def own_threads() -> int:
    """Running threads."""
    return threading.active_count()


def megabytes(pid: int | str) -> float:
    """Resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def own_megabytes() -> float:
    """Resident memory of this process."""
    return megabytes("self")
