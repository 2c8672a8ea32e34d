"""When each call was shown and said, one JSON line a call, for whoever wants to measure a board."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from counter_app.problems import Problem
from counter_app.services.hall.board import Shout
from counter_app.services.hall.calling import Utterance


class Trace:
    """Appends to one file, flushed after each line; painting and saying may come in either order.

    `*_ms` are ms since 1970 by this machine's clock (`called_ms`: by the hub's), `*_mono_ns` are
    CLOCK_MONOTONIC. With `is_voiced` a line waits for its sentence. Raises Problem `usage`.
    """

    def __init__(self, file: Path, now: Callable[[], datetime], is_voiced: bool) -> None:
        self._now, self._is_voiced = now, is_voiced
        self._lock = threading.Lock()
        self._half: dict[int, dict[str, Any]] = {}
        try:
            self._out = file.open("a", encoding="utf-8")
        except OSError as error:
            raise Problem("usage", "--trace", error.strerror or str(file)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._out.close()

    def painted(self, shout: Shout, heard_ns: int, painted_ns: int) -> None:
        """A call stands on the screen."""
        late_ms = (time.monotonic_ns() - painted_ns) // 1_000_000
        at = self._ms() - late_ms
        self._add(
            shout.serial,
            {
                "fact": shout.serial,
                "number": shout.number,
                "window": shout.window,
                "times": shout.times,
                "called_ms": shout.at_ms,
                "heard_mono_ns": heard_ns,
                "painted_ms": at,
                "painted_at": datetime.fromtimestamp(at / 1000, self._now().tzinfo).isoformat(),
                "painted_mono_ns": painted_ns,
            },
        )

    def said(self, utterance: Utterance, file: str) -> None:
        """A sentence was said, or lies in its file."""
        told = {"said_ms": self._ms(), "said_mono_ns": time.monotonic_ns(), "text": utterance.text}
        self._add(utterance.serial, told | ({"wav": Path(file).name} if file else {}))

    def _add(self, serial: int, told: dict[str, Any]) -> None:
        with self._lock:
            line = {**self._half.pop(serial, {}), **told}
            if "painted_ms" in line and ("said_ms" in line or not self._is_voiced):
                self._out.write(json.dumps(line, ensure_ascii=False) + "\n")
                self._out.flush()
            else:
                self._half[serial] = line

    def _ms(self) -> int:
        return int(self._now().timestamp() * 1000)
