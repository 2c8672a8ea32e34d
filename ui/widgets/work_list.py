"""The work list behind the counter: two lines a case, both lights in words, the most urgent first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from counter_app.services.review_view import WorkRow
from ui.theme import Theme
from ui.viewmodels.review import ReviewModel
from ui.viewmodels.review_words import clocks, light_chip, row_words, spoken, worst
from ui.widgets.basic import dispatch
from ui.widgets.item_option import ItemOption, fields_of

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
PAD, GAP, EDGE = 8, 4, 4


class WorkModel(QAbstractListModel):
    """The rows as Qt lists them; a screen reader hears the whole row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[WorkRow, ...] = ()

    def put(self, rows: tuple[WorkRow, ...]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many."""
        return len(self.rows)

    def data(self, index: Index, role: int = 0) -> Any:
        """The row itself, or its words."""
        row = self.rows[index.row()]
        words = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return row if role == ROW else spoken(row) if role in words else None


class RowPainter(QStyledItemDelegate):
    """Draws a row in the theme's colours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        return QSize(200, fields_of(option).fontMetrics.height() * 2 + 2 * PAD + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Edge, both lights, and the two lines."""
        row, theme, told = index.data(ROW), self.theme, fields_of(option)
        is_chosen = bool(told.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(told.rect, QColor(theme.colour("info_bg" if is_chosen else "surface")))
        edge = QRect(told.rect)
        edge.setWidth(EDGE)
        painter.fillRect(edge, QColor(theme.colour(worst(row))))
        height = told.fontMetrics.height()
        left = told.rect.left() + EDGE + PAD
        width = max(told.fontMetrics.horizontalAdvance("● 承诺 剩约 88 天"), 60) + 2 * GAP
        for nth, (name, light) in enumerate(clocks(row)):
            top = told.rect.top() + PAD + nth * (height + GAP)
            self._chip(painter, QRect(left, top, width, height), light_chip(name, light))
        beside = QRect(left + width + PAD, told.rect.top() + PAD, 0, height)
        beside.setRight(told.rect.right() - PAD)
        self._lines(painter, beside, row, height)
        self._frame(painter, told, is_chosen)
        painter.restore()

    def _chip(self, painter: QPainter, box: QRect, chip: tuple[str, str]) -> None:
        kind, words = chip
        painter.fillRect(box, QColor(self.theme.colour(f"{kind}_bg")))
        self._text(painter, box.adjusted(GAP, 0, -GAP, 0), words, kind)

    def _lines(self, painter: QPainter, box: QRect, row: WorkRow, height: int) -> None:
        font = painter.font()
        step = painter.fontMetrics().horizontalAdvance(row.step_name)
        self._text(painter, box, row.step_name, "text2", Qt.AlignmentFlag.AlignRight)
        font.setBold(True)
        painter.setFont(font)
        self._text(painter, box.adjusted(0, 0, -step - PAD, 0), row.type_name, "text")
        font.setBold(False)
        painter.setFont(font)
        self._text(painter, box.translated(0, height + GAP), row_words(row), "text2")

    def _text(
        self,
        painter: QPainter,
        box: QRect,
        words: str,
        colour: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setPen(QColor(self.theme.colour(colour)))
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(box.width(), 0))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, cut)

    def _frame(self, painter: QPainter, told: ItemOption, is_chosen: bool) -> None:
        box = told.rect.adjusted(0, 0, -1, -1)
        painter.setPen(QColor(self.theme.colour("hair")))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if is_chosen and told.state & QStyle.StateFlag.State_HasFocus:
            pen = painter.pen()
            pen.setColor(QColor(self.theme.colour("focus")))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRect(box.adjusted(1, 1, -1, -1))


class WorkList(QListView):
    """Arrow keys walk it; the case follows. The place is kept when the list is fetched again."""

    def __init__(self, model: ReviewModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self._rows = WorkModel()
        self.painter_ = RowPainter(theme)
        self.setModel(self._rows)
        self.setItemDelegate(self.painter_)
        self.setAccessibleName("办件清单")
        self.setProperty("dense", True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(self._moved)

    def put(self, rows: tuple[WorkRow, ...]) -> None:
        """Show these rows; the chosen case stays chosen where it is still there."""
        if rows == self._rows.rows:
            return
        chosen = self.chosen()
        self.selectionModel().blockSignals(True)
        self._rows.put(rows)
        place = _place(rows, chosen) if chosen is not None else -1
        if place >= 0:
            self.setCurrentIndex(self._rows.index(place))
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def choose(self, case_id: str, part: str = "") -> None:
        """Choose a case, or one desk's part of it."""
        place = next((n for n, row in enumerate(self._rows.rows) if row.key == (case_id, part)), -1)
        if place >= 0:
            self.setCurrentIndex(self._rows.index(place))

    def chosen(self) -> WorkRow | None:
        """The row the case belongs to."""
        index = self.currentIndex()
        return (
            self._rows.rows[index.row()] if index.isValid() and index.row() < len(self._rows.rows) else None
        )

    def focus_in(self) -> None:
        """Take the focus, with a row chosen."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.currentIndex().isValid() and self._rows.rows:
            self.setCurrentIndex(self._rows.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The window looks first: digits and F-keys are its own."""
        if not dispatch(self, event):
            super().keyPressEvent(event)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        row = self.chosen()
        if now.isValid() and row is not None:
            self._model.open(row)


def _place(rows: tuple[WorkRow, ...], chosen: WorkRow) -> int:
    """Where a row is now: the same line, else the same case after it moved on; -1 when it is gone."""
    same = [n for n, row in enumerate(rows) if row.case_id == chosen.case_id]
    return next((n for n in same if rows[n].key == chosen.key), same[0] if same else -1)
