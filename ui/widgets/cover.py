"""The covers: privacy, and the calm page after a fault of ours; the lock is in `lock_cover`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from ui.widgets.basic import Button, button, column, label


class Cover(QFrame):
    """Covers the whole window at once; nothing underneath is lost or readable."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._under = window
        self.setObjectName("cover")
        self.setProperty("role", "cover")
        self.setAutoFillBackground(True)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key reaches what is underneath."""
        event.accept()

    def spread(self) -> None:
        """Cover everything."""
        self.setGeometry(self._under.rect())
        self.raise_()
        self.show()


class PrivacyCover(Cover):
    """遮盖: nothing can be read over a shoulder. It asks for no password and says so."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        stack = column(self, (40, 40, 40, 40), 14)
        stack.addStretch(1)
        title = label("屏幕已遮盖", "h1")
        words = label("按回车继续。离开座位时，请同时锁定这台电脑。", "soft")
        for part in (title, words):
            stack.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(2)

    def spread_now(self) -> None:
        """Cover now; the keys go to the cover."""
        self.spread()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter lifts it; nothing else gets through."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hide()
        event.accept()


class CalmCover(Cover):
    """Something of ours went wrong: said calmly, with what has been kept, and a way on."""

    def __init__(self, window: QWidget, go_on: Callable[[], None]) -> None:
        super().__init__(window)
        stack = column(self, (40, 40, 40, 40), 14)
        stack.addStretch(1)
        title = label("程序出了点问题", "h1", wrap=True)
        words = label(
            "填过的内容都已保存，打出的单据有效。问题已记入本机日志（不含个人信息）。", "soft", wrap=True
        )
        for part in (title, words):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            stack.addWidget(part)
        self._go_on = go_on
        self._button: Button = button("回到窗口", self._close, "primary")  # type: ignore[assignment]
        stack.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(2)

    def cover(self) -> None:
        """Cover now."""
        self.spread()
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self.hide()
        self._go_on()
