"""Ours: a desk on a screen whose two readers' libraries crash, hang and lie, and how long it stood still.

usage: hostile.py FOLDER SSCARD_LIBRARY SDTAPI_LIBRARY CALLS
Prints `{"gap_ms": [longest gaps of the event loop, per call], "turn_ms": [the most the screen's thread
computed between two ticks, per call], "calls": [how many], "lives": [how often hosts were started]}`; a gap
is the time a 5 ms timer came late: what the machine did meanwhile is in it, and is not in a turn.
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from benchmarks.product.office import open_office
from benchmarks.stubs import behave
from counter_app.counter import Counter
from counter_app.settings import Settings
from drivers.protocols import Fault
from drivers.room import DeviceRoom
from ui import app as application

TICK_MS, LOOK_MS, LIMIT_MS = 5, 2000, 200
MODES = ("ok", "ok", "nocard", "garbage", "overlong", "spill", "pinlock", "unplugged", "lies")
FATAL = ("crash", "hang", "overrun", "exit")
FATAL_SHARE = 0.05


class Watch(QObject):
    """Notes how late its timer comes, call by call."""

    def __init__(self, starter: application.Starter) -> None:
        super().__init__()
        self.starter = starter
        self.gaps: list[float] = [0.0]
        self.turns: list[float] = [0.0]
        self.last, self.worked = time.perf_counter(), time.thread_time()
        self.timer = QTimer(self, interval=TICK_MS)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.tick)
        self.timer.start()

    def tick(self) -> None:
        """Note the gap, and the work, under the call that runs."""
        now, worked = time.perf_counter(), time.thread_time()
        self.gaps[-1] = max(self.gaps[-1], (now - self.last) * 1000 - TICK_MS)
        self.turns[-1] = max(self.turns[-1], (worked - self.worked) * 1000)
        self.last, self.worked = now, worked


def _misbehave(room: DeviceRoom, libraries: tuple[Path, Path], calls: int, watch: Watch) -> None:
    """Ask for cards as F3 does, each time after a misdeed; what comes back is a card or a Fault."""
    chance = random.Random(4)
    lives = 0
    for _ in range(calls):
        for library in libraries:
            behave(library, chance.choice(FATAL if chance.random() < FATAL_SHARE else MODES))
        watch.gaps.append(0.0)
        watch.turns.append(0.0)
        try:
            room.read_card() if chance.random() < 0.5 else room.read_id_card()
        except Fault as fault:
            lives += fault.code in ("driver-crashed", "device-timeout")
    told = {"gap_ms": watch.gaps, "turn_ms": watch.turns, "calls": [calls], "lives": [lives]}
    print(json.dumps(told), flush=True)
    os._exit(0)


def main(folder: Path, libraries: tuple[Path, Path], calls: int) -> None:
    """Open the desk; once it is ready, let its devices loose."""
    plain = application.Starter._ready
    kept: list[Any] = []
    settings = Settings(
        card_reader="cards.vendor_ssse",
        card_lib=str(libraries[0]),
        id_card_reader="cards.vendor_sdtapi",
        id_card_lib=str(libraries[1]),
        read_limit_ms=LIMIT_MS,
        lock_after_s=0,
    )

    def make() -> Counter:
        kept.append(open_office(folder, settings))
        return Counter(kept[0])

    def ready(self: application.Starter, made: Any) -> None:
        plain(self, made)
        QTimer.singleShot(LOOK_MS, lambda: begin(self))

    def begin(starter: application.Starter) -> None:
        kept.append(Watch(starter))
        work = (kept[0].room, libraries, calls, kept[1])
        threading.Thread(target=_misbehave, args=work, daemon=True).start()

    application.Starter._ready = ready  # type: ignore[method-assign]
    application.run_desk(make, settings)


if __name__ == "__main__":
    main(Path(sys.argv[1]), (Path(sys.argv[2]), Path(sys.argv[3])), int(sys.argv[4]))
