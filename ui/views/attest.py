"""不识字: what is to be signed is read aloud, two of the staff see it, then the finger is pressed."""

from __future__ import annotations

from functools import partial

from counter_app.services.visit_view import CaseView, VisitView
from ui.registry import Page
from ui.viewmodels.citizen import check_lines
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, put_text, show
from ui.widgets.staff_page import StaffPage

UNDER = "以上内容我已核对，情况属实。"
WORDS = "请把下面的内容逐项念给群众听；听明白后按指印，由两名工作人员见证，经办人可以是其中一人。"


class AttestPage(StaffPage):
    """The text to read, two staff numbers, and the finger where this desk has a reader for it."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "不识字：念读、见证、按指印", WORDS)
        self.first, self.second = self.staff("见证人", "第一位见证人的工号", "另一位见证人的工号")
        self.aloud = button("机器朗读", self._read)
        self.go = button("已念读，两人见证", self._go, "primary")
        self.close_with(self.go, self.aloud)

    def draw(self, view: VisitView) -> None:
        """The text, as it will be read."""
        if view.case is not None:
            put_text(self.said, to_read(view, view.case))
        show(self.aloud, self.model.counter.can("say"))

    def enter(self) -> None:
        """What is to be read stands there at once."""
        super().enter()
        self.draw(self.model.view)

    def _read(self) -> None:
        view = self.model.view
        if view.case is not None:
            call = partial(self.model.counter.read_aloud, to_read(view, view.case).replace("\n", "。"))
            self.model.jobs.aside(call)

    def _go(self) -> None:
        self.model.do("attest", self.numbers(), UNDER, then=self._attested)

    def _attested(self, view: VisitView) -> None:
        names = "、".join(view.case.witnesses) if view.case is not None else ""
        has_reader = self.model.counter.can("finger")
        ink = "" if has_reader else "单据打印后，请群众用印泥按指印，见证人签字。"
        self.done("已记下念读和见证", f"{names}。{ink}")(view)
        if has_reader:
            self.model.act.emit("finger")


def to_read(view: VisitView, case: CaseView) -> str:
    """Everything the citizen agrees to, one line each, and the sentence the finger stands under."""
    lines = (f"{name}：{value}" for name, value in check_lines(view, case))
    return "\n".join([f"您办理的是：{case.name}", *lines, UNDER])


PAGE = Page("attest", "不识字", AttestPage)
