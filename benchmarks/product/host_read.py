"""Ours: the same library behind its driver, in a host process.

usage: host_read.py LIBRARY COUNT
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from drivers import registry


def main(library: str, count: int) -> None:
    """Read the card again and again; say how long each took and what the host holds at the end."""
    device = registry.open("cards.vendor_ssse", {"lib": library})
    device.read()
    took = []
    for _ in range(count):
        start = time.perf_counter_ns()
        told = device.read()
        took.append((time.perf_counter_ns() - start) / 1e6)
        assert told.complete
    status = Path(f"/proc/{device.health().pid}/status").read_text("ascii")
    memory = int(status.split("VmRSS:")[1].split()[0]) / 1024
    device.close()
    print(json.dumps({"ms": took, "memory_mb": [memory]}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
