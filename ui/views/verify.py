"""核实待核: what was accepted offline has been compared with the hub; it agrees, or it does not, and why."""

from __future__ import annotations

from functools import partial

from counter_app.services.visit_view import VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.ask_page import AskPage
from ui.widgets.basic import button

WORDS = (
    "线路恢复后，请对照联网信息看这一件：与受理时所见一致的，按“一致”，待核标志即消除；"
    "不一致的写明情况，按“不一致”，这一件仍列为待核，更正后再核。"
)
COMMON = ("参保状态与受理时不同", "待遇资格与受理时不同", "已在其他渠道办理", "人员信息不符")


class VerifyPage(AskPage):
    """Two answers; neither of them by one key alone."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "核实待核", WORDS)
        self.why = self.line("情况", "不一致的情况", "一致的不必填写；不一致的须写明")
        self.common(COMMON, self.why)
        self.agrees = button("一致", partial(self._say, True), "primary", "核实结果：一致")
        self.differs = button("不一致", partial(self._say, False), name="核实结果：不一致")
        self.close_with(self.agrees, self.differs)

    def draw(self, view: VisitView) -> None:
        """Draw which case is meant."""
        wish = self.model.wish
        self.name_it(f"核实待核：{wish.about}　{wish.subject}")

    def enter(self) -> None:
        """Start with what differs."""
        self.why.clear()
        super().enter()

    def step(self, by: int) -> bool:
        """Enter on the line goes to the answer that fits it."""
        if by > 0 and self.why.hasFocus():
            (self.differs if self.why.text().strip() else self.agrees).setFocus()
            return True
        return super().step(by)

    def _say(self, agrees: bool) -> None:
        told = self.done("已核实，一致" if agrees else "已记录不一致，仍列为待核", self.model.wish.subject)
        self.model.do("verify", agrees, self.why.text(), self.model.wish.subject, then=told)


PAGE = Page("verify", "核实待核", VerifyPage)
