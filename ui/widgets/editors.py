"""One-line editors: stock QLineEdit, so that input methods work, with keys offered to the desk first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget

from ui.viewmodels.fieldstate import after_mask
from ui.widgets.basic import dispatch, put_text, show

LONGEST = 2000  # characters; the form's own limits are far lower and say so
LONG = 15  # characters from which the whole is told beside the field too: it may not fit


class TextEdit(QLineEdit):
    """Text, numbers, dates. `typed` follows the clerk only; `left` when the editor loses the focus."""

    typed = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self._shown = ""
        self._tag: QLabel | None = None
        self.setMaxLength(LONGEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(self._edited)

    def put(self, value: str, display: str = "") -> None:
        """Show a value; for plain text the words are the value."""
        self._shown = value
        if self.text() != value:
            self.setText(value)
            self.setCursorPosition(0)
            self.setToolTip(value if len(value) > LONG else "")
            self.place_tag()

    def value(self) -> str:
        """What to hand over."""
        return self.text()

    def set_choices(self, choices: tuple[object, ...]) -> None:
        """Plain text has none."""

    def let_go(self) -> None:
        """One line has nothing in it that could outlive it."""

    def set_tag(self, words: str) -> None:
        """A small word at the right end: where the value came from."""
        if self._tag is None:
            if not words:
                return
            self._tag = _Tag(self)
        put_text(self._tag, words)
        show(self._tag, bool(words))
        self.place_tag()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the small word at the end."""
        super().resizeEvent(event)
        self.place_tag()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While an input method composes, keys are its own; else the desk looks first."""
        if self.composing:
            event.accept()
            return
        if self.own_key(event):
            return
        if self._undoes(event) or not dispatch(self, event):
            super().keyPressEvent(event)

    def own_key(self, event: QKeyEvent) -> bool:
        """Keys an editor wants before the desk; plain text wants none."""
        return False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether something is being composed."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Arriving by key selects all, so that typing replaces."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.end(False)  # all of it, from its end: what is longer than the field shows its beginning
            self.home(True)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the editor was left; a context menu or another window is no leaving."""
        self.composing = False
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.deselect()
            self.left.emit()

    def _undoes(self, event: QKeyEvent) -> bool:
        """Text is undone before steps are."""
        chord = event.keyCombination().toCombined()
        control = Qt.KeyboardModifier.ControlModifier.value
        undo, redo = control | Qt.Key.Key_Z.value, control | Qt.Key.Key_Y.value
        return (chord == undo and self.isUndoAvailable()) or (chord == redo and self.isRedoAvailable())

    def _edited(self, text: str) -> None:
        meant = after_mask(self._shown, text, self.cursorPosition())
        if meant != text:
            self.setText(meant)
        self._shown = meant
        self.typed.emit(meant)

    def place_tag(self) -> None:
        """Put the small word at the end, where there is room for it."""
        if self._tag is None:
            return
        if not self._tag.text():
            self.setTextMargins(0, 0, 0, 0)
            return
        size = self._tag.sizeHint()
        room = self.width() - size.width() - 28
        show(self._tag, self.fontMetrics().horizontalAdvance(self.text()) <= room)
        if self._tag.isHidden():
            self.setTextMargins(0, 0, 0, 0)
            return
        self._tag.resize(size)
        self._tag.move(self.width() - size.width() - 8, (self.height() - size.height()) // 2)
        self.setTextMargins(0, 0, size.width() + 6, 0)


class _Tag(QLabel):
    """The small word; another text size moves it. Only editors that have one pay for it."""

    def __init__(self, editor: TextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "tag")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._editor.place_tag()
