"""The citizen's screen as a device: a rater and a sign pad that a lane can ask, as it asks any other."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from drivers.protocols import Fault, Rating, Signature
from ui.faces.citizen_side import CitizenSide
from ui.viewmodels.citizen import CitizenPage, GivenUp, Rate, Sign

GRACE_S = 5.0  # beyond the page's own limit before the screen itself is given up


class _Asked:
    """One question on its way to the screen and back."""

    def __init__(self, page: CitizenPage) -> None:
        self.page = page
        self.done = threading.Event()
        self.answer: object = None

    def put(self, answer: object) -> None:
        """The answer, once."""
        if not self.done.is_set():
            self.answer = answer
            self.done.set()


class OnScreen(QObject):
    """Answers the protocols `Rater` and `SignPad` of `drivers.protocols`; made on the UI thread.

    `ask`, `sign` and `cancel` are called from other threads and wait; on the UI thread they would wait for
    themselves, so there `CitizenSide.rate` and `.sign` are used.
    """

    _wanted = Signal(object)
    _off = Signal(object)

    def __init__(self, side: CitizenSide, window: str = "") -> None:
        super().__init__(side)
        self._side, self._window = side, window
        self._lock = threading.Lock()
        self._current: _Asked | None = None
        self._wanted.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._off.connect(self._call_off, Qt.ConnectionType.QueuedConnection)

    def ask(self, title: str, limit_ms: int) -> Rating:
        """Wait for a rating; a time-out is 未评. Raises Fault `citizen-cancelled`, `rater-away`."""
        answer = self._wait(Rate(self._window, limit_ms, title), limit_ms, "rater-away")
        if not isinstance(answer, Rating):
            raise Fault("citizen-cancelled", "")
        return answer

    def sign(self, title: str, limit_ms: int) -> Signature:
        """Wait for a signature. Raises Fault `citizen-cancelled`, `citizen-timeout`, `device-gone`."""
        answer = self._wait(Sign(self._window, limit_ms, words=title), limit_ms, "device-gone")
        if isinstance(answer, Signature):
            return answer
        late = isinstance(answer, GivenUp) and answer.late
        raise Fault("citizen-timeout", str(limit_ms)) if late else Fault("citizen-cancelled", "")

    def cancel(self) -> None:
        """Call off what is being asked, from any thread."""
        asked = self._current
        if asked is not None:
            self._off.emit(asked)

    def close(self) -> None:
        """Call off; the screen stays the desk's."""
        self.cancel()

    def _wait(self, page: CitizenPage, limit_ms: int, away: str) -> object:
        with self._lock:  # one question at a time, as with any device
            asked = _Asked(page)
            self._current = asked
            self._wanted.emit(asked)
            try:
                if not asked.done.wait(limit_ms / 1000 + GRACE_S):
                    self._off.emit(asked)
                    raise Fault(away, "")
            finally:
                self._current = None
            return asked.answer

    def _show(self, asked: _Asked) -> None:
        if not self._side.is_open:
            asked.put(GivenUp(late=False))
        else:
            deliver: Callable[[object], None] = asked.put
            self._side.ask(asked.page, deliver)

    def _call_off(self, asked: _Asked) -> None:
        if not asked.done.is_set():
            self._side.cancel()
            asked.put(GivenUp(late=False))
