"""What a board holds: the state folded from the hub's events, handed to the screen and to the voice."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from counter_app.problems import Problem
from counter_app.services.hall.board import (
    FRESH_MS,
    BoardView,
    GroupLine,
    Shout,
    hall_words,
    is_said,
    shout_of,
    with_fact,
    with_tickets,
)
from counter_app.services.hall.calling import Utterance
from counter_app.services.hall.sentences import spoken
from counter_app.services.ports import Clock
from ui.hall_ports import BoardPort
from ui.jobs import Jobs

LINES_MS = 5_000  # how often it is asked who waits
AGAIN_S = 10.0  # how long a board that was refused waits before it asks again
LOG = logging.getLogger("ui")


class BoardModel(QObject):
    """Follows one hub on a thread of its own; everything shown changes on the UI thread.

    `say` is called on the following thread at once, so that the voice never waits for the screen.
    """

    changed = Signal(object)  # the BoardView
    called = Signal(object, object)  # a Shout, and when it was heard (CLOCK_MONOTONIC ns)
    refused = Signal(object)  # the Problem that keeps this board out
    _told = Signal(object, object)
    _opened = Signal(object)
    _lost = Signal()

    def __init__(self, port: BoardPort, clock: Clock, jobs: Jobs, say: Callable[[Utterance], None]) -> None:
        super().__init__()
        self.port, self.clock, self.jobs, self._say = port, clock, jobs, say
        self.view = BoardView()
        self._open = True
        queued = Qt.ConnectionType.QueuedConnection
        self._told.connect(self._fold, queued)
        self._opened.connect(self._adopt, queued)
        self._lost.connect(self._away, queued)
        self._lines = QTimer(self, interval=LINES_MS)
        self._lines.timeout.connect(self._look)
        self._thread = threading.Thread(target=self._follow, name="board-live", daemon=True)

    def start(self) -> None:
        """Follow from now on."""
        self._thread.start()
        self._lines.start()

    def stop(self) -> None:
        """Follow nothing more."""
        self._open = False
        self._lines.stop()
        self.port.close()

    # --- on the following thread --------------------------------------------------------------
    def _follow(self) -> None:
        while self._open:
            try:
                self.port.follow(self._hear, self._begin, self._lost.emit)
                return
            except Problem as problem:
                self.refused.emit(problem)
            if self._open:
                threading.Event().wait(AGAIN_S)

    def _begin(self) -> None:
        """A connection is there: what happened before it, then its events."""
        try:
            self._opened.emit((self.port.tickets(self.clock.now().date()), *self.port.look()))
        except Problem as problem:
            LOG.info("a board could not read the day: %s", problem.code)

    def _hear(self, fact: Mapping[str, Any]) -> None:
        shout = shout_of(fact)
        heard = time.monotonic_ns()
        if shout is not None and is_said(fact, self._now_ms()):
            self._say(utterance_of(shout))
        words = hall_words(fact)
        if words and self._now_ms() - int(fact["at_ms"]) < FRESH_MS:
            self._say(
                Utterance(str(fact["kind"]), words, f"{fact['fact_no']:08d}-hall", int(fact["fact_no"]))
            )
        self._told.emit(fact, heard)

    # --- on the UI thread ---------------------------------------------------------------------
    def _fold(self, fact: Mapping[str, Any], heard: int) -> None:
        if not fact.get("ticket_id"):
            self._look()  # something was said to the hall
        before, self.view = self.view, with_fact(self.view, fact)
        if self.view is before:
            return
        self.changed.emit(self.view)
        shout = self.view.shouts[0] if self.view.shouts else None
        if shout is not None and shout.serial == fact.get("fact_no"):
            self.called.emit(shout, heard)

    def _adopt(self, told: tuple[Any, Any, str, str]) -> None:
        tickets, *seen = told
        self._put(_with_look(replace(with_tickets(self.view, tickets), lost_ms=0), *seen))

    def _away(self) -> None:
        self._put(replace(self.view, lost_ms=self._now_ms()))

    def _look(self) -> None:
        """Who waits; asked aside and never twice at a time."""
        if not self.view.lost_ms and self.jobs.under_way == 0:
            self.jobs.aside(self.port.look, self._seen)

    def _seen(self, told: tuple[Any, str, str]) -> None:
        self._put(_with_look(self.view, *told))

    def _put(self, view: BoardView) -> None:
        if view != self.view:
            self.view = view
            self.changed.emit(view)

    def _now_ms(self) -> int:
        return int(self.clock.now().timestamp() * 1000)


def _with_look(view: BoardView, lines: tuple[GroupLine, ...], headline: str, closed: str) -> BoardView:
    return replace(view, groups=lines, headline=headline, closed=closed)


def utterance_of(shout: Shout) -> Utterance:
    """A call as the voice gets it; its file is named by the hub's fact, number and window."""
    name = f"{shout.serial:08d}-{_plain(shout.number)}-{_plain(shout.window)}"
    return Utterance(shout.ticket_id, spoken(shout.number, shout.window), name, shout.serial)


def _plain(text: str) -> str:
    """Without anything a file name cannot hold."""
    return "".join(one if one.isalnum() or one == "-" else "_" for one in text)
