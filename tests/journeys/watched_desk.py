"""The demo desk as everybody starts it, and what it holds whenever somebody asks.

usage: watched_desk.py DATA PEOPLE TRACE     reads orders from standard input, one a line:
`hold` answers with one JSON object of what is held; `ticket` lets one more person take a number;
`picture FILE` saves what is on the screen.
"""

from __future__ import annotations

import gc
import json
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSocketNotifier
from PySide6.QtWidgets import QApplication

from counter_app.commands.demo import open_demo, read_tables
from counter_app.settings import Settings
from tests.fakes.holdings import own_handles, own_megabytes
from ui.app import application, run_desk

TAKES_A_NUMBER = "取一个号"


def held() -> dict[str, Any]:
    """What this process holds once everything that was let go of is gone."""
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    return {
        "megabytes": own_megabytes(),
        "threads": len(list(Path("/proc/self/task").iterdir())),
        "handles": own_handles(),
        "none": sys.getrefcount(None),
        "objects": len(gc.get_objects()),
        "widgets": len(QApplication.allWidgets()),
        "kinds": Counter(type(widget).__name__ for widget in QApplication.allWidgets()),
        "values": Counter(type(one).__qualname__ for one in gc.get_objects()).most_common(60),
    }


def main(data: Path, people: Path, trace: Path) -> int:
    """Run until the window is closed."""
    app, _ = application(Settings())
    counters: list[Any] = []

    def make() -> Any:
        counters.append(open_demo(data, True, tables=read_tables(people)))
        return counters[0]

    def ordered() -> None:
        order, _, rest = sys.stdin.readline().strip().partition(" ")
        if order == "hold":
            print(json.dumps(held()), flush=True)
        elif order == "picture":
            print(
                json.dumps([w.grab().save(rest) for w in app.topLevelWidgets() if w.width() > 900]),
                flush=True,
            )
        else:
            take_a_number()

    def take_a_number() -> None:
        take = next(one for one in counters[0].simulated if one.title == TAKES_A_NUMBER)
        threading.Thread(target=take.run).start()

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(ordered)
    return run_desk(make, Settings(), demo=True, trace=trace)


if __name__ == "__main__":
    raise SystemExit(main(*map(Path, sys.argv[1:4])))
