"""Watches every PC/SC reader from one thread and outlives restarts of the smart-card service."""

from __future__ import annotations

import threading
import time
from typing import Callable, Dict, Optional, Tuple

from drivers.cards.pcsc_calls import CHANGED, PLUG_AND_PLAY, UNKNOWN, Context, State
from drivers.cards.slots import Slots
from drivers.protocols import CardEvent, Fault

_LOOK_MS = 2000  # how long one wait lasts; a reader that was plugged in unnoticed is seen then
_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 1.0


class Watcher:
    """Tells insertions, removals, changes of the reader list, and the loss and return of the service."""

    def __init__(self, tell: Callable[[CardEvent], None], slots: Slots) -> None:
        self._tell = tell
        self._slots = slots
        self._ended = threading.Event()
        self._context: Optional[Context] = None
        self._inside: Dict[str, str] = {}  # reader with a card -> its ATR, newest insertion last
        self._readers: Optional[Tuple[str, ...]] = None
        self._thread = threading.Thread(target=self._run, name="pcsc-watch", daemon=True)
        self._thread.start()

    @property
    def newest(self) -> str:
        """The reader that got its card last and still holds it, or ""."""
        return next(reversed(list(self._inside)), "")

    def close(self) -> None:
        """End the thread; returns within a second even while the service hangs."""
        self._ended.set()
        until = time.monotonic() + 1
        while self._thread.is_alive() and time.monotonic() < until:
            context = self._context
            if context is not None:
                context.cancel()  # repeated: a cancel before the wait has begun is lost
            self._thread.join(0.02)

    def _run(self) -> None:
        pause = _FIRST_PAUSE_S
        told = ""
        while not self._ended.is_set():
            try:
                self._context = Context()
                told, pause = "", _FIRST_PAUSE_S
                self._look(self._context)
            except Fault as fault:
                if fault.code != told:
                    self._lost(fault)
                told = fault.code
            finally:
                if self._context is not None:
                    self._context.release()
                    self._context = None
            self._ended.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_S)

    def _lost(self, fault: Fault) -> None:
        """The service went away: what lies in the readers is unknown until it is back."""
        for reader in list(self._inside):
            self._removed(reader)
        self._readers = None
        self._event("fault", fault=fault)

    def _look(self, context: Context) -> None:
        known: Dict[str, int] = {}
        while not self._ended.is_set():
            known = self._renewed(context, known)
            for state in context.changes({**known, PLUG_AND_PLAY: 0}, _LOOK_MS):
                if state.reader in known and state.bits & CHANGED:
                    self._compare(state, known[state.reader])
                    known[state.reader] = state.bits & ~CHANGED

    def _renewed(self, context: Context, known: Dict[str, int]) -> Dict[str, int]:
        """The readers of now with what is known of them; tells when the list is another."""
        wanted = [name for name in context.readers() if self._slots.is_wanted(name)]
        names = tuple(name for name in wanted if self._slots.is_ours(name))
        for gone in [reader for reader in self._inside if reader not in names]:
            self._removed(gone)
        if names != self._readers:
            self._readers = names
            self._event("readers", readers=names)
            if wanted and not names:
                self._event("fault", fault=Fault("reader-taken", "、".join(wanted)))
        return {name: known.get(name, 0) for name in names}

    def _compare(self, state: State, before: int) -> None:
        if state.bits & UNKNOWN:
            return  # unplugged just now; the next look at the list tells
        was_inside = state.reader in self._inside
        swapped = was_inside and state.present and (state.bits >> 16) - (before >> 16) >= 2
        if was_inside and (swapped or not state.present):
            self._removed(state.reader)
        if state.present and (swapped or not was_inside) and self._slots.is_ours(state.reader):
            self._inside[state.reader] = state.atr
            self._event("inserted", state.reader, state.atr)

    def _removed(self, reader: str) -> None:
        self._event("removed", reader, self._inside.pop(reader))

    def _event(
        self,
        kind: str,
        reader: str = "",
        atr: str = "",
        readers: Tuple[str, ...] = (),
        fault: Optional[Fault] = None,
    ) -> None:
        if not self._ended.is_set():
            self._tell(CardEvent(kind, reader, atr, readers, fault, int(time.monotonic() * 1000)))
