"""What floats over the work and gives the focus back when it is folded."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from ui.widgets.basic import button


class Overlay(QFrame):
    """One floating frame with its own way to close it; hidden until somebody opens it."""

    def __init__(self, window: QWidget, close: Callable[[], object]) -> None:
        super().__init__(window)
        self.setProperty("float", True)
        self._before: QWidget | None = None
        self.close_button = button("收起 Esc", close)
        self.close_button.setParent(self)  # or it outlives the window of whoever never opened it
        self.hide()

    def rise(self) -> None:
        """Stand over everything, where it has been placed, with the focus."""
        self._before = self.window().focusWidget()
        self.raise_()
        self.show()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def fold(self) -> bool:
        """Put it away and return to where the clerk was; tells whether it was open."""
        if self.isHidden():
            return False
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
