"""A hand for windows where no test runner lends one: waits on facts with the event loop turning."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

TURN_MS = 5


class Bot:
    """Answers what scenes ask of pytest-qt's `qtbot`."""

    def waitUntil(self, is_so: Callable[[], object], timeout: int = 20_000) -> None:
        """Turn the event loop until something is so. AssertionError when it never is, after `timeout` ms."""
        deadline = QDeadlineTimer(timeout)
        while not is_so():
            assert not deadline.hasExpired(), "waited in vain"
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, TURN_MS)

    def waitExposed(self, window: QWidget) -> None:
        """Wait until a window is on the screen."""
        assert QTest.qWaitForWindowExposed(window, 20_000)
