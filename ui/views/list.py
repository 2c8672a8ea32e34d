"""批量名单: an employer's or a village's file is judged, looked at, and accepted as one."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from counter_app.services.batch_accept import BatchDone
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.viewmodels.lists import found_lines, headline
from ui.widgets.basic import button, column, is_tight, label, row, show
from ui.widgets.editors import TextEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.page import PageWidget, scrolled
from ui.widgets.takes_file import TakesFile

WORDS = (
    "先核验名单经办人；单位的名单，还须先加单位并填经办人。文件为 .xlsx 或 .csv，可拖到这里。"
    "受理即确认名单所需材料已随名单收齐。"
)


class ListPage(TakesFile, PageWidget):
    """Two lines to fill, one button to judge, one to accept what is good."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self.type_ = _edit("名单事项", "事项代码或名称，如 CB05")
        self.file = _edit("名单文件", "文件的完整路径")
        self.judged: BatchDone | None = None
        self.check_button = button("检查名单", self.check, "primary")
        self.accept_button = button("受理", self.accept)
        self.accept_button.setEnabled(False)
        self.head, self.found = label("", "h3", wrap=True), label("", "soft", wrap=True)
        self._words = label(WORDS, "soft", wrap=True)
        self.setAcceptDrops(True)
        self._lay_out()

    def _lay_out(self) -> None:
        page = column(self, (20, 16, 18, 14), 12)
        page.addWidget(label("批量名单受理", "h2"))
        page.addWidget(self._words)
        for words, edit in (("事项", self.type_), ("文件", self.file)):
            line = row(gap=8)
            line.addWidget(label(words, "label"))
            line.addWidget(edit, 1)
            page.addLayout(line)
        actions = QWidget()
        flow = FlowLayout(actions, 8)
        for one in (self.check_button, self.accept_button):
            flow.addWidget(one)
        flow.addWidget(button("返回 Esc", partial(self.model.go, aside="")))
        page.addWidget(actions)
        page.addWidget(self.head)
        page.addWidget(scrolled(self.found, "名单的问题"), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words give way where text is large and the window small."""
        super().resizeEvent(event)
        show(self._words, not is_tight(self))

    def enter(self) -> None:
        """The matter can be typed at once."""
        self.type_.setFocus()

    def step(self, by: int) -> bool:
        """Enter on the file judges it."""
        if by > 0 and self.file.hasFocus() and self.file.text().strip():
            self.check()
            return True
        return super().step(by)

    def check(self) -> None:
        """Judge the file; nothing is written down."""
        self.accept_button.setEnabled(False)
        self.judged = None
        self.model.check_list(self.type_.text(), self.file.text(), self._checked)

    def accept(self) -> None:
        """Accept the good rows, once."""
        if self.judged is not None:
            judged, self.judged = self.judged, None
            self.accept_button.setEnabled(False)
            self.model.accept_list(judged, self._accepted)

    def _checked(self, done: BatchDone) -> None:
        self.judged = done
        self._say(done)
        self.accept_button.setEnabled(bool(done.checked.good))

    def _accepted(self, done: BatchDone) -> None:
        self._say(done)
        self.model.do("view")

    def _say(self, done: BatchDone) -> None:
        self.head.setText(headline(done))
        self.found.setText("\n".join(found_lines(done)))


def _edit(name: str, hint: str) -> TextEdit:
    made = TextEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


PAGE = Page("list", "批量名单", ListPage)
