"""What the contracts of the asking families share: a call on another thread, and a fault with advice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from counter_app.problems import ROWS
from drivers.protocols import Fault


class Asked:
    """One call under way; `result` is what it returned, or the Fault's code."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._result: Any = None
        self._thread = threading.Thread(target=self._run, args=(call,), daemon=True)
        self._thread.start()

    def result(self, limit_s: float = 20.0) -> Any:
        """Wait for it."""
        self._thread.join(limit_s)
        assert not self._thread.is_alive(), "the call never ended"
        return self._result

    def _run(self, call: Callable[[], Any]) -> None:
        try:
            self._result = call()
        except Fault as fault:
            self._result = fault.code if fault.code in ROWS else f"{fault.code} has no advice"
