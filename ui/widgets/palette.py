"""Ctrl+K: everything by Chinese, initials or code, below the banner so that the person stays in sight."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from shiboken6 import isValid

from ui.ports import MORE, PaletteRow
from ui.viewmodels.desk import DeskModel
from ui.viewmodels.palette import KINDS, is_slow, rows
from ui.widgets.basic import column, label
from ui.widgets.editors import TextEdit
from ui.widgets.item_option import fields_of

BURST_S = 0.035  # seconds per character: faster than any finger
BURST_LENGTH = 10
FOOT = "↑↓ 选　Enter 打开　Ctrl+I 告知单　Esc 收起"
FEET = {
    "filing": "↑↓ 选　Enter 取到窗口　Ctrl+J 退回　Esc 收起",
    "verify": "↑↓ 选　Enter 核实　Esc 收起",
}
EMPTY = {"<": "没有待办的外来件。", "!": "没有待核的办件。"}
NOTHING = "没有找到。可换首字母、代码或别的叫法。"
Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractListModel):
    """The answers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[PaletteRow, ...] = ()

    def put(self, found: tuple[PaletteRow, ...]) -> None:
        """Other answers."""
        self.beginResetModel()
        self.rows = found
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many."""
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, whole for screen readers."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(
                part for part in (KINDS.get(row.kind, ""), row.title, row.hint, row.shortcut) if part
            )
        if role == Qt.ItemDataRole.UserRole:
            return row
        return None


class RowPainter(QStyledItemDelegate):
    """Title left, hint in the middle, code or key right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one answer in the theme's colours."""
        self.initStyleOption(option, index)
        row = index.data(Qt.ItemDataRole.UserRole)
        told = fields_of(option)
        told.text = ""
        style = told.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, told.widget)
        chosen = bool(told.state & QStyle.StateFlag.State_Selected)
        palette = told.palette
        colour = palette.highlightedText() if chosen else palette.text()
        painter.save()
        painter.setPen(colour.color())
        painter.setFont(told.font)
        box = told.rect.adjusted(12, 0, -12, 0)
        right = row.shortcut or (row.code if row.kind == "type" else KINDS.get(row.kind, ""))
        metrics = painter.fontMetrics()
        wide = metrics.horizontalAdvance(right) + 12
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, right)
        left = box.adjusted(0, 0, -wide, 0)
        hint = f"　{row.hint}" if row.hint else ""
        painter.drawText(
            left, middle, metrics.elidedText(row.title + hint, Qt.TextElideMode.ElideRight, left.width())
        )
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One comfortable line."""
        return QSize(200, round(fields_of(option).fontMetrics.height() * 1.55))


class PaletteEdit(TextEdit):
    """The palette's line: arrows walk, Enter acts, Esc folds."""

    walked = Signal(int)
    acted = Signal()
    folded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._times: list[float] = []
        self.setAccessibleName("找事项、人员、票号、命令")
        self.setPlaceholderText("首字母、代码或文字　@人员　#票号　<外来件　!待核　>命令　?帮助")

    def begin(self, text: str) -> None:
        """Start anew with a text; what was typed another time is no part of a burst."""
        self._times = []
        self.setText(text)

    def own_key(self, event: QKeyEvent) -> bool:
        """The palette's own keys; a scanner's burst opens nothing."""
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key in steps:
            self.walked.emit(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat() and not self._is_burst():
                self.acted.emit()
        elif key == Qt.Key.Key_Escape:
            self.folded.emit()
        else:
            if event.text():
                self._times = [*self._times[-BURST_LENGTH:], time.monotonic()]
            return False
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving folds the palette."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.folded.emit()

    def _is_burst(self) -> bool:
        if len(self._times) <= BURST_LENGTH:
            return False
        return (self._times[-1] - self._times[0]) / (len(self._times) - 1) < BURST_S


class Palette(QFrame):
    """The floating list. `chosen` hands out a row; the desk knows what to do with it."""

    chosen = Signal(object)
    awaiting = Signal(bool)  # an answer is under way / is there
    failed = Signal()  # the look-up came to nothing
    left = Signal()  # folded, and where the clerk was before is gone
    SHOWN = 9

    def __init__(self, model: DeskModel, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("float", True)
        self._model = model
        self._before: QWidget | None = None
        self._answered: str | None = None  # the text whose answer is listed
        self.edit = PaletteEdit()
        self._rows = RowsModel(self)
        self._list = QListView()
        _dress(self._list, self._rows)
        self._foot = label(FOOT, "small")
        stack = column(self, (12, 10, 12, 8), 6)
        stack.addWidget(self.edit)
        stack.addWidget(self._list, 1)
        stack.addWidget(self._foot)
        self.edit.typed.connect(self._look)
        self.edit.walked.connect(self._walk)
        self.edit.acted.connect(self._act)
        self.edit.folded.connect(self.fold)
        self._list.clicked.connect(self._act)
        self.hide()

    def open(self, text: str, below: int) -> None:
        """Open under the banner, with a prefix typed already."""
        if self.isHidden():
            self._before = self.window().focusWidget()
            self._rows.put(())
        self._model.is_finding = True
        self.edit.begin(text)
        self._place(below)
        self._look(text)
        self.raise_()
        self.show()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.end(False)

    def fold(self, back: bool = True) -> None:
        """Put it away and return to where the clerk was."""
        if self.isHidden():
            return
        had = self.edit.hasFocus()
        self._model.is_finding = False
        self.hide()
        before, self._before = self._before, None
        if back and had:
            is_there = before is not None and isValid(before) and before.isVisible()
            if before is not None and is_there and self._model.view.prompt is None:
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.left.emit()
        self.awaiting.emit(False)

    @property
    def rows(self) -> tuple[PaletteRow, ...]:
        """What is listed now."""
        return self._rows.rows

    @property
    def current(self) -> PaletteRow | None:
        """The row under the bar while the list is open; none while its answer is under way."""
        at = self._list.currentIndex().row()
        is_there = not self.isHidden() and not self.is_awaiting and 0 <= at < len(self.rows)
        return self.rows[at] if is_there else None

    @property
    def is_awaiting(self) -> bool:
        """Whether the answer to what is typed has not come yet: what is listed is older."""
        return not self.isHidden() and self._answered != self.edit.text()

    def _place(self, below: int) -> None:
        window = self.window()
        em = self.fontMetrics().height()
        width = min(round(em * 38), window.width() - 40)
        height = min(round(em * 1.55 * self.SHOWN + em * 4.6), window.height() - below - 20)
        self.setGeometry((window.width() - width) // 2, below, width, height)

    def _look(self, text: str) -> None:
        if is_slow(text) or not self._model.counter.finds_at_once():
            look = partial(rows, text, self._model.view, self._model.counter.search)
            self._answered = None
            self._foot.setText("正在查找…")
            self._model.jobs.aside(look, partial(self._found, text), partial(self._failed, text))
            self.awaiting.emit(True)
        else:
            self._found(text, rows(text, self._model.view, self._model.counter.search))

    def _found(self, text: str, found: tuple[PaletteRow, ...]) -> None:
        if text != self.edit.text():
            return  # the clerk has typed on
        self._answered = text
        self._rows.put(tuple(row for row in found if row.kind != MORE))
        if self._rows.rows:
            self._list.setCurrentIndex(self._rows.index(0))
        first = self._rows.rows[0].kind if self._rows.rows else ""
        foot = FEET.get(first, FOOT) if first else EMPTY.get(text.strip(), NOTHING)
        self._foot.setText("　".join([*(row.title for row in found if row.kind == MORE), foot]))
        self.awaiting.emit(False)

    def _failed(self, text: str) -> None:
        if text == self.edit.text():
            self.failed.emit()
            self._found(text, ())

    def _walk(self, by: int) -> None:
        if self._rows.rows:
            at = max(0, min(self._list.currentIndex().row() + by, len(self._rows.rows) - 1))
            self._list.setCurrentIndex(self._rows.index(at))

    def _act(self) -> None:
        at = self._list.currentIndex().row()
        if not 0 <= at < len(self._rows.rows):
            return
        row = self._rows.rows[at]
        self.fold()
        self.chosen.emit(row)


def _dress(shown: QListView, answers: RowsModel) -> None:
    """A list that never takes the focus: the line keeps it."""
    shown.setModel(answers)
    shown.setItemDelegate(RowPainter(shown))
    shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    shown.setTabKeyNavigation(False)
    shown.setUniformItemSizes(True)
    shown.setAccessibleName("找到的")
    shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
