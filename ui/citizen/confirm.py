"""核对: everything that was entered, in large letters; agreeing is possible once all of it was shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.registry import CitizenView
from ui.viewmodels.citizen import Agreed, Confirm
from ui.widgets.basic import column, empty, put_text, row, show
from ui.widgets.citizen_page import CitizenPageWidget, touch, words
from ui.widgets.page import scrolled


class ConfirmPage(CitizenPageWidget):
    """Labels left, values right; turned page by page, not scrolled by accident."""

    def __init__(self) -> None:
        super().__init__()
        self._title = words("", "c-title")
        self._hint = words("请逐项核对。有不对的，按“有误”，由工作人员改正。", "c-soft")
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self._area = scrolled(self._list, "核对内容")
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._turning = QWidget()
        self._left = words("", "c-soft", centred=True)
        self._up = touch("上一页", partial(self._turn, -1))
        self._down = touch("下一页", partial(self._turn, 1))
        self._wrong = touch("有误，请修改", partial(self._say, False))
        self._right = touch("核对无误", partial(self._say, True), "c-main")
        self._seen = 0
        self._values: list[QLabel] = []
        self._build()

    def _build(self) -> None:
        self.body.addWidget(self._title)
        self.body.addWidget(self._hint)
        middle, deciding = row(gap=20), row(gap=16)
        turning = column(self._turning, gap=12)
        turning.addWidget(self._up)
        turning.addStretch(1)
        turning.addWidget(self._left)
        turning.addWidget(self._down)
        middle.addWidget(self._area, 1)
        middle.addWidget(self._turning)
        for button in (self._wrong, self._right):
            deciding.addWidget(button)
        self.body.addLayout(middle, 1)
        self.body.addLayout(deciding)
        self._area.verticalScrollBar().rangeChanged.connect(self._settle)

    def draw(self, page: Confirm) -> None:
        """Draw the lines from the first on."""
        put_text(self._title, f"请核对：{page.title}")
        self._clear()
        for at, (name, value) in enumerate(page.lines):
            about, said = words(name, "c-soft"), words(value, "c-strong")
            for nth, part in enumerate((about, said)):
                part.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self._grid.addWidget(part, at, nth)
            self._values.append(said)
        self._grid.setRowStretch(len(page.lines), 1)  # below the last line, so that short lists stay above
        self._seen = 0
        self._fit()
        self._area.verticalScrollBar().setValue(0)
        self._settle()

    def wipe(self) -> None:
        """Forget every line."""
        super().wipe()
        self._clear()
        put_text(self._title, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The labels keep their share."""
        super().resizeEvent(event)
        self._fit()
        self._settle()

    def _clear(self) -> None:
        self._grid.setRowStretch(len(self._values), 0)
        self._values.clear()
        empty(self._grid)

    def _fit(self) -> None:
        share = round(self.width() * (0.3 if self.width() > self.height() else 0.34))
        for at in range(self._grid.rowCount()):
            item = self._grid.itemAtPosition(at, 0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setFixedWidth(share)

    def _turn(self, by: int) -> None:
        """A page on or back; the line that was cut is the first of the next page."""
        self.touched()
        bar = self._area.verticalScrollBar()
        if by > 0:
            below, page = self._below(), bar.value() + self._area.viewport().height()
            bar.setValue(below[0] if below and below[0] > bar.value() else page)
        else:
            bar.setValue(bar.value() - self._area.viewport().height())
        self._settle()

    def _below(self) -> list[int]:
        """Where the lines begin that are not seen whole yet, from above."""
        end = self._area.verticalScrollBar().value() + self._area.viewport().height()
        return [value.y() for value in self._values if value.geometry().bottom() > end]

    def _settle(self, *_: object) -> None:
        bar = self._area.verticalScrollBar()
        self._seen = max(self._seen, bar.value())
        many = bar.maximum() > 0
        show(self._turning, many)
        self._up.setEnabled(bar.value() > 0)
        self._down.setEnabled(bar.value() < bar.maximum())
        all_seen = self._seen >= bar.maximum()
        self._right.setEnabled(all_seen)
        put_text(self._right, self.say("核对无误" if all_seen else "看完后可确认"))
        left = len(self._below())
        put_text(self._left, f"下面还有\n{left} 项" if left else "")

    def _say(self, yes: bool) -> None:
        self.answered.emit(Agreed(yes))


CITIZEN = CitizenView(Confirm, ConfirmPage)
