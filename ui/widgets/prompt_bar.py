"""A question of the visit, drawn in the work area and answered by a digit; never a dialog."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QWidget

from counter_app.services.visit_view import PromptView
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column, empty, held_by, label, put_text, row, show, style
from ui.widgets.flow import FlowLayout
from ui.widgets.portrait import Portrait
from ui.words import OPTIONS, PROMPTS, SEX, say

SETTLE_MS = 60  # a scanner's digits come faster than this; a finger's do not


class PromptBar(QFrame):
    """The question, whom it is about, and its numbered answers."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self._model = model
        self._prompt: PromptView | None = None
        self.setProperty("band", "warn")
        self._portrait = Portrait(108)
        self._title = label("", "h3", wrap=True)
        self._words = label("", "label", wrap=True)
        self._box = QWidget()
        self._answers = FlowLayout(self._box, 8)
        line = row(self, (14, 10, 12, 10), 12)
        line.addWidget(self._portrait)
        stack = column(gap=6)
        stack.addWidget(self._title)
        stack.addWidget(self._words)
        stack.addWidget(self._box)
        line.addLayout(stack, 1)
        self._digits: list[int] = []
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._settled)
        self.hide()

    def put(self, prompt: PromptView | None) -> bool:
        """Show a question; tells whether it is a new one."""
        if prompt == self._prompt:
            return False
        self._prompt = prompt
        show(self, prompt is not None)
        empty(self._answers)
        if prompt is None:
            return False
        title, words = PROMPTS.get(prompt.kind, (prompt.kind, ""))
        put_text(self._title, title)
        put_text(self._words, "　".join(part for part in (_about(prompt), prompt.detail, words) if part))
        show(self._portrait, prompt.person is not None or bool(prompt.photo))
        self._portrait.put(prompt.photo or (prompt.person.photo if prompt.person else ""))
        style(self, band="info" if prompt.kind in ("witness", "resume", "leave") else "warn")
        for nth, option in enumerate(prompt.options, 1):
            made = button(f"{nth}　{say(OPTIONS, option)}", partial(self._answer, option), "choice")
            self._answers.addWidget(made)
            if nth == 1 and not self._model.is_finding:
                QTimer.singleShot(0, made, made.setFocus)
        return True

    @property
    def is_settling(self) -> bool:
        """Whether a digit was just pressed that may yet be the first of a scanner's burst."""
        return self._settle.isActive()

    def enter(self) -> None:
        """Stand on the first answer, when what kept the focus from it has gone."""
        for first in held_by(self._answers)[:1]:
            first.setFocus()

    def digit(self, number: int) -> bool:
        """A digit answers, unless it is one of a scanner's burst."""
        if self._prompt is None:
            return False
        self._digits.append(number)
        self._settle.start()
        return True

    def _settled(self) -> None:
        digits, self._digits = self._digits, []
        if self._prompt is not None and len(digits) == 1 and 1 <= digits[0] <= len(self._prompt.options):
            self._answer(self._prompt.options[digits[0] - 1])

    def _answer(self, option: str) -> None:
        self._model.do("answer", option)


def _about(prompt: PromptView) -> str:
    person = prompt.person
    if person is None:
        return ""
    parts = [
        person.name,
        say(SEX, person.gend),
        f"{person.age} 岁" if person.age is not None else "",
        person.certno,
    ]
    return " ".join(part for part in parts if part)
