"""核对: everything that was entered, in large letters; agreeing is possible once all of it was shown.

A touch on a line says that this one is wrong; the clerk's form then begins there.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.registry import CitizenView
from ui.viewmodels.citizen import Agreed, Confirm
from ui.widgets.basic import column, put_text, row, show, style
from ui.widgets.check_lines import CheckLines
from ui.widgets.citizen_page import CitizenPageWidget, lie, touch, words
from ui.widgets.page import scrolled
from ui.widgets.reworded import put_words

POINT = "请逐项核对。哪一项不对，就点哪一项，再按“请修改”。"
BUTTONS = 0.06  # of the width: where lines can be pointed at, their names give way
SPEAK = "请逐项核对。有不对的，按“有误”，由工作人员改正。"


class ConfirmPage(CitizenPageWidget):
    """Labels left, values right; turned page by page, not scrolled by accident."""

    def __init__(self) -> None:
        super().__init__()
        self._title = words("", "c-title")
        self._hint = words("", "c-soft")
        self._lines = CheckLines()
        self._lines.pointed.connect(self._pointed)
        self._area = scrolled(self._lines, "核对内容")
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._turning = QWidget()
        self._middle, self._around = row(gap=20), column(self._turning, gap=12)
        self._left = words("", "c-soft", centred=True)
        self._up = touch("上一页", partial(self._turn, -1))
        self._down = touch("下一页", partial(self._turn, 1))
        self._wrong = touch("有误，请修改", partial(self._say, False))
        self._right = touch("核对无误", partial(self._say, True), "c-main")
        self._seen = 0
        self._shown: Confirm = Confirm()
        self._build()

    def _build(self) -> None:
        self.body.addWidget(self._title)
        self.body.addWidget(self._hint)
        middle, deciding = self._middle, row(gap=16)
        turning = self._around
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
        self._shown = page
        put_text(self._title, f"请核对：{page.title}")
        put_text(self._hint, POINT if page.places else SPEAK)
        self._lines.say = self._spoken
        self._lines.put(page.lines, bool(page.places))
        self._seen = 0
        self._fit()
        self._area.verticalScrollBar().setValue(0)
        self._settle()

    def wipe(self) -> None:
        """Forget every line."""
        super().wipe()
        self._shown = Confirm()
        self._lines.clear()
        put_text(self._title, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The labels keep their share."""
        super().resizeEvent(event)
        self._fit()
        self._settle()

    def _fit(self) -> None:
        is_wide = self.width() > self.height()
        lie(self._middle, is_wide)  # upright, the lines need the whole width: turning stands below them
        lie(self._around, not is_wide)
        share = 0.3 if is_wide else 0.34
        self._lines.share(round(self.width() * (share - BUTTONS * bool(self._shown.places))))

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
        return [value.y() for value in self._lines.values if value.geometry().bottom() > end]

    def _settle(self, *_: object) -> None:
        bar = self._area.verticalScrollBar()
        self._seen = max(self._seen, bar.value())
        many = bar.maximum() > 0
        show(self._turning, many)
        self._up.setEnabled(bar.value() > 0)
        self._down.setEnabled(bar.value() < bar.maximum())
        all_seen = self._seen >= bar.maximum()
        marked = len(self._lines.marked)
        self._right.setEnabled(all_seen and not marked)
        put_words(self._right, "核对无误" if all_seen else "看完后可确认", self.say)
        put_words(self._wrong, f"有 {marked} 项不对，请修改" if marked else "有误，请修改", self.say)
        style(self._wrong, kind="c-main" if marked else "c-plain")
        left = len(self._below())
        put_words(self._left, f"下面还有\n{left} 项" if left else "", self.say)

    def _say(self, yes: bool) -> None:
        wrong = () if yes else tuple(self._shown.places[at] for at in sorted(self._lines.marked))
        self.answered.emit(Agreed(yes, wrong))

    def _spoken(self, text: str) -> str:
        return self.say(text)  # whatever language stands by then

    def _pointed(self, at: int, is_wrong: bool) -> None:
        """One line is not right, or it is after all: shown, and said by the name of the line alone."""
        self.touched()
        self._settle()
        name = self._shown.lines[at][0]
        self.spoke.emit(f"{name}，不对。" if is_wrong else f"{name}，没有错。")


CITIZEN = CitizenView(Confirm, ConfirmPage)
