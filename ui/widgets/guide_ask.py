"""What the guide desk asks before it does something: rows of choices, one line, one button."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from ui.viewmodels.guide import Ask, AskRow, GuideModel
from ui.widgets.basic import button, column, empty, label, row
from ui.widgets.editors import TextEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.page import scrolled


class ChoiceRow(QWidget):
    """One line of buttons: digits press, arrows walk, one of them or any number."""

    def __init__(self, ask: AskRow) -> None:
        super().__init__()
        self.key, self._several = ask.key, ask.several
        self._codes = [code for code, _ in ask.choices]
        first = ask.chosen or (() if ask.several or not ask.choices else (ask.choices[0][0],))
        flow = FlowLayout(self, 6)
        self.buttons: list[QPushButton] = []
        for n, (code, words) in enumerate(ask.choices, 1):
            one = button(f"{n} {words}" if n < 10 else words, None, "toggle", words)
            one.setCheckable(True)
            one.setChecked(code in first)
            one.clicked.connect(partial(self._pressed, one))
            flow.addWidget(one)
            self.buttons.append(one)
        self.setAccessibleName(ask.title)

    def _pressed(self, one: QPushButton) -> None:
        if not self._several:
            for other in self.buttons:
                other.setChecked(other is one)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The codes that are pressed."""
        return tuple(code for code, one in zip(self._codes, self.buttons, strict=True) if one.isChecked())

    def digit(self, number: int) -> bool:
        """Press the button with a digit; tells whether there is one."""
        if 1 <= number <= len(self.buttons):
            self.buttons[number - 1].click()
            return True
        return False


class AskPanel(QFrame):
    """Shown while something is asked. Enter in the line, or F10, does it; Esc takes it back."""

    def __init__(self, model: GuideModel) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName("要做的事")
        self._model = model
        whole = column(self, (16, 14, 8, 14), 10)
        inside = QWidget()
        self._page = column(inside, (0, 0, 8, 0), 10)
        whole.addWidget(scrolled(inside, "要选的和要写的"), 1)
        self._go = row(gap=8)
        whole.addLayout(self._go)
        self.rows: list[ChoiceRow] = []
        self.line: QLineEdit | None = None
        self.number: QLineEdit | None = None
        model.ask_changed.connect(self.draw)
        self.hide()

    def draw(self) -> None:
        """Draw what is asked now, and let the first choice have the keys."""
        empty(self._page)
        empty(self._go)
        self.rows, self.line, self.number = [], None, None
        ask = self._model.ask
        self.setVisible(ask is not None)
        if ask is None:
            return
        self._page.addWidget(label(ask.title, "h2", wrap=True))
        for one in ask.rows:
            self._page.addWidget(label(one.title, "group"))
            made = ChoiceRow(one)
            self.rows.append(made)
            self._page.addWidget(made)
        if ask.number:
            self._page.addWidget(label(ask.number, "group", wrap=True))
            self.number = TextEdit()
            self.number.setAccessibleName("身份证号")
            self.number.returnPressed.connect(self.confirm)
            self._page.addWidget(self.number)
        if ask.text:
            self._put_line(ask)
        self._page.addStretch(1)
        self._go.addWidget(button("返回 Esc", self._model.put_aside))
        self._go.addStretch(1)
        self._go.addWidget(button(f"{ask.go} F10", self.confirm, "primary"))
        self.enter()

    def _put_line(self, ask: Ask) -> None:
        self._page.addWidget(label(ask.text, "group", wrap=True))
        line = TextEdit()
        line.setAccessibleName(ask.text)
        line.put(ask.value)
        line.returnPressed.connect(self.confirm)
        self._page.addWidget(line)
        self.line = line
        if ask.hints:
            box = QWidget()
            flow = FlowLayout(box, 6)
            for words in ask.hints:
                flow.addWidget(button(words, partial(self._fill, words)))
            self._page.addWidget(box)

    def _fill(self, words: str) -> None:
        if self.line is not None:
            self.line.setText(words)
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """The keys go to the first row, else to the line."""
        first = self.rows[0].buttons[0] if self.rows and self.rows[0].buttons else self.line
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Do it."""
        answers = {one.key: one.chosen for one in self.rows}
        if self.number is not None:
            answers["number"] = (self.number.text(),)
        self._model.confirm(answers, self.line.text() if self.line is not None else "")

    def digit(self, number: int, focus: QWidget | None) -> bool:
        """A digit presses in the row that has the keys."""
        at = next((one for one in self.rows if focus is not None and one.isAncestorOf(focus)), None)
        return at is not None and at.digit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk between the buttons as Tab does."""
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)
