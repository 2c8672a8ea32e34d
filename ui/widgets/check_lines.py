"""The lines a citizen reads before agreeing; a touch on a line says that it is not right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.widgets.basic import empty, style
from ui.widgets.citizen_page import touch, words
from ui.widgets.reworded import put_words

NOT_RIGHT, MARKED = "不对", "✕ 不对"


class CheckLines(QWidget):
    """Names, values and, where lines can be pointed at, a button each; `marked`: which lines are wrong."""

    pointed = Signal(int, bool)

    def __init__(self) -> None:
        super().__init__()
        self.values: list[QLabel] = []
        self.marked: set[int] = set()
        self._names: list[QLabel] = []
        self._buttons: list[QPushButton] = []
        self.say: Callable[[str], str] = str
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)

    def put(self, lines: Sequence[tuple[str, str]], is_pointed_at: bool) -> None:
        """Draw the lines from the first on, none of them marked."""
        self.clear()
        for at, (name, value) in enumerate(lines):
            about, said = words(name, "c-soft"), words(value, "c-strong")
            for nth, part in enumerate((about, said)):
                part.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self._grid.addWidget(part, at, nth)
            self._names.append(about)
            self.values.append(said)
            if is_pointed_at:
                self._grid.addWidget(self._button(at, name), at, 2, Qt.AlignmentFlag.AlignTop)
        self._grid.setRowStretch(len(lines), 1)  # below the last line, so that short lists stay above

    def clear(self) -> None:
        """Forget every line."""
        self._grid.setRowStretch(len(self.values), 0)
        self.values, self._names, self._buttons = [], [], []
        self.marked = set()
        empty(self._grid)

    def share(self, width: int) -> None:
        """How wide the names are, in px."""
        for name in self._names:
            name.setFixedWidth(width)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A finger anywhere on a line means the line."""
        height = event.position().y()
        for at, value in enumerate(self.values):
            if self._buttons and value.y() <= height <= self._buttons[at].geometry().bottom():
                self._buttons[at].click()
                return
        super().mousePressEvent(event)

    def _button(self, at: int, name: str) -> QPushButton:
        made = touch(NOT_RIGHT, partial(self._turn, at), "c-tick")
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        made.setCheckable(True)
        made.setAccessibleName(f"这一项不对：{name}")
        self._buttons.append(made)
        return made

    def _turn(self, at: int) -> None:
        is_wrong = self._buttons[at].isChecked()
        (self.marked.add if is_wrong else self.marked.discard)(at)
        put_words(self._buttons[at], MARKED if is_wrong else NOT_RIGHT, self.say)
        style(self.values[at], wrong=is_wrong)
        self.pointed.emit(at, is_wrong)
