"""A page that asks a few lines before something is done; the act itself is one of its buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import Elided, button, column, is_tight, label, row, show
from ui.widgets.editors import TextEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.page import PageWidget, scrolled


class AskPage(PageWidget):
    """Title, a sentence, lines to fill, common answers, what came of it, buttons with 返回 last."""

    def __init__(self, model: DeskModel, title: str, words: str) -> None:
        super().__init__(model)
        self.title = Elided(title, "h2")
        self._words = label(words, "soft", wrap=True)
        self._spare: list[QWidget] = [self._words]
        self.edits: list[TextEdit] = []
        self.said = label("", "soft", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._page = column(self, (20, 16, 18, 14), 12)
        self._page.addWidget(self.title)
        self._page.addWidget(self._words)

    def line(self, words: str, name: str, hint: str, edit: TextEdit | None = None) -> TextEdit:
        """One line to fill."""
        made = edit or TextEdit()
        self._place(words, (made, name, hint))
        return made

    def staff(
        self, words: str = "上门人员", one: str = "第一位上门人员的工号", other: str = "同行人员的工号"
    ) -> tuple[TextEdit, TextEdit]:
        """Two staff numbers on one line: nobody goes alone, and nobody sees alone."""
        first, second = TextEdit(), TextEdit()
        self._place(words, (first, one, "工号"), (second, other, other))
        return first, second

    def _place(self, words: str, *given: tuple[TextEdit, str, str]) -> None:
        across = row(gap=8)
        across.addWidget(label(words, "label"))
        for edit, name, hint in given:
            edit.setAccessibleName(name)
            edit.setPlaceholderText(hint)
            self.edits.append(edit)
            across.addWidget(edit, 1)
        self._page.addLayout(across)

    def common(self, answers: Sequence[str], edit: QLineEdit) -> None:
        """Answers that are given often, each a button that fills the line."""
        box = QWidget()
        flow = FlowLayout(box, 8)
        for words in answers:
            flow.addWidget(button(words, partial(self._fill, edit, words)))
        self._page.addWidget(box)
        self._spare.append(box)

    def close_with(self, *acts: QPushButton) -> None:
        """What may be done, and the way back; below it nothing else."""
        below = scrolled(self.said, "结果")
        below.setMinimumHeight(1)  # it gives way first; what is in it can be scrolled
        self._page.addWidget(below, 1)
        box = QWidget()
        flow = FlowLayout(box, 8)
        for act in acts:
            flow.addWidget(act)
        flow.addWidget(button("返回 Esc", self.leave))
        self._page.addWidget(box)

    def enter(self) -> None:
        """Start with the first line; nothing is left of last time."""
        self.said.clear()
        self.edits[0].setFocus()

    def leave(self) -> None:
        """Back to where the clerk was."""
        self.model.go(aside="")

    def done(self, title: str, text: str = "") -> Callable[[object], None]:
        """What follows when the counter agreed: leave, and say so."""

        def leave(_: object) -> None:
            self.leave()
            self.model.notices.tell(title, text)

        return leave

    def name_it(self, words: str) -> None:
        """Say whom or what the page is about."""
        self.title.put(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentence and common answers give way where text is large and the window small."""
        super().resizeEvent(event)
        for part in self._spare:
            show(part, not is_tight(self))

    def _fill(self, edit: QLineEdit, words: str) -> None:
        edit.setText(words)
        edit.setFocus()
