"""Ours: a desk that says when it has painted what an inserted card told.

usage: card_desk.py FOLDER READER
Prints `ready`, then CLOCK_MONOTONIC ns after the person of each card has been painted and `removed` when
the card has left and the window is idle again. Ends when it is killed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.product.office import open_office
from counter_app.counter import Counter
from counter_app.settings import Settings
from ui import app as application


class Observer(QObject):
    """Watches the desk from outside: its snapshots, its painting, the reader's events."""

    def __init__(self, starter: application.Starter) -> None:
        super().__init__()
        self.desk: Any = starter.window.desk
        self.model = self.desk.model
        self.waiting = self.card_in = False
        self.model.changed.connect(self.changed)
        starter._keeper.bridge.arrived.connect(self.event_came)

    def changed(self, before: Any, view: Any) -> None:
        """A person came: wait for the paint. Nobody any more: the next card may come."""
        if view.principals and not (before and before.principals):
            self.waiting = self.card_in = True
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self.tidy()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first paint inside the banner after the person came."""
        inside = isinstance(watched, QWidget) and self.desk.banner.isAncestorOf(watched)
        if self.waiting and event.type() == QEvent.Type.Paint and (inside or watched is self.desk.banner):
            self.waiting = False
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            QTimer.singleShot(0, lambda: print(time.monotonic_ns(), flush=True))
        return False

    def event_came(self, event: Any) -> None:
        """The card was taken out."""
        if getattr(event, "kind", "") == "removed":
            self.card_in = False
            QTimer.singleShot(0, self.tidy)

    def tidy(self) -> None:
        """Once the card is out: end the visit, then ask for the next card."""
        view = self.model.view
        if self.card_in or self.waiting:
            return
        if view.prompt is not None:
            self.model.do("answer", "verified" if view.prompt.kind == "witness" else "finish")
        elif view.principals or view.visit_open:
            self.model.do("finish")
        elif not self.model.is_busy("finish"):
            print("removed", flush=True)


def main(folder: Path, reader: str) -> None:
    """A desk on invented people and the real card driver."""
    plain = application.Starter._ready
    kept: list[Observer] = []

    def ready(self: application.Starter, made: Any) -> None:
        plain(self, made)
        kept.append(Observer(self))
        QTimer.singleShot(0, lambda: print("ready", flush=True))

    application.Starter._ready = ready  # type: ignore[method-assign]
    settings = Settings(card_reader="cards.pcsc", card_reader_name=reader, lock_after_s=0)

    def make() -> Counter:
        return Counter(open_office(folder, settings))

    application.run_desk(make, settings)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
