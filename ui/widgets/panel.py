"""One part of a page that asks the counter something and draws the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column, empty, is_tight, label, row, show, style
from ui.widgets.editors import TextEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.page import scrolled

T = TypeVar("T")
_PROOF = (("另一人口令", "请其本人输入"), ("动态码", "没有的不填"))


class Panel(QWidget):
    """A list that scrolls, and below it the few lines that are filled in."""

    def __init__(self, model: DeskModel, name: str) -> None:
        super().__init__()
        self.model = model
        inside = QWidget()
        self.rows: QVBoxLayout = column(inside, (0, 0, 6, 0), 4)
        self.below = QWidget()
        self.foot: QVBoxLayout = column(self.below, gap=8)
        page = column(self, gap=8)
        self.area = scrolled(inside, name)
        self.area.setMinimumHeight(1)
        page.addWidget(self.area, 1)
        page.addWidget(self.below)
        self._spare: list[QWidget] = []
        self._proof: tuple[TextEdit, ...] = ()
        self._leads: dict[TextEdit, QWidget] = {}

    def fetch(self) -> None:
        """Ask anew what there is to draw."""

    def first(self) -> None:
        """Put the focus where the clerk begins."""

    def ask(self, call: Callable[[], T], then: Callable[[T], None]) -> None:
        """Ask on the services lane."""
        self.model.flush()
        self.model.jobs.run(call, then)

    def order(self, call: Callable[[], T], then: Callable[[T], None]) -> None:
        """Ask for something to be done: what was refused before is no longer said."""
        self.model.notices.clear()
        self.ask(call, then)

    def leads(self, edit: TextEdit, act: QWidget | None) -> None:
        """Where Enter goes from a line: past the lines beside it, to its own act; None: to the next."""
        self._leads.pop(edit, None)
        if act is not None:
            self._leads[edit] = act

    def signs(self, edit: TextEdit, act: QWidget) -> None:
        """The same from who signs second: where people sign in, by their password and code."""
        is_proven = self.model.view.session.is_secured
        self.leads(edit, self._proof[0] if is_proven else act)
        self.leads(self._proof[-1], act)

    def step(self, by: int) -> bool:
        """Enter: from a line to where it leads; tells whether it led anywhere."""
        found = next((act for edit, act in self._leads.items() if edit.hasFocus()), None)
        if by < 0 or found is None:
            return False
        found.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def clear(self) -> None:
        """Take every row out."""
        empty(self.rows)

    def end(self) -> None:
        """No more rows: the rest of the room stays below them."""
        self.rows.addStretch(1)

    def to_top(self) -> None:
        """Show the first row: what matters now stands there."""
        self.area.verticalScrollBar().setValue(0)

    def say(self, words: str, role: str = "label") -> None:
        """One line of text as a row."""
        made = label(words, role, wrap=True)
        self.rows.addWidget(made)

    def edits(self, *given: tuple[str, str]) -> tuple[TextEdit, ...]:
        """Editors beside each other, each with its words and its hint."""
        across = row(gap=8)
        made = tuple(_edit(across, *one) for one in given)
        self.foot.addLayout(across)
        return made

    def seconds(self) -> None:
        """Password and code of whoever signs beside the clerk; asked only where people sign in."""
        box = QWidget()
        across = row(box, gap=8)
        self._proof = tuple(_edit(across, *one) for one in _PROOF)
        self._proof[0].setEchoMode(QLineEdit.EchoMode.Password)
        self.foot.addWidget(box)
        show(box, self.model.view.session.is_secured)

    def ask_two(self, who: TextEdit, call: Callable[[], T], then: Callable[[T], None]) -> None:
        """Ask for what two people sign: the second one signs in first, where people sign in."""
        second = who.text()
        if not second.strip():
            who.setFocus()  # the refusal says what is missing, and it can be typed at once
        password, code = (edit.text() for edit in self._proof)
        for edit in self._proof:
            edit.clear()
        visit = self.model.counter.visit
        is_proven = self.model.view.session.is_secured

        def both() -> T:
            if is_proven and second.strip():
                visit.sign_second(second, password, code)
            return call()

        self.order(both, then)

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


def _edit(across: QHBoxLayout, words: str, hint: str) -> TextEdit:
    across.addWidget(label(words, "label"))
    edit = TextEdit()
    edit.setAccessibleName(words)
    edit.setPlaceholderText(hint)
    across.addWidget(edit, 1)
    return edit


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
