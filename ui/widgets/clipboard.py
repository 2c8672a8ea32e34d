"""The clipboard of the machine: what was copied here about somebody does not outlive them at the window."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication


class OwnCopies(QObject):
    """Knows whether what lies in the clipboard came from this program, and can forget it.

    Not every platform can say who owns a clipboard; whoever has the keys when it changes put it there.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_ours = False
        QGuiApplication.clipboard().dataChanged.connect(self._changed)

    def forget(self) -> None:
        """Empty it, where it is ours; what another program put there stays."""
        clipboard = QGuiApplication.clipboard()
        if self._is_ours or clipboard.ownsClipboard():
            clipboard.clear()
            self._is_ours = False
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)

    def _changed(self) -> None:
        self._is_ours = QGuiApplication.focusWindow() is not None
