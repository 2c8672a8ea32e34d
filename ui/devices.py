"""Device threads to the UI thread: an event crosses here once and nowhere else."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal


class DeviceBridge(QObject):
    """Hands what a device's thread told to the UI thread, in order."""

    arrived = Signal(object)
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._told.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def tell(self, event: object) -> None:
        """Take an event from any thread."""
        if self._open:
            self._told.emit(event)

    def close(self) -> None:
        """Deliver nothing more."""
        self._open = False

    def _deliver(self, event: object) -> None:
        if self._open:
            self.arrived.emit(event)
