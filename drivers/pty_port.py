"""A pseudo terminal under a lasting name: the port of a simulated device on a serial line."""

from __future__ import annotations

import os
import select
import threading
import tty
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


class PtyPort:
    """What is written to the port reaches `heard`, from a thread; `tell` answers. It can be unplugged."""

    def __init__(self, path: Path, heard: Callable[[bytes], None]) -> None:
        self._path, self._heard = path, heard
        self._master = -1
        self._wake = os.pipe()
        self.plug()

    @property
    def is_plugged(self) -> bool:
        """Whether the port is there."""
        return self._master >= 0

    def plug(self) -> None:
        """Make the port appear."""
        if self._master >= 0:
            return
        self._master, slave = os.openpty()
        tty.setraw(slave)
        fresh = self._path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(slave))
        fresh.replace(self._path)
        # Our own end of the line stays open: bytes of a driver that closes at once are not lost.
        threading.Thread(target=self._listen, args=(self._master, slave), daemon=True).start()

    def unplug(self) -> None:
        """Make the port vanish under whoever has it open."""
        if self._master >= 0:
            self._path.unlink(missing_ok=True)
            self._master = -1
            os.write(self._wake[1], b".")

    def tell(self, data: bytes) -> None:
        """Answer; nobody hears it while the port is unplugged."""
        if self._master >= 0:
            with suppress(OSError):
                os.write(self._master, data)

    def _listen(self, master: int, slave: int) -> None:
        while self._master == master:
            ready, _, _ = select.select([master, self._wake[0]], [], [])
            if self._wake[0] in ready:
                os.read(self._wake[0], 1)
                continue
            with suppress(OSError):
                self._heard(os.read(master, 4096))
        os.close(slave)
        os.close(master)
