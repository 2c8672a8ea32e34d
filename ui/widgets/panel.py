"""One part of a page that asks the counter something and draws the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column, empty, is_tight, label, row, show, style
from ui.widgets.editors import TextEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.page import scrolled

T = TypeVar("T")


class Panel(QWidget):
    """A list that scrolls, and below it the few lines that are filled in."""

    def __init__(self, model: DeskModel, name: str) -> None:
        super().__init__()
        self.model = model
        inside = QWidget()
        self.rows: QVBoxLayout = column(inside, (0, 0, 6, 0), 4)
        self.foot: QVBoxLayout = column(gap=8)
        page = column(self, gap=8)
        area = scrolled(inside, name)
        area.setMinimumHeight(1)
        page.addWidget(area, 1)
        page.addLayout(self.foot)
        self._spare: list[QWidget] = []

    def fetch(self) -> None:
        """Ask anew what there is to draw."""

    def first(self) -> None:
        """Put the focus where the clerk begins."""

    def ask(self, call: Callable[[], T], then: Callable[[T], None]) -> None:
        """Ask on the services lane."""
        self.model.flush()
        self.model.jobs.run(call, then)

    def clear(self) -> None:
        """Take every row out."""
        empty(self.rows)

    def end(self) -> None:
        """No more rows: the rest of the room stays below them."""
        self.rows.addStretch(1)

    def say(self, words: str, role: str = "label") -> None:
        """One line of text as a row."""
        made = label(words, role, wrap=True)
        self.rows.addWidget(made)

    def edits(self, *given: tuple[str, str]) -> tuple[TextEdit, ...]:
        """Editors beside each other, each with its words and its hint."""
        across, made = row(gap=8), []
        for words, hint in given:
            across.addWidget(label(words, "label"))
            edit = TextEdit()
            edit.setAccessibleName(words)
            edit.setPlaceholderText(hint)
            across.addWidget(edit, 1)
            made.append(edit)
        self.foot.addLayout(across)
        return tuple(made)

    def acts(self, *given: QWidget) -> None:
        """Buttons in a line that breaks where it is narrow."""
        box = QWidget()
        flow = FlowLayout(box, 8)
        for one in given:
            flow.addWidget(one)
        self.foot.addWidget(box)

    def hint(self, words: str) -> None:
        """A sentence that gives way where text is large and the window small."""
        made = label(words, "soft", wrap=True)
        self._spare.append(made)
        self.foot.insertWidget(0, made)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Only the needful where it is tight."""
        super().resizeEvent(event)
        for part in self._spare:
            show(part, not is_tight(self))


def listed(sign: str, words: str, more: str, *acts: QWidget) -> QWidget:
    """One row of a list: a sign, what it is, what there is to say, and what may be done."""
    box = QWidget()
    across = row(box, (0, 2, 0, 2), 8)
    mark = label(f"{sign} {words}", "strong")
    style(mark, role="problem" if sign == "✕" else "strong")
    mark.setMinimumWidth(box.fontMetrics().height() * 9)
    across.addWidget(mark)
    across.addWidget(label(more, "soft", wrap=True), 1)
    for act in acts:
        across.addWidget(act)
    return box


__all__ = ["Panel", "button", "listed"]
