"""One process writes a data folder: the lock lives as long as the process, never longer."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.problems import Problem

LOCK_NAME = "store.lock"


@dataclass(slots=True)
class FolderLock:
    """Holds `store.lock` of a folder; the system frees it when the process dies, however it dies."""

    folder: Path
    _handle: int = field(default=-1, repr=False)

    def take(self) -> None:
        """Take the lock. Raises Problem `store-locked` when another program (or we ourselves) has it."""
        self._handle = os.open(self.folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle)
        except OSError as error:
            self.free()
            raise Problem("store-locked", str(self.folder)) from error

    def free(self) -> None:
        """Give the folder back; harmless when not held."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
