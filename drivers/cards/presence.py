"""Turns looks at a reader into events, each change told once."""

from __future__ import annotations

import time
from typing import Callable, Optional, Tuple

from drivers.protocols import CardEvent, Fault


class Presence:
    """What the listener has been told of one reader."""

    def __init__(self, tell: Callable[[CardEvent], None], reader: str) -> None:
        self._tell = tell
        self._reader = reader
        self._well = False
        self._lying = False
        self._told = ""

    def saw(self, here: bool, anew: bool = False, atr: str = "") -> None:
        """The reader was asked; `anew`: what lies there cannot be the card of before."""
        if not self._well:
            self._well, self._told = True, ""
            self._event("readers", readers=(self._reader,))
        if self._lying and (anew or not here):
            self._lying = False
            self._event("removed")
        if here and not self._lying:
            self._lying = True
            self._event("inserted", atr)

    def lost(self, fault: Fault) -> None:
        """The reader cannot be asked, or refuses."""
        if self._lying:
            self._lying = False
            self._event("removed")
        self._well = False
        if self._told != fault.code:
            self._told = fault.code
            self._event("fault", fault=fault)

    def _event(
        self, kind: str, atr: str = "", readers: Tuple[str, ...] = (), fault: Optional[Fault] = None
    ) -> None:
        reader = "" if kind == "readers" else self._reader
        self._tell(CardEvent(kind, reader, atr, readers, fault, int(time.monotonic() * 1000)))
