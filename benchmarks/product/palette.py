"""Ours: the palette asked and opened on a joined counter.

usage: palette.py FOLDER ENTRIES.json [TELL]     with TELL: only write what the palette knows into the file
Prints `{"us": [one question, each], "open_ms": [from the key to the painted list], "open_work_ms": [the work
of the thread meanwhile]}`.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.product.office import open_office
from counter_app.catalog.load import load_catalogue
from counter_app.catalog.search import Index, entries, prepare
from counter_app.counter import Counter
from ui.app import open_desk

QUESTIONS = ("ydba", "yd", "慢特病", "mtb", "sgbx", "gongji", "syjt", "xse", "参保", "dwcb", "BX01", "qzz")
TURNS, OPENINGS = 200, 15


def known() -> Index:
    """The index of the region a demo hall stands in."""
    return prepare(load_catalogue(), "rizhao")


def tell(file: Path) -> None:
    """Write every entry with every word it answers to, for whoever scans them bare."""
    index = known()
    rows = [
        [item.entry.key, [*item.codes, *item.words, *item.heads, *item.spelled]] for item in index._entries
    ]
    assert len(rows) == len(entries(load_catalogue(), "rizhao"))
    file.write_text(json.dumps({"rows": rows, "questions": QUESTIONS, "turns": TURNS}), "utf-8")


def asked() -> list[float]:
    """Microseconds of one question, each round over all questions."""
    index, took = known(), []
    for _ in range(TURNS):
        start = time.perf_counter_ns()
        for question in QUESTIONS:
            index.find(question, {"BX01": 3})
        took.append((time.perf_counter_ns() - start) / 1e3 / len(QUESTIONS))
    return took


def opened(folder: Path) -> tuple[list[float], list[float]]:
    """Milliseconds from the key to the painted list, again and again, and the thread's own work of it;

    the first is not counted.
    """
    app = QApplication([])
    counter = Counter(open_office(folder))
    counter.settle_in()
    window = open_desk(app, counter)
    window.resize(1366, 728)
    window.show()
    app.processEvents()
    desk, took, worked = _desk_of(window), [], []
    for _ in range(OPENINGS + 1):
        start, work = time.perf_counter_ns(), time.thread_time_ns()
        desk.open_palette("")
        while not desk.palette_.rows:
            app.processEvents()
        window.repaint()
        took.append((time.perf_counter_ns() - start) / 1e6)
        worked.append((time.thread_time_ns() - work) / 1e6)
        desk.palette_.fold()
        app.processEvents()
    window.close()
    counter.close()
    return took[1:], worked[1:]


def _desk_of(window: QWidget) -> Any:
    return getattr(window, "desk")  # noqa: B009  # the frame is handed out as a plain widget


if __name__ == "__main__":
    if len(sys.argv) > 3:
        tell(Path(sys.argv[2]))
        print("{}")
    else:
        open_ms, work_ms = opened(Path(sys.argv[1]))
        print(json.dumps({"us": asked(), "open_ms": open_ms, "open_work_ms": work_ms}))
