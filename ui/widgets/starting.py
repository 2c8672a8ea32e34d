"""What the window shows before the counter is there. Kept tiny: it is on the way to first paint."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget


class Starting(QWidget):
    """The bar, and one calm sentence."""

    def __init__(self) -> None:
        super().__init__()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        bar = QFrame()
        bar.setObjectName("bar")
        bar.setFixedHeight(48)
        stack.addWidget(bar)
        stack.addStretch(2)
        self._title = QLabel("正在准备…")
        self._title.setProperty("role", "h1")
        self._words = QLabel("打开数据、目录和设备，请稍候。")
        self._words.setProperty("role", "soft")
        self._words.setWordWrap(True)
        for part in (self._title, self._words):
            part.setTextFormat(Qt.TextFormat.PlainText)
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            stack.addWidget(part)
        stack.addStretch(3)

    def put(self, title: str, words: str) -> None:
        """Say something else: why it cannot start."""
        self._title.setText(title)
        self._words.setText(words)
