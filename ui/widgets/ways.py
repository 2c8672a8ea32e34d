"""The ways to say who somebody is: card, code, number. Shown while nobody is identified."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, card, column, is_tight, label, row, show
from ui.widgets.drawing import draw_sign
from ui.widgets.editors import TextEdit


class Sign(QWidget):
    """A line drawing in the theme's colour."""

    def __init__(self, sign: str) -> None:
        super().__init__()
        self._sign = sign

    def sizeHint(self) -> QSize:
        """Grows with the text."""
        side = round(self.fontMetrics().height() * 2.2)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        draw_sign(
            painter, QRectF(0, 0, side, side), self._sign, self.palette().color(QPalette.ColorRole.Highlight)
        )
        painter.end()


class Ways(QWidget):
    """Three cards and the two numbers that can be typed."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self._model = model
        self.certno = _number_edit("证件号码", "18 位居民身份证号，回车查找")
        self.uscc = _number_edit("单位统一社会信用代码", "18 位代码，回车查找")
        page = column(self, gap=10)
        self._cards = QWidget()
        line = row(self._cards, gap=10)
        for sign, title, words in (
            ("card", "插社保卡", "读卡器自动读，约半秒"),
            ("code", "扫医保码", "出示医保电子凭证"),
            ("number", "输证件号", "证件未验会注明"),
        ):
            line.addWidget(_way(sign, title, words), 1)
        page.addWidget(self._cards)
        page.addLayout(self._entry("证件号码", self.certno, self._find_person))
        page.addLayout(self._entry("单位代码", self.uscc, self._find_employer))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The drawings give way where text is large and the window small."""
        super().resizeEvent(event)
        show(self._cards, not is_tight(self))

    def leave_number(self) -> bool:
        """Enter was pressed: look up what was typed; False when nothing was."""
        if self.certno.hasFocus() and self.certno.text().strip():
            self._find_person()
            return True
        if self.uscc.hasFocus() and self.uscc.text().strip():
            self._find_employer()
            return True
        return False

    def clear(self) -> None:
        """Empty both numbers; they belong to the visit that has begun."""
        self.certno.clear()
        self.uscc.clear()

    def _entry(self, words: str, edit: TextEdit, act: Callable[[], object]) -> QHBoxLayout:
        line = row(gap=8)
        name = label(words, "label")
        line.addWidget(name)
        line.addWidget(edit, 1)
        line.addWidget(button("查找", act, name=f"按{words}查找"))
        return line

    def _find_person(self) -> None:
        if self.certno.text().strip():
            self._model.do("type_certno", self.certno.text(), then=lambda _: self.clear())

    def _find_employer(self) -> None:
        if self.uscc.text().strip():
            self._model.do("add_employer", self.uscc.text(), then=lambda _: self.clear())


def _number_edit(name: str, hint: str) -> TextEdit:
    made = TextEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


def _way(sign: str, title: str, words: str) -> QFrame:
    box = card()
    line = row(box, (12, 8, 10, 8), 10)
    line.addWidget(Sign(sign))
    text = column(gap=0)
    text.addStretch(1)
    text.addWidget(label(title, "h3"))
    text.addWidget(label(words, "small", wrap=True))
    text.addStretch(1)
    line.addLayout(text, 1)
    return box
