"""Floor: the bytes of one acceptance as one WAL overwrite + fsync and one journal append + fsync.

usage: two_fsyncs.py FOLDER WAL_BYTES JOURNAL_BYTES COUNT
"""

import json
import os
import sys
import time

folder, wal_bytes, journal_bytes, count = sys.argv[1], *map(int, sys.argv[2:5])
wal_chunk, journal_chunk = os.urandom(wal_bytes), os.urandom(journal_bytes)
slots = max(1, (4 << 20) // wal_bytes)  # SQLite starts again at the front after a checkpoint, about 4 MiB

wal = os.open(os.path.join(folder, "floor-wal"), os.O_RDWR | os.O_CREAT, 0o600)
os.pwrite(wal, bytes(slots * wal_bytes), 0)
os.fsync(wal)
journal = os.open(os.path.join(folder, "floor-journal"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

took = []
for nth in range(count):
    start = time.perf_counter_ns()
    os.pwrite(wal, wal_chunk, nth % slots * wal_bytes)
    os.fsync(wal)
    os.write(journal, journal_chunk)
    os.fsync(journal)
    took.append((time.perf_counter_ns() - start) / 1e6)
print(json.dumps({"ms": took, "per_s": [count / (sum(took) / 1000)]}))
