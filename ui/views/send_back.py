"""退回外来件: a case that began elsewhere goes back with a reason, and is over."""

from __future__ import annotations

from counter_app.services.visit_view import VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.ask_page import AskPage
from ui.widgets.basic import button

WORDS = "理由会告知申请人和发送单位。退回后不能再取；申请人可以更正后重新申报。"
COMMON = ("申报材料不全", "申报信息有误", "不属于本机构职权范围", "申请人要求撤回")


class SendBackPage(AskPage):
    """The reason first; the button that sends comes after it."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "退回外来件", WORDS)
        self.reason = self.line("理由", "退回的理由", "必填")
        self.common(COMMON, self.reason)
        self.send = button("退回", self._send, name="退回外来件")
        self.close_with(self.send)

    def draw(self, view: VisitView) -> None:
        """Draw which filing is meant."""
        self.name_it(f"退回外来件：{self.model.wish.about}")

    def enter(self) -> None:
        """Start with the reason."""
        self.reason.clear()
        super().enter()

    def step(self, by: int) -> bool:
        """Enter on a reason goes to the button."""
        if by > 0 and self.reason.hasFocus():
            self.send.setFocus()
            return True
        return super().step(by)

    def _send(self) -> None:
        told = self.done("外来件已退回", self.model.wish.about)
        self.model.do("send_back", self.model.wish.subject, self.reason.text(), then=told)


PAGE = Page("send_back", "退回外来件", SendBackPage)
