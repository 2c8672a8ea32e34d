"""The covers: locked screen, and the calm page after a fault of ours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import Button, button, column, label
from ui.widgets.editors import TextEdit


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


class LockCover(Cover):
    """锁屏: the screen is covered before anybody is asked anything."""

    def __init__(self, model: DeskModel, window: QWidget) -> None:
        super().__init__(window)
        self._model = model
        self._title = label("已锁屏", "h1")
        self._words = label("内容都在。输入口令解锁；演示大厅直接按回车。", "soft")
        self._pass = TextEdit()
        self._pass.setEchoMode(QLineEdit.EchoMode.Password)
        self._pass.setAccessibleName("解锁口令")
        self._pass.setPlaceholderText("口令")
        self._pass.setMaximumWidth(280)
        self._open = button("解锁", self._unlock, "primary")
        stack = column(self, (40, 40, 40, 40), 14)
        stack.addStretch(1)
        for part in (self._title, self._words, self._pass, self._open):
            stack.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(2)

    def cover(self) -> None:
        """Cover now."""
        self._pass.clear()
        self.spread()
        self._pass.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """Enter was pressed while locked."""
        self._unlock()

    def _unlock(self) -> None:
        text = self._pass.text()
        self._pass.clear()
        self._model.do("unlock", text)


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
