"""选事项: the person is known; what did they come for?"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from counter_app.services.visit_view import ChoiceView, VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column, is_tight, label, put_text, show
from ui.widgets.flow import FlowLayout
from ui.widgets.page import PageWidget, scrolled


class ChoosePage(PageWidget):
    """What this clerk opens most, by digit; everything else by F2."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self._offered: tuple[ChoiceView, ...] = ()
        self._buttons: list[QPushButton] = []
        self._title = label("", "h1", wrap=True)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setSpacing(8)
        self._spare = (
            button("挂起 Ctrl+H", partial(model.act.emit, "hold")),
            button("结束本号 Ctrl+Shift+H", partial(model.act.emit, "finish")),
        )
        self._find = button("找其他事项　F2", partial(model.act.emit, "add_case"), "primary")
        page = column(self, (20, 16, 18, 14), 12)
        page.addWidget(self._title)
        self._hint = label("按数字直接打开；其他事项按 F2，输入首字母、代码或文字。", "soft", wrap=True)
        page.addWidget(self._hint)
        page.addWidget(scrolled(inside, "常办事项"), 1)
        actions = QWidget()
        line = FlowLayout(actions, 8)
        for made in (
            self._find,
            button("新生儿（没有证件号）", partial(model.do, "add_child", "")),
            *self._spare,
        ):
            line.addWidget(made)
        page.addWidget(actions)

    def draw(self, view: VisitView) -> None:
        """Draw what is offered."""
        person = next((p for p in view.principals if p.key == view.current_principal), None)
        put_text(self._title, f"{person.name or '来人'} 要办什么？" if person else "要办什么？")
        for part in (self._hint, *self._spare):
            show(part, not is_tight(self))
        if view.suggestions != self._offered:
            self._offered = view.suggestions
            self._draw()

    def enter(self) -> None:
        """Stand on the first offer."""
        (self._buttons[0] if self._buttons else self._find).setFocus(Qt.FocusReason.OtherFocusReason)

    def digit(self, number: int) -> bool:
        """Open the nth offer."""
        if not 1 <= number <= len(self._offered):
            return False
        return self.model.do("open_case", self._offered[number - 1].code)

    def _draw(self) -> None:
        for old in self._buttons:
            self._grid.removeWidget(old)
            old.deleteLater()
        self._buttons = []
        for nth, offer in enumerate(self._offered):
            made = button(f"{nth + 1}　{offer.label}", partial(self.model.do, "open_case", offer.code), "big")
            made.setToolTip(offer.hint)
            made.setAccessibleName(f"{offer.label}，{offer.code}")
            self._buttons.append(made)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One or two columns."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        widest = max((made.sizeHint().width() for made in self._buttons), default=0)
        columns = 2 if widest * 2 + 70 <= self.width() else 1
        for nth, made in enumerate(self._buttons):
            self._grid.addWidget(made, nth // columns, nth % columns)
        self._grid.setRowStretch(len(self._buttons) + 1, 1)


PAGE = Page("choose", "选事项", ChoosePage)
