"""Ctrl+U: a character no input method gives, found by reading, parts, strokes or code, into the field."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from shiboken6 import isValid

from ui.jobs import Jobs
from ui.ports import PaletteRow
from ui.viewmodels.rare import HOW, RareModel, words_of
from ui.widgets.basic import Elided, button, column, label, put_text, row
from ui.widgets.editors import TextEdit
from ui.widgets.glyphs import chip, is_drawn
from ui.widgets.item_option import fields_of
from ui.widgets.palette import PaletteEdit, RowsModel

SHOWN = 7
Index = QModelIndex | QPersistentModelIndex


class CharacterPainter(QStyledItemDelegate):
    """The character large, its reading and strokes beside it, its code at the end."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one candidate in the theme's colours."""
        self.initStyleOption(option, index)
        row_ = index.data(Qt.ItemDataRole.UserRole)
        told = fields_of(option)
        told.text = ""
        style = told.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, told.widget)
        chosen = bool(told.state & QStyle.StateFlag.State_Selected)
        colour = told.palette.highlightedText() if chosen else told.palette.text()
        painter.save()
        painter.setPen(colour.color())
        painter.setFont(told.font)
        box = told.rect.adjusted(12, 0, -12, 0)
        em, middle = told.fontMetrics.height(), Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, row_.code)
        painter.drawText(box.adjusted(em * 4, 0, 0, 0), middle, row_.hint)
        painter.setFont(told.font if not is_drawn(row_.title) else _larger(told.font))
        painter.drawText(box, middle, row_.title if is_drawn(row_.title) else chip(row_.title))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for a large character."""
        return QSize(200, round(fields_of(option).fontMetrics.height() * 2.1))


class RarePanel(QFrame):
    """Floats over the work; Enter puts the character where the cursor was, Esc puts nothing."""

    def __init__(self, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("float", True)
        self.setAccessibleName("生僻字")
        self.model = RareModel(jobs, self)
        self._into: TextEdit | None = None
        self._place = (0, 0)  # where the selection began in the field, how long it was
        self._title = Elided("", "h3")
        self.edit = PaletteEdit()
        self.edit.setAccessibleName("怎么找这个字")
        self.edit.setPlaceholderText("读音、部件、笔画或编码")
        self._list, self._rows = QListView(), RowsModel(self)
        self._foot = label(HOW, "small", wrap=True)
        self._build()
        self.edit.typed.connect(self.model.look)
        self.edit.walked.connect(self._walk)
        self.edit.acted.connect(self.take)
        self.edit.folded.connect(self.fold)
        self._list.clicked.connect(self.take)
        self.model.changed.connect(self._draw)
        self.hide()

    def _build(self) -> None:
        stack, head = column(self, (14, 10, 14, 10), 8), row(gap=8)
        head.addWidget(self._title, 1)
        closing = button("收起 Esc", self.fold)
        closing.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head.addWidget(closing)
        stack.addLayout(head)
        stack.addWidget(self.edit)
        stack.addWidget(self._list, 1)
        stack.addWidget(self._foot)
        self._list.setModel(self._rows)
        self._list.setItemDelegate(CharacterPainter(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setTabKeyNavigation(False)
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName("找到的字")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def open(self, into: TextEdit, below: int) -> None:
        """Open for a field; a field that was selected whole is gone on with at its end."""
        marked, end = into.selectedText(), len(into.text())
        if not marked:
            self._place = (into.cursorPosition(), 0)
        else:
            self._place = (end, 0) if marked == into.text() else (into.selectionStart(), len(marked))
        self._into = into
        self._title.put(f"生僻字　填到：{into.accessibleName() or '当前一栏'}")
        self._settle(below)
        self.edit.begin("")
        self.model.look("")
        self.raise_()
        self.show()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)  # the field is not left by it
        self.edit.end(False)

    def fold(self) -> bool:
        """Put it away; the field has the focus again, its cursor where it was. Tells whether it was open."""
        if self.isHidden():
            return False
        had = self.edit.hasFocus()
        self.hide()
        into, self._into = self._into, None
        if had and into is not None and isValid(into) and into.isVisible():
            into.setFocus(Qt.FocusReason.PopupFocusReason)
            into.deselect()
            into.setCursorPosition(self._place[0])
        return True

    def take(self) -> None:
        """Put the chosen character into the field, as if it had been typed there."""
        at = self._list.currentIndex().row()
        into = self._into
        if not 0 <= at < len(self._rows.rows) or into is None or not isValid(into):
            return
        start, length = self._place
        if length:
            into.setSelection(start, length)
        else:
            into.setCursorPosition(start)
        into.insert(self._rows.rows[at].title)
        self._place = (into.cursorPosition(), 0)
        into.textEdited.emit(into.text())
        self.fold()

    def _settle(self, below: int) -> None:
        window, em = self.window(), self.fontMetrics().height()
        width = min(round(em * 34), window.width() - 40)
        height = min(round(em * 2.1 * SHOWN + em * 7), window.height() - below - 20)
        self.setGeometry((window.width() - width) // 2, below, width, height)

    def _draw(self) -> None:
        found = self.model.found
        self._rows.put(tuple(PaletteRow("", one.code, one.char, words_of(one)) for one in found))
        if found:
            self._list.setCurrentIndex(self._rows.index(0))
        put_text(self._foot, self.model.said)

    def _walk(self, by: int) -> None:
        if self._rows.rows:
            at = max(0, min(self._list.currentIndex().row() + by, len(self._rows.rows) - 1))
            self._list.setCurrentIndex(self._rows.index(at))


def _larger(font: QFont) -> QFont:
    made = QFont(font)
    made.setPixelSize(round(max(font.pixelSize(), 14) * 1.7))
    return made
