"""不予受理: the reason, in writing, before a paper says no."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from counter_app.services.visit_view import VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import Elided, button, column, label, row
from ui.widgets.editors import TextEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.page import PageWidget
from ui.words import PROMPTS

COMMON = ("不属于本机构职权范围", "参保地不在本统筹区", "不符合办理条件", "已在其他渠道受理同一事项")


class RefusePage(PageWidget):
    """Asks for the reason here, so that no dialog stands in the way."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self._title = Elided("", "h2")
        self._reason = TextEdit()
        self._reason.setAccessibleName("不予受理的理由")
        self._reason.setPlaceholderText("理由会原样印在通知书上")
        page = column(self, (20, 16, 18, 14), 12)
        page.addWidget(self._title)
        page.addWidget(label(PROMPTS["confirm_refuse"][1], "soft", wrap=True))
        line = row(gap=8)
        line.addWidget(label("理由", "label"))
        line.addWidget(self._reason, 1)
        page.addLayout(line)
        common = QWidget()
        flow = FlowLayout(common, 8)
        for words in COMMON:
            flow.addWidget(button(words, partial(self._take, words)))
        page.addWidget(common)
        page.addStretch(1)
        actions = QWidget()
        last = FlowLayout(actions, 8)
        last.addWidget(button("返回 Esc", partial(model.go, aside=""), "primary"))
        last.addWidget(button("打印不予受理通知书", self._refuse))
        page.addWidget(actions)

    def draw(self, view: VisitView) -> None:
        """Draw which case is meant."""
        self._title.put(f"不予受理：{view.case.name}" if view.case else "不予受理")

    def enter(self) -> None:
        """Start with the reason."""
        self._reason.clear()
        self._reason.setFocus()

    def _take(self, words: str) -> None:
        self._reason.setText(words)
        self._reason.setFocus()

    def _refuse(self) -> None:
        self.model.do("refuse", self._reason.text(), then=lambda _: self.model.go(aside=""))


PAGE = Page("refuse", "不予受理", RefusePage)
