"""How long the screen stood still: a 5 ms timer notes how late it comes, and how much work lay between."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 5


class Pulse(QObject):
    """Measures only while somebody watches. On a busy machine `work_ms` still tells what was ours."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._late = self._work = 0.0
        self._at, self._cpu = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def stop(self) -> None:
        """Measure nothing more."""
        self._timer.stop()

    def take(self) -> tuple[float, float]:
        """The longest stall and the most work of this thread between two ticks since asked last, in ms."""
        found = round(self._late, 1), round(self._work, 1)
        self._late = self._work = 0.0
        return found

    def _tick(self) -> None:
        at, cpu = time.perf_counter(), time.thread_time()
        self._late = max(self._late, (at - self._at) * 1000 - TICK_MS)
        self._work = max(self._work, (cpu - self._cpu) * 1000)
        self._at, self._cpu = at, cpu
