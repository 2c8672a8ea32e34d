"""约上门办理的事项: from an accepted 上门服务预约, what is to be done there, and who goes."""

from __future__ import annotations

from counter_app.services.visit_view import VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.ask_page import AskPage
from ui.widgets.basic import button

WORDS = "先受理上门服务预约（FW09），再在这里约定上门办什么；一次约一项，上门的日期和地址随预约单。"


class BookVisitPage(AskPage):
    """Number, matter, two staff numbers; more than one matter, one after the other."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "约上门办理的事项", WORDS)
        self.number = self.line("预约单号", "上门服务预约的受理号", "已受理的上门服务预约的受理号")
        self.matter = self.line("事项", "上门办理的事项", "事项代码或名称，如 YD01")
        self.first, self.second = self.staff()
        self.book = button("约定", self._book, "primary", "约定上门办理的事项")
        self.close_with(self.book)

    def enter(self) -> None:
        """The booking in hand is meant, if there is one."""
        super().enter()
        self.number.setText(self.model.wish.subject)
        self.matter.clear()
        self.first.setText(self.model.view.clerk_no)
        self.second.clear()
        (self.matter if self.number.text() else self.number).setFocus()

    def step(self, by: int) -> bool:
        """Enter goes line by line to the button."""
        if by > 0 and self.second.hasFocus():
            self.book.setFocus()
            return True
        return super().step(by)

    def _book(self) -> None:
        staff = (self.first.text(), self.second.text())
        self.model.do("book_visit", self.number.text(), self.matter.text(), staff, then=self._booked)

    def _booked(self, view: VisitView) -> None:
        self.said.setText(f"✓ 已约定：{self.matter.text()}。还有别的事项的，接着填写；列在外来件单上。")
        self.matter.clear()
        self.matter.setFocus()


PAGE = Page("book_visit", "约上门", BookVisitPage)
