"""One row of a form: its words, its editor and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from counter_app.services.visit_view import FieldView, ProblemView
from ui.viewmodels.edits import Call, PendingEdit
from ui.viewmodels.form import ASK, call_for, choices_of, problem_line
from ui.widgets.basic import column, label, put_text, row, show, style
from ui.widgets.editors import TextEdit
from ui.widgets.slot import Slot, make_editor
from ui.words import SOURCE, say


class FieldLabel(QWidget):
    """The words before an editor, with the digit that Alt jumps by."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "label", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.digit = label("", "small")
        self.digit.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._line = row(self, (0, 5, 0, 0), 3)
        self._line.addWidget(self.words, 1)
        self._line.addWidget(self.digit, 0, Qt.AlignmentFlag.AlignVCenter)

    def to_left(self) -> None:
        """Stand above or before the editors instead of at their side."""
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._line.removeWidget(self.digit)
        self._line.insertWidget(0, self.digit)

    def put(self, field: FieldView, nth: int) -> None:
        """Words, a star when required, and the digit of the first nine."""
        put_text(self.words, ("＊" if field.required else "") + field.label)
        put_text(self.digit, str(nth) if 1 <= nth <= 9 else " ")


class ProblemLine(QLabel):
    """What is wrong, under its editor; hidden when nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "problem")
        self.setWordWrap(True)
        self.hide()

    def put(self, problem: ProblemView | None, doubt: str = "") -> None:
        """Say it, and what the citizen pointed at, or nothing."""
        said = [f"✕ {problem_line(problem)}" if problem else "", f"▲ {doubt}，请问清后改" if doubt else ""]
        put_text(self, "\n".join(filter(None, said)))
        show(self, any(said))


class FieldRow(QObject):
    """A row with one editor."""

    typed = Signal()
    left = Signal(object)
    entered = Signal(object)

    def __init__(self, field: FieldView, call: Callable[[str, str], Call] = call_for) -> None:
        super().__init__()
        self.key = field.key
        self.field = field
        self.title = FieldLabel()
        self.body = QWidget()
        self.slot = Slot(make_editor(field), partial(call, field.key), self)
        self.problem = ProblemLine()
        self.whole_line = field.key.startswith(ASK)
        stack = column(self.body, gap=2)
        if self.whole_line:
            self.title.to_left()
            line = row(gap=10)
            line.addWidget(self.title, 1)
            line.addWidget(self.slot.editor, 0)
            self.slot.editor.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            stack.addLayout(line)
        else:
            stack.addWidget(self.slot.editor)
        stack.addWidget(self.problem)

    @property
    def editors(self) -> tuple[QWidget, ...]:
        """The editors of this row in the order of Enter."""
        return (self.slot.editor,)

    def update(self, field: FieldView, problems: tuple[ProblemView, ...]) -> None:
        """Show a snapshot's row; only what differs is touched."""
        self.field = field
        editor = self.slot.editor
        editor.set_choices(choices_of(field))
        self.slot.show(field.value, field.display)
        editor.setReadOnly(not field.editable)
        if isinstance(editor, TextEdit):
            editor.set_tag(say(SOURCE, field.source) if field.value else "")
        name = field.label + ("，必填" if field.required else "")
        if editor.accessibleName() != name:
            editor.setAccessibleName(name)
        self._show_problem(field.problem)

    def pending(self) -> list[PendingEdit]:
        """Text to hand over."""
        return self.slot.pending()

    def release(self) -> None:
        """Let snapshots show again."""
        self.slot.release()

    def focus(self, place: str = "") -> None:
        """Go to the editor."""
        self.slot.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def free(self) -> None:
        """Give the widgets back."""
        self.slot.editor.let_go()
        for widget in (self.title, self.body):
            widget.hide()
            widget.deleteLater()
        self.deleteLater()

    def _show_problem(self, problem: ProblemView | None) -> None:
        if problem is not None and self.slot.state.editing and self.problem.isHidden():
            return  # half-typed: say it when the editor is left
        doubt = self.field.doubt
        self.problem.put(problem, doubt)
        style(self.slot.editor, bad=problem is not None or bool(doubt))
        words = "，".join(filter(None, (problem_line(problem) if problem else "", doubt)))
        if isinstance(self.slot.editor, TextEdit) and words:
            self.slot.editor.setAccessibleDescription(words)

    def slot_typed(self) -> None:
        """The clerk changed the text."""
        self.typed.emit()

    def slot_left(self) -> None:
        """The editor lost the focus: what is wrong may be said now."""
        self._show_problem(self.field.problem)
        self.left.emit(self)

    def slot_entered(self) -> None:
        """The editor got the focus."""
        self.entered.emit(self)
