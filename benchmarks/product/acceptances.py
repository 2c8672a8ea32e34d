"""Ours: whole acceptances, from the checked case to the journal's fsync.

usage: acceptances.py FOLDER COUNT [bytes]     `bytes` tells what one acceptance writes instead
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from benchmarks.product.office import again, open_office, ready_case
from counter_app.services.accept import accept


def main(folder: Path, count: int, only_bytes: bool) -> dict[str, list[float]]:
    """Accept the same kind of case `count` times."""
    parts = open_office(folder)
    first = ready_case(parts).state
    accept(parts.office, first, first.cases[0])  # imports and statements of the first one
    took, written, journal = [], [], _journal_size(folder)
    for _ in range(count):
        state, before = again(parts, first), _written()
        start = time.perf_counter_ns()
        accept(parts.office, state, state.cases[0])
        took.append((time.perf_counter_ns() - start) / 1e6)
        written.append(_written() - before)
    line = (_journal_size(folder) - journal) / count
    parts.close()
    if only_bytes:  # the median, because now and then a checkpoint writes into the database file
        return {"wal": [statistics.median(written) - line], "journal": [line]}
    return {"ms": took, "per_s": [count / (sum(took) / 1000)]}


def _written() -> int:
    """Bytes this process has handed to write calls."""
    return next(
        int(x.split()[1]) for x in Path("/proc/self/io").read_text().splitlines() if x.startswith("wchar")
    )


def _journal_size(folder: Path) -> int:
    # The journal takes its space in advance: what is written ends at the last byte that is not zero.
    return sum(len(f.read_bytes().rstrip(b"\0")) for f in (folder / "journal").glob("*.owj"))


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), "bytes" in sys.argv)))
