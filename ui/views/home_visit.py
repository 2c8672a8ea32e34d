"""上门服务: who goes, before the first card is read at the door."""

from __future__ import annotations

from counter_app.services.visit_view import VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button
from ui.widgets.staff_page import StaffPage

WORDS = (
    "上门须两人同行。开始后，按 Ctrl+K 输入 < 取预约的事项，或直接为来人办理；每件都会记下上门和同行人员。"
)


class HomeVisitPage(StaffPage):
    """Two staff numbers side by side with the button that begins."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "开始上门服务", WORDS)
        self.first, self.second = self.staff()
        self.go = button("开始上门服务", self._go, "primary")
        self.close_with(self.go)

    def _go(self) -> None:
        self.model.do("start_home_visit", self.numbers(), then=self._begun)

    def _begun(self, view: VisitView) -> None:
        self.done("上门服务已开始", "读卡或扫医保码；取预约的事项，按 Ctrl+K 输入 <。")(view)


PAGE = Page("home_visit", "上门服务", HomeVisitPage)
