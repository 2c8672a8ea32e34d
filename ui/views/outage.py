"""停机与应急: what the hall is told, who is offered what, and what is entered afterwards."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from counter_app.domain.notices import OUTAGE_WORDS, Word
from counter_app.services.visit_view import VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column, is_tight, label, put_text, show
from ui.widgets.flow import FlowLayout
from ui.widgets.outage_after import AfterPanel
from ui.widgets.outage_sorting import SortingPanel
from ui.widgets.page import PageWidget
from ui.widgets.panel import Panel


class OutagePage(PageWidget):
    """While an outage holds, the sorting; else what is left of the last one."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self.sorting, self.after = SortingPanel(model), AfterPanel(model)
        self._title = label("停机与应急", "h2")
        self._words = label(f"全厅同步：{OUTAGE_WORDS}", "soft", wrap=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.sorting)
        self._stack.addWidget(self.after)
        self.cover = button("全厅遮盖", self._cover, name="全厅遮盖：隐藏各窗口的姓名和证件")
        self.answered = button("支援已到场", self._answered)
        self._helps: tuple[Word, ...] = ()
        self._holds = False
        head = QWidget()
        flow = FlowLayout(head, 8)
        for one in (self.cover, self.answered, button("返回 Esc", partial(model.go, aside=""))):
            flow.addWidget(one)
        page = column(self, (20, 16, 18, 14), 10)
        for part in (self._title, head, self._words):
            page.addWidget(part)
        page.addWidget(self._stack, 1)

    @property
    def panel(self) -> Panel:
        """What is shown now."""
        return self.sorting if self._holds else self.after

    def draw(self, view: VisitView) -> None:
        """Draw what holds in the hall."""
        now = view.hall_now
        self._helps = now.helps
        put_text(self.cover, "解除全厅遮盖" if now.cover is not None else "全厅遮盖")
        show(self.answered, bool(now.helps))
        holds = now.outage is not None
        title = f"停机公告中，{now.outage.at[11:16]} 起" if now.outage is not None else "停机与应急"
        put_text(self._title, title)
        show(self._words, holds and not is_tight(self))
        if holds != self._holds:
            self._holds = holds
            self._stack.setCurrentWidget(self.panel)
            self.panel.fetch()

    def enter(self) -> None:
        """Ask anew."""
        self._stack.setCurrentWidget(self.panel)
        self.panel.fetch()

    def step(self, by: int) -> bool:
        """Enter: where the line leads, else the next one."""
        return self.panel.step(by) or super().step(by)

    def _cover(self) -> None:
        self.model.do("cover_hall", self.model.view.hall_now.cover is None)

    def _answered(self) -> None:
        if self._helps:
            self.model.do("emergency_answered", self._helps[0].id, "已到场处置")


PAGE = Page("outage", "停机与应急", OutagePage)
