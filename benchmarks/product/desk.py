"""Ours: the desk, started as a hall starts it, until its first paint or until it is ready for a card.

usage: desk.py paint|ready FOLDER
FOLDER holds a real store (`settings.toml` and `words`, see `prepare`). Times count from T0_NS.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from counter_app.__main__ import main


def since_start_ms() -> float:
    """Milliseconds since just before this process was started."""
    return (time.monotonic_ns() - int(os.environ["T0_NS"])) / 1e6


def resident_kib() -> float:
    """Resident memory now."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(float(line.split()[1]) for line in status if line.startswith("VmRSS"))


def tell() -> None:
    """Print the sample and stop at once; closing the desk is not what is measured."""
    print(json.dumps({"ms": [since_start_ms()], "kib": [resident_kib()]}), flush=True)
    os._exit(0)


def at_first_paint() -> None:
    """Have the first paint of the window told."""
    from ui.faces.window import DeskWindow

    plain = DeskWindow.paintEvent

    def painted(self: DeskWindow, event: Any) -> None:
        plain(self, event)
        tell()

    DeskWindow.paintEvent = painted  # type: ignore[method-assign]


def when_ready() -> None:
    """Have it told when readers are watched and the loop is idle again."""
    from PySide6.QtCore import QTimer

    from ui.app import Starter

    plain = Starter._ready

    def ready(self: Starter, made: Any) -> None:
        plain(self, made)
        QTimer.singleShot(0, tell)

    Starter._ready = ready  # type: ignore[method-assign]


if __name__ == "__main__":
    {"paint": at_first_paint, "ready": when_ready}[sys.argv[1]]()
    folder = Path(sys.argv[2])
    words = str(folder / "words")
    sys.exit(main(["desk", "--data", str(folder / "data"), "--clerk", "0317", "--passphrase-file", words]))
