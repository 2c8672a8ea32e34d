"""The window frame: there at once with one sentence, later with the desk in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.starting import Starting

if TYPE_CHECKING:
    from ui.faces.desk import Desk

LEAST = (1280, 672)


class DeskWindow(QWidget):
    """The window: at once with one sentence, then with the desk in it."""

    painted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setWindowTitle("一窗 · 医保综合柜台")
        self.setMinimumSize(*LEAST)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._starting: QWidget | None = Starting()
        self._column.addWidget(self._starting)
        self._was_painted = False
        self.desk: Desk | None = None

    def put(self, desk: Desk) -> None:
        """Replace the sentence by the desk."""
        if self._starting is not None:
            self._column.removeWidget(self._starting)
            self._starting.hide()
            self._starting.deleteLater()
            self._starting = None
        self.desk = desk
        self._column.addWidget(desk)

    def say(self, title: str, words: str) -> None:
        """Starting failed: say why, calmly."""
        put = getattr(self._starting, "put", None)
        if put is not None:
            put(title, words)

    def offer_key(self, event: QKeyEvent) -> bool:
        """Keys of every widget below."""
        return self.desk.offer_key(event) if self.desk is not None else False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys nobody below wanted."""
        if not self.offer_key(event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window can be seen."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything is saved; nothing is asked."""
        self.closed.emit()
        super().closeEvent(event)
