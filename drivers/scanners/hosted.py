"""What the counter holds of a scanner that runs in a host: asked for codes again and again."""

from __future__ import annotations

import threading
import time
from typing import Any, Callable, Mapping, Optional

from drivers.host.process import HostHealth, HostProcess
from drivers.protocols import Fault, Scan

_LOOK_MS = 500
_LIMIT_MS = 10_000  # a camera may take seconds to wake up
_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 5.0


class HostedScanner:
    """A scanner in a host, whatever it looks through; a crash, a hang or a pulled plug costs a pause."""

    def __init__(self, host: HostProcess, config: Mapping[str, Any]) -> None:
        self._host = host
        self._name = str(config.get("port", ""))
        self._ended = threading.Event()
        self._thread: Optional[threading.Thread] = None

    def watch(self, tell: Callable[[Scan], None], fault: Callable[[Optional[Fault]], None]) -> None:
        """Tell each code; `fault` hears None when the scanner looks and each trouble once. From a thread."""
        if self._thread is not None:
            raise ValueError("already watched")
        self._thread = threading.Thread(target=self._run, args=(tell, fault), name="scanner", daemon=True)
        self._thread.start()

    def health(self) -> HostHealth:
        """How the host is."""
        return self._host.health()

    def close(self) -> None:
        """Stop looking and end the host."""
        self._ended.set()
        self._host.close()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(2)
        self._host.close()

    def _run(self, tell: Callable[[Scan], None], fault: Callable[[Optional[Fault]], None]) -> None:
        pause, said = _FIRST_PAUSE_S, "?"
        while not self._ended.is_set():
            try:
                texts = self._look()
            except Fault as trouble:
                if said != trouble.code and not self._ended.is_set():
                    said = trouble.code
                    fault(trouble)
                self._ended.wait(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)
                continue
            if said and not self._ended.is_set():
                said, pause = "", _FIRST_PAUSE_S
                fault(None)
            for text in texts:
                if not self._ended.is_set():
                    tell(Scan(text, self._name, int(time.monotonic() * 1000)))

    def _look(self) -> Any:
        texts = self._host.call("look", _LOOK_MS, limit_ms=_LIMIT_MS)
        if not isinstance(texts, tuple) or not all(isinstance(text, str) for text in texts):
            raise Fault("device-broken", "look")
        return texts
