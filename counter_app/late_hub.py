"""The hub inside a desk, opened when it is first asked something: no card waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from counter_app.hub.local import LocalHub


class LateHub:
    """Answers as the hub does; whoever asks first has its rooms imported and its file opened.

    What opening refuses (Problem `store-key`, `store-newer`, `store-sqlite`, `store-write`) reaches
    whoever asked, and the next one asks again.
    """

    def __init__(self, make: Callable[[], LocalHub], has_key_module: bool = False) -> None:
        self._make = make
        self._made: LocalHub | None = None
        self._once = threading.Lock()
        self.has_key_module = has_key_module

    def opened(self) -> LocalHub:
        """The hub itself. Raises Problem as above."""
        with self._once:
            if self._made is None:
                self._made = self._make()
            return self._made

    def online(self) -> bool:
        """True: it is in this process; nothing is opened for saying so."""
        return True

    def close(self) -> None:
        """Close it, if anybody has asked it anything."""
        with self._once:
            made, self._made = self._made, None
        if made is not None:
            made.close()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.opened(), name)
