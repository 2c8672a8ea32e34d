"""One editor tied to the visit: what is typed goes out, what comes back is shown, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt

from counter_app.services.visit_view import FieldView
from ui.viewmodels.edits import Call, PendingEdit
from ui.viewmodels.fieldstate import FieldState
from ui.viewmodels.form import PLACEHOLDERS, choices_of
from ui.widgets.choice import ChoiceEdit
from ui.widgets.editors import TextEdit
from ui.widgets.toggles import Toggles

Editor = TextEdit | Toggles
MANY = 8


class Row(Protocol):
    """What a slot tells its row; plain calls, because a form has hundreds of them."""

    def slot_typed(self) -> None:
        """The clerk changed the text."""

    def slot_left(self) -> None:
        """The editor lost the focus."""

    def slot_entered(self) -> None:
        """The editor got the focus."""


class Slot:
    """An editor with its state. `make_call` turns the text into the visit's verb."""

    def __init__(self, editor: Editor, make_call: Callable[[str], Call], row: Row) -> None:
        self.editor = editor
        self.state = FieldState()
        self._make_call = make_call
        self._row = row
        self._shown: tuple[str, str] | None = None
        editor.typed.connect(self._typed)
        editor.left.connect(self._left)
        editor.entered.connect(row.slot_entered)

    def show(self, value: str, display: str) -> None:
        """A snapshot's value; it waits while the clerk's own text is under way."""
        if self.state.may_show and self._shown != (value, display):
            self._shown = (value, display)
            self.editor.put(value, display)

    def pending(self) -> list[PendingEdit]:
        """The text to hand over, if any."""
        if self.editor.composing or not self.state.hand_over():
            return []
        self._shown = None
        return [PendingEdit(self._make_call(self.editor.value()), self.state.arrived, self.state.lost)]

    def release(self) -> None:
        """Let the next snapshot show its value."""
        self.state.release()
        self._shown = None if self.state.may_show else self._shown

    def _typed(self) -> None:
        self.state.type()
        self._row.slot_typed()

    def _left(self) -> None:
        self.state.release()
        self._row.slot_left()


def editor_kind(field: FieldView) -> str:
    """Which editor a field gets; a change of it makes a new row."""
    if field.type in ("table", "fold"):
        return field.type
    if field.type == "bool":
        return "one"
    if field.type == "multi_enum":
        return "many"
    return "choice" if choices_of(field) else "text"


def make_editor(field: FieldView) -> Editor:
    """The editor of a field."""
    kind = editor_kind(field)
    editor: Editor
    if kind in ("one", "many"):
        editor = Toggles(many=kind == "many")
    else:
        editor = ChoiceEdit() if kind == "choice" else TextEdit()
    editor.set_choices(choices_of(field))
    if isinstance(editor, TextEdit):
        hint = field.hint or ("代码、首字母或名称" if kind == "choice" else PLACEHOLDERS.get(field.type, ""))
        editor.setPlaceholderText(hint)
        if field.type == "money":
            editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if field.type in ("date", "month", "money", "int", "phone", "cert_no", "bank_card", "ratio"):
            editor.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
    return editor
