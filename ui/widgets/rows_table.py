"""A dense table of rows that keeps its place: arrow keys walk it, the chosen row stays when it is renewed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from counter_app.domain.value import Value
from ui.theme import Theme
from ui.widgets.basic import dispatch

Index = QModelIndex | QPersistentModelIndex
MARKS = {"ok": "●", "info": "●", "warn": "▲", "err": "✕", "quiet": "‖"}


class Row(Value, frozen=True):
    """One row: its key, its words, and the kind of its mark ("" = none); colour only repeats the words."""

    key: str
    cells: tuple[str, ...]
    tone: str = ""


class RowsModel(QAbstractTableModel):
    """The rows as Qt wants them."""

    def __init__(self, headings: Sequence[str], right: frozenset[int]) -> None:
        super().__init__()
        self.headings, self._right = tuple(headings), right
        self.rows: tuple[Row, ...] = ()
        self.theme: Theme | None = None

    def put(self, rows: tuple[Row, ...]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows."""
        return len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns."""
        return len(self.headings)

    def headerData(self, section: int, side: Qt.Orientation, role: int = 0) -> Any:
        """The headings."""
        if side != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return self.headings[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = 0) -> Any:
        """Words, side and colour of a cell; a screen reader hears heading and cell."""
        row, place = self.rows[index.row()], index.column()
        words = row.cells[place]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(row, place)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headings[place]} {words}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(place)
        if role == Qt.ItemDataRole.ForegroundRole and row.tone and place == 1 and self.theme is not None:
            return QColor(self.theme.colour(row.tone))
        return None

    @staticmethod
    def words(row: Row, place: int) -> str:
        """What stands in a cell; the second one has the row's mark."""
        return f"{MARKS[row.tone]} {row.cells[place]}" if row.tone and place == 1 else row.cells[place]

    def _side(self, place: int) -> Any:
        side = Qt.AlignmentFlag.AlignRight if place in self._right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class RowsTable(QTableView):
    """`chosen` follows the current row; `stretch` names the column that takes what is left.

    Columns of `optional` give way in this order where the rest would be cut off.
    """

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        headings: Sequence[str],
        stretch: int,
        right: frozenset[int] = frozenset(),
        optional: tuple[int, ...] = (),
    ) -> None:
        super().__init__()
        self._stretch, self._optional = stretch, optional
        self.rows_ = RowsModel(headings, right)
        self.setModel(self.rows_)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentChanged.connect(self._moved)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns give way, or come back."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Measured by the words themselves: a hidden column has no width of its own."""
        wide = [self._width(column) for column in range(len(self.rows_.headings))]
        wide[self._stretch] = min(wide[self._stretch], self.fontMetrics().horizontalAdvance("汉" * 6))
        over = sum(wide) - self.viewport().width()
        for column in (one for one in self._optional if one < len(wide)):
            self.setColumnHidden(column, over > 0)
            over -= wide[column]

    def _width(self, column: int) -> int:
        metrics, head = self.fontMetrics(), self.rows_.headings[column]
        words = [head, *(self.rows_.words(row, column) for row in self.rows_.rows)]
        return max(map(metrics.horizontalAdvance, words)) + metrics.height()

    def restyle(self, theme: Theme) -> None:
        """Another theme or text size."""
        self.rows_.theme = theme
        self.verticalHeader().setDefaultSectionSize(theme.px(28))
        self.horizontalHeader().setFixedHeight(theme.px(28))
        self.horizontalHeader().setMinimumSectionSize(theme.px(36))
        self._fit()

    def put(self, rows: Sequence[Row]) -> None:
        """Show these rows; the chosen one stays chosen where it is still there."""
        fresh = tuple(rows)
        if fresh == self.rows_.rows:
            return
        key = self.key()
        self.selectionModel().blockSignals(True)
        self.rows_.put(fresh)
        place = next((n for n, row in enumerate(fresh) if row.key == key), -1)
        if place >= 0:
            self.setCurrentIndex(self.rows_.index(place, 0))
        self.selectionModel().blockSignals(False)
        self._fit()
        self.viewport().update()
        if key and place < 0:
            self.chosen.emit("")

    def key(self) -> str:
        """The key of the chosen row, "" when there is none."""
        index = self.currentIndex()
        rows = self.rows_.rows
        return rows[index.row()].key if index.isValid() and index.row() < len(rows) else ""

    def choose(self, key: str) -> None:
        """Choose a row by its key."""
        place = next((n for n, row in enumerate(self.rows_.rows) if row.key == key), -1)
        if place >= 0:
            self.setCurrentIndex(self.rows_.index(place, 0))

    def focus_in(self) -> None:
        """Take the focus, with a row chosen."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.currentIndex().isValid() and self.rows_.rows:
            self.setCurrentIndex(self.rows_.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The window looks first: digits and F-keys are its own."""
        if not dispatch(self, event):
            super().keyPressEvent(event)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        self.chosen.emit(self.key())
