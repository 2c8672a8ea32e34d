"""A page that asks a few lines before something is done; the act itself is one of its buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column, is_tight, label, put_text, row, show
from ui.widgets.editors import TextEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.page import PageWidget, scrolled


class AskPage(PageWidget):
    """Title, a sentence, lines to fill, common answers, what came of it, buttons with 返回 last."""

    def __init__(self, model: DeskModel, title: str, words: str) -> None:
        super().__init__(model)
        self.title = label(title, "h2", wrap=True)
        self._words = label(words, "soft", wrap=True)
        self.edits: list[TextEdit] = []
        self.said = label("", "soft", wrap=True)
        self._page = column(self, (20, 16, 18, 14), 12)
        self._page.addWidget(self.title)
        self._page.addWidget(self._words)

    def line(self, words: str, name: str, hint: str, edit: TextEdit | None = None) -> TextEdit:
        """One line to fill."""
        made = edit or TextEdit()
        made.setAccessibleName(name)
        made.setPlaceholderText(hint)
        self.edits.append(made)
        across = row(gap=8)
        across.addWidget(label(words, "label"))
        across.addWidget(made, 1)
        self._page.addLayout(across)
        return made

    def common(self, answers: Sequence[str], edit: QLineEdit) -> None:
        """Answers that are given often, each a button that fills the line."""
        box = QWidget()
        flow = FlowLayout(box, 8)
        for words in answers:
            flow.addWidget(button(words, partial(self._fill, edit, words)))
        self._page.addWidget(box)

    def close_with(self, *acts: QPushButton) -> None:
        """What may be done, and the way back; below it nothing else."""
        self._page.addWidget(scrolled(self.said, "结果"), 1)
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
        put_text(self.title, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence gives way where text is large and the window small."""
        super().resizeEvent(event)
        show(self._words, not is_tight(self))

    def _fill(self, edit: QLineEdit, words: str) -> None:
        edit.setText(words)
        edit.setFocus()
