"""加一位办理对象: another person, an employer or a newborn in the same visit."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column, label
from ui.widgets.flow import FlowLayout
from ui.widgets.page import PageWidget, scrolled
from ui.widgets.ways import Ways


class AddPersonPage(PageWidget):
    """The same ways as for the first one."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self._ways = Ways(model)
        page = column(self, (20, 16, 18, 14), 12)
        page.addWidget(label("加一位办理对象", "h2"))
        page.addWidget(label("一个号可以替几位办，也可以同时办单位的事；上面可随时切换。", "soft", wrap=True))
        page.addWidget(scrolled(self._ways, "办理对象"), 1)
        actions = QWidget()
        line = FlowLayout(actions, 8)
        line.addWidget(button("返回 Esc", partial(model.go, aside=""), "primary"))
        line.addWidget(button("新生儿（没有证件号）", partial(model.do, "add_child", "")))
        page.addWidget(actions)

    def enter(self) -> None:
        """The number can be typed at once."""
        self._ways.certno.setFocus()

    def step(self, by: int) -> bool:
        """Enter on a number looks it up."""
        return (by > 0 and self._ways.leave_number()) or super().step(by)


PAGE = Page("add_person", "加一位办理对象", AddPersonPage)
