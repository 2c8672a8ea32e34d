"""A whole group of a form in one line: what the card and the hub already told."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QWidget

from counter_app.services.visit_view import FieldView, ProblemView
from ui.viewmodels.edits import PendingEdit
from ui.widgets.basic import Elided, button, label, row
from ui.widgets.field_row import FieldLabel


class FoldRow(QObject):
    """Says what is known; opens on wish, or when something in it must be mended."""

    typed = Signal()
    left = Signal(object)
    entered = Signal(object)
    opened = Signal(str)
    whole_line = True

    def __init__(self, field: FieldView) -> None:
        super().__init__()
        self.key = field.key
        self.field = field
        self.title = FieldLabel()
        self.body = QFrame()
        self.body.setProperty("band", "strip")
        self._words = Elided("", "soft")
        self._open = button("展开", self._ask, "quiet", f"展开{field.label}")
        line = row(self.body, (10, 1, 4, 1), 10)
        line.addWidget(label(f"✓ {field.label}", "strong"))
        line.addWidget(self._words, 1)
        line.addWidget(self._open)
        self.title.setParent(self.body)
        self.title.hide()

    @property
    def editors(self) -> tuple[QWidget, ...]:
        """Enter passes it by."""
        return ()

    def update(self, field: FieldView, problems: tuple[ProblemView, ...]) -> None:
        """Say what the group holds."""
        self.field = field
        self._words.put(field.value)

    def pending(self) -> list[PendingEdit]:
        """Nothing is typed here."""
        return []

    def release(self) -> None:
        """Nothing is held here."""

    def focus(self, place: str = "") -> None:
        """Go to the button that opens it."""
        self._open.setFocus()

    def free(self) -> None:
        """Give the widgets back."""
        self.body.hide()
        self.body.deleteLater()
        self.deleteLater()

    def _ask(self) -> None:
        self.opened.emit(self.field.group)
