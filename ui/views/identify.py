"""核身: somebody is at the window, and we do not know yet who."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from counter_app.services.visit_view import VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column, label, put_text, show
from ui.widgets.flow import FlowLayout
from ui.widgets.page import PageWidget, scrolled
from ui.widgets.ways import Ways
from ui.words import KLASS, say


class IdentifyPage(PageWidget):
    """Card, code or number; or send the number back to the line."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self._title = label("", "h1", wrap=True)
        self._note = label("", "soft", wrap=True)
        self._ways = Ways(model)
        self._recall = button("复呼", partial(model.do, "recall"))
        self._miss = button("过号", partial(model.do, "miss"), name="过号：叫了没有来")
        self._park = button("暂缓", partial(model.do, "park", "材料未齐"), name="暂缓：请群众稍后再来")
        self._build()

    def _build(self) -> None:
        page = column(self, (20, 16, 18, 14), 12)
        page.addWidget(self._title)
        page.addWidget(self._note)
        inside = QWidget()
        below = column(inside, (0, 0, 6, 0), 12)
        below.addWidget(self._ways)
        below.addStretch(1)
        page.addWidget(scrolled(inside, "核身"), 1)
        actions = QWidget()
        line = FlowLayout(actions, 8)
        for made in (
            self._recall,
            self._miss,
            self._park,
            button("新生儿（没有证件号）", partial(self.model.do, "add_child", "")),
            button("挂起 Ctrl+H", partial(self.model.act.emit, "hold")),
            button("结束本号 Ctrl+Shift+H", partial(self.model.act.emit, "finish")),
        ):
            line.addWidget(made)
        page.addWidget(actions)

    def draw(self, view: VisitView) -> None:
        """Draw the number at the window."""
        ticket = view.ticket
        put_text(self._title, f"{ticket.number} 号请到 {view.window} 号窗口" if ticket else "请核验身份")
        klass = say(KLASS, ticket.klass) if ticket else ""
        note = "　".join(part for part in (klass, ticket.note if ticket else "") if part)
        put_text(self._note, note or "请插卡、扫医保码，或输入证件号码。")
        for made in (self._recall, self._miss, self._park):
            show(made, ticket is not None)

    def enter(self) -> None:
        """The number can be typed at once."""
        self._ways.certno.setFocus()

    def step(self, by: int) -> bool:
        """Enter on a number looks it up."""
        return (by > 0 and self._ways.leave_number()) or super().step(by)


PAGE = Page("identify", "核身", IdentifyPage)
