"""今日: opening check in the morning, hand-over at noon, balance in the evening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column, label, show
from ui.widgets.day_closing import ClosingPanel
from ui.widgets.day_completing import CompletingPanel
from ui.widgets.day_handing import HandingPanel
from ui.widgets.day_opening import OpeningPanel
from ui.widgets.flow import FlowLayout
from ui.widgets.page import PageWidget
from ui.widgets.panel import Panel

PARTS = (("open", "1 开班检查"), ("hand", "2 领用、交接"), ("close", "3 扎账"), ("rest", "4 补充核对"))


class DayPage(PageWidget):
    """Parts chosen by their digit; Esc goes back to the desk. 补充核对 is there when a day is left."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self.parts: dict[str, Panel] = {
            "open": OpeningPanel(model),
            "hand": HandingPanel(model),
            "close": ClosingPanel(model),
            "rest": CompletingPanel(model),
        }
        self._part = "open"
        self._choose = {code: button(words, partial(self.turn, code), "toggle") for code, words in PARTS}
        self._stack = QStackedWidget()
        for panel in self.parts.values():
            self._stack.addWidget(panel)
        head = QWidget()
        flow = FlowLayout(head, 8)
        for one in self._choose.values():
            one.setCheckable(True)
            flow.addWidget(one)
        flow.addWidget(button("返回 Esc", partial(model.go, aside="")))
        page = column(self, (20, 16, 18, 14), 10)
        page.addWidget(label("今日", "h2"))
        page.addWidget(head)
        page.addWidget(self._stack, 1)

    def enter(self) -> None:
        """Where the command led, else where the clerk was last."""
        show(self._choose["rest"], False)
        self.turn(self.model.wish.subject if self.model.wish.subject in self.parts else self._part)

    def _owed(self, days: Sequence[date]) -> None:
        show(self._choose["rest"], bool(days))

    def turn(self, part: str) -> None:
        """Show one part, asked anew."""
        self._part = part
        for code, made in self._choose.items():
            made.setChecked(code == part)
        self._stack.setCurrentWidget(self.parts[part])
        self.parts[part].fetch()
        self.model.jobs.run(self.model.counter.visit.days_owed, self._owed)

    def step(self, by: int) -> bool:
        """Enter: where the line leads, else the next one."""
        return self.parts[self._part].step(by) or super().step(by)

    def digit(self, number: int) -> bool:
        """The digit of a part chooses it."""
        if not 1 <= number <= len(PARTS) or self._choose[PARTS[number - 1][0]].isHidden():
            return False
        self.turn(PARTS[number - 1][0])
        return True


PAGE = Page("day", "今日", DayPage)
