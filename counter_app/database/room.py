"""Room for the WAL, taken in advance: a commit then overwrites what is there instead of making a file grow.

SQLite makes its WAL longer with every commit until it is folded for the first time. A file that grows costs a
commit new blocks, and a file system with a journal a second write for the new length. So zeros are appended
beside the work: SQLite takes what lies behind the last commit for no frame at all, whatever it is, as it
does with frames left by an earlier round. The zeros are appended while the write lock is held, a piece at a
time, so that nobody else is putting frames there; no lock of SQLite lies on the WAL file itself.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

ROOM = 17 << 20  # bytes: the 4000 pages at which a commit folds the WAL itself, if nobody ever pauses
PIECE = 1 << 20  # what one turn of the write lock appends: a millisecond
SPARE = 256 << 20  # bytes: a disk with less has better uses for them


def make_room(link: Any, wal: Path, room: int = ROOM, piece: int = PIECE, spare: int = SPARE) -> None:
    """Let the WAL be `room` bytes long, where the disk has `spare` bytes free.

    `link` is a writing connection of its own, in autocommit mode. Raises OSError when the disk has no room
    and the driver's Error when the lock cannot be had; what has been appended till then does no harm.
    """
    if shutil.disk_usage(wal.parent).free < spare:
        return
    with wal.open("r+b", buffering=0) as file:
        while _append(link, file, room, piece):
            os.fsync(file.fileno())  # outside the lock, or the next commit would have to sync it all


def _append(link: Any, file: Any, room: int, piece: int) -> bool:
    link.execute("BEGIN IMMEDIATE")
    try:
        end = file.seek(0, os.SEEK_END)
        lacking = min(piece, room - end)
        return lacking > 0 and bool(file.write(bytes(lacking)))
    finally:
        link.execute("ROLLBACK")
