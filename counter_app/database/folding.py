"""Folding the WAL into the database file beside the work, so that no commit has to wait for it.

A commit that finds the WAL long would copy it into the file and sync it there before it goes on: a few
milliseconds that somebody waits for, one acceptance in thirty. Here a thread of its own does it over a
connection of its own, once enough was written and nobody has written for a moment. SQLite lets a passive
checkpoint run beside reading and writing; only how soon the WAL begins anew depends on it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlcipher3 import dbapi2

from counter_app.problems import Problem

_LOG = logging.getLogger(__name__)
ROWS = 20  # an acceptance; a commit of more, such as a batch of facts at a hub, counts as several
BEGUN = 8  # commits: somebody is at work here
COMMITS = 32  # about 800 pages of acceptances
AT_LATEST = 96  # commits, when nobody ever pauses
QUIET_S = 0.2
_FOLD = "PRAGMA wal_checkpoint(PASSIVE)"


@dataclass(slots=True)
class Folding:
    """Waits for enough commits and a quiet moment, then folds. `connect` opens a writing connection.

    Before the first time it takes the room that the WAL will need (`room`).
    """

    connect: Callable[[], Any]
    make_room: Callable[[Any], None] = lambda link: None
    quiet_s: float = QUIET_S
    done: Callable[[], None] = lambda: None  # told after each try
    _changed: threading.Condition = field(default_factory=threading.Condition, repr=False)
    _commits: int = 0
    _is_closed: bool = False
    _thread: threading.Thread | None = field(default=None, repr=False)

    def committed(self, rows: int = 0) -> None:
        """Count one commit of so many rows; costs nothing but the count until there is something to fold."""
        with self._changed:
            before = self._commits
            now = self._commits = before + max(1, rows // ROWS)
            is_reached = before < BEGUN <= now or before < COMMITS <= now or before < AT_LATEST <= now
            if not is_reached or self._is_closed:
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="store-folding", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def close(self) -> None:
        """Stop; whatever is not folded yet, closing the last connection folds."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        link: Any = None
        with _left_as_it_is():
            link = self._opened()
        while self._is_wanted():
            with _left_as_it_is():
                link = link or self._opened()
                link.execute(_FOLD).fetchall()
            self.done()
        if link is not None:
            link.close()

    def _opened(self) -> Any:
        link = self.connect()
        with _left_as_it_is():
            self.make_room(link)
        return link

    def _is_wanted(self) -> bool:
        """Wait for enough and a pause; False when closing."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._commits >= COMMITS)
            seen = 0
            while not self._is_closed and seen < self._commits < AT_LATEST:
                seen = self._commits
                self._changed.wait(self.quiet_s)
            self._commits = 0
            return not self._is_closed


@contextmanager
def _left_as_it_is() -> Iterator[None]:
    try:
        yield
    except (dbapi2.Error, Problem, OSError) as error:  # a failing disk tells the next commit, for people
        _LOG.info("the log was left as it is: %s", type(error).__name__)
