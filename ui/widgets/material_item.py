"""One material of the checklist: its state, its evidence, and what is dropped or pasted onto it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QFrame, QLabel

from counter_app.services.visit_view import MaterialView
from ui.viewmodels.verdict import material_line, material_sign
from ui.widgets.basic import column, dispatch, label, put_text, row, show, style
from ui.widgets.drops import dropped


class Line(QFrame):
    """One material; every signal begins with its code. Given back, it may show another material later."""

    entered = Signal(str)
    pressed = Signal(str)
    walked = Signal(str, int)
    brought = Signal(str, object)  # files or pictures that are pages of it

    def __init__(self) -> None:
        super().__init__()
        self._code = ""
        self.setAcceptDrops(True)
        self.setProperty("line", True)
        self.setProperty("current", False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        stack = column(self, (6, 6, 4, 6), 2)
        head = row(gap=6)
        self._name = label("", "label", wrap=True)
        self._chip: QLabel = label("", "chip")
        self._chip.setProperty("chip", "quiet")
        head.addWidget(self._name, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        stack.addLayout(head)
        self._detail = label("", "small", wrap=True)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        stack.addWidget(self._detail)
        stack.addWidget(self._problem)

    def put(self, material: MaterialView, nth: int) -> None:
        """Draw a material."""
        self._code = material.code
        kind, words = material_sign(material)
        put_text(self._name, material.name)
        put_text(self._chip, words)
        style(self._chip, chip=kind)
        detail = material_line(material)
        put_text(self._detail, detail)
        show(self._detail, bool(detail))
        problem = material.problem
        said = [f"✕ {problem.title}" if problem else "", f"▲ {material.doubt}" if material.doubt else ""]
        put_text(self._problem, "\n".join(filter(None, said)))
        show(self._problem, any(said))
        self.setAccessibleName(f"材料 {nth} {material.name} {words}")
        self.setAccessibleDescription(detail)

    def forget(self) -> None:
        """Out of sight, with nothing left of the material it showed."""
        self.hide()
        self._code = ""
        for part in (self._name, self._chip, self._detail, self._problem):
            put_text(part, "")
        style(self, current=False, drop=False)
        self.setAccessibleName("")
        self.setAccessibleDescription("")

    def minimumSizeHint(self) -> QSize:
        """Wraps its words."""
        hint = super().minimumSizeHint()
        hint.setWidth(60)
        return hint

    def focusInEvent(self, event: QFocusEvent) -> None:
        """It is the current line now."""
        super().focusInEvent(event)
        self.entered.emit(self._code)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click makes it current; it changes nothing."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click receives or gives back."""
        self.pressed.emit(self._code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space receives or gives back, arrows walk."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.matches(QKeySequence.StandardKey.Paste):
            self._take(QGuiApplication.clipboard().mimeData())
        elif event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.pressed.emit(self._code)
        elif event.key() in steps and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.walked.emit(self._code, steps[Qt.Key(event.key())])
        elif not dispatch(self, event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file of the file manager, or a picture of another program, may be let go here."""
        if dropped(event.mimeData()):
            event.acceptProposedAction()
            style(self, drop=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It goes elsewhere."""
        style(self, drop=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """It lands on this material, whichever is current."""
        style(self, drop=False)
        event.acceptProposedAction()
        self._take(event.mimeData())

    def _take(self, data: QMimeData) -> None:
        found = dropped(data)
        if found:
            self.brought.emit(self._code, found)
