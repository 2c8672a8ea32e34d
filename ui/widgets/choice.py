"""An editor whose value is one of a list: typed by code, initials or words, accepted with Enter."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QListView, QWidget

from counter_app.services.visit_view import ChoiceView
from ui.viewmodels.choices import ChoiceIndex
from ui.widgets.basic import column
from ui.widgets.editors import TextEdit

ROWS = 8


class ChoiceList(QFrame):
    """The list under an editor. It never takes the focus: the editor keeps typing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("float", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = QStringListModel(self)
        self.view = QListView(self)
        self.view.setModel(self._model)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setUniformItemSizes(True)
        self.view.setTabKeyNavigation(False)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName("可选项")
        column(self, (4, 4, 4, 4)).addWidget(self.view)
        self.found: tuple[ChoiceView, ...] = ()
        self.hide()

    def put(self, found: tuple[ChoiceView, ...], current: str, index: ChoiceIndex) -> None:
        """Show these choices with one of them preselected, each with what picks it when typed."""
        self.found = found
        self._model.setStringList([_words(choice, index) for choice in found])
        at = next((n for n, choice in enumerate(found) if choice.code == current), 0)
        self.select(at)

    def select(self, at: int) -> None:
        """Make one row current."""
        if self.found:
            index = self._model.index(max(0, min(at, len(self.found) - 1)))
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    @property
    def at(self) -> int:
        """The current row."""
        return self.view.currentIndex().row()

    def chosen(self) -> ChoiceView | None:
        """The current choice."""
        return self.found[self.at] if 0 <= self.at < len(self.found) else None

    def under(self, editor: QWidget) -> None:
        """Stand under an editor, or above it where there is no room, inside the window."""
        window = self.window()
        corner = editor.mapTo(window, QPoint(0, editor.height() + 2))
        line = max(self.view.sizeHintForRow(0), 24)
        height = line * min(ROWS, max(1, len(self.found))) + 14
        widest = self.view.sizeHintForColumn(0) + 40
        width = min(max(editor.width(), min(widest, 560)), window.width() - 16)
        if corner.y() + height > window.height():
            corner.setY(max(4, corner.y() - editor.height() - height - 4))
        corner.setX(max(8, min(corner.x(), window.width() - width - 8)))
        self.setGeometry(QRect(corner, QSize(width, height)))
        self.raise_()
        self.show()


class ChoiceEdit(TextEdit):
    """Shows the words of a code. Without an exact or single match the typed text is handed over as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = ChoiceIndex(())
        self._code = ""
        self._typing = False
        self._list: ChoiceList | None = None
        self.typed.connect(self._look_up)
        self.setAccessibleDescription("可选列表：输入代码、首字母或文字，回车选定，上下键选择")

    def set_choices(self, choices: tuple[object, ...]) -> None:
        """What may be chosen."""
        if choices is not self.index.choices and choices != self.index.choices:
            self.index = ChoiceIndex([c for c in choices if isinstance(c, ChoiceView)])
            if self._list is not None and not self._list.isHidden():
                self._open(self.text() if self._typing else "")  # nothing may be taken that is gone

    def put(self, value: str, display: str = "") -> None:
        """Show the words of a code."""
        self._code = value
        self._typing = False
        super().put(display or self.index.label(value))

    def value(self) -> str:
        """The code chosen, or what was typed when it is no choice."""
        if not self._typing:
            return self._code
        meant = self.index.settled(self.text())
        return meant.code if meant is not None else self.text()

    def own_key(self, event: QKeyEvent) -> bool:
        """Arrows walk the list, Enter takes the choice and lets the desk move on, Esc folds it."""
        key, plain = (
            event.key(),
            event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier),
        )
        if not plain:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk(1 if key == Qt.Key.Key_Down else -1)
            return True
        if self._list is None or self._list.isHidden():
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._take(self._list.chosen())
        elif key == Qt.Key.Key_Escape:
            self.fold()
            return True
        return False

    def fold(self) -> None:
        """Put the list away."""
        if self._list is not None:
            self._list.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click shows the whole list."""
        super().mousePressEvent(event)
        if not self.isReadOnly():
            self._open("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving folds the list and settles what was typed."""
        self.fold()
        if self._typing:
            meant = self.index.settled(self.text())
            if meant is not None:
                self.put(meant.code)
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line edit with the small arrow that says: a list."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(self.foregroundRole()), 1.6))
        x, y = self.width() - 14, round(self.height() / 2)
        if self._tag is None or self._tag.isHidden():
            painter.drawPolyline([QPoint(x - 4, y - 2), QPoint(x, y + 2), QPoint(x + 4, y - 2)])
        painter.end()

    def _look_up(self, text: str) -> None:
        self._typing = True
        self._open(text)

    def _open(self, typed: str) -> None:
        if self._list is None:
            self._list = ChoiceList(self.window())
            self._list.view.clicked.connect(self._clicked)
            self.destroyed.connect(self._list.deleteLater)
        found = self.index.find(typed)
        if not found:
            self._list.hide()
            return
        self._list.put(found, "" if self._typing else self._code, self.index)
        self._list.under(self)

    def _walk(self, by: int) -> None:
        if self._list is None or self._list.isHidden():
            self._open(self.text() if self._typing else "")
        else:
            self._list.select(self._list.at + by)

    def _clicked(self) -> None:
        if self._list is not None:
            self._take(self._list.chosen())

    def _take(self, choice: ChoiceView | None) -> None:
        self.fold()
        if choice is None or (not self._typing and choice.code == self._code):
            return
        self.setText(choice.label)
        self._shown = choice.label
        self._code = choice.code
        self._typing = False
        self.typed.disconnect(self._look_up)
        self.typed.emit(choice.label)
        self.typed.connect(self._look_up)


def _words(choice: ChoiceView, index: ChoiceIndex) -> str:
    is_plain = choice.code in ("yes", "no", choice.label)
    return choice.label if is_plain else f"{index.mark(choice)}　{choice.label}"
