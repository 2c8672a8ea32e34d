"""The numbers of today in one table: those still open first. No name, no matter."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from counter_app.domain.tickets import STATE_NAMES, needs_told
from counter_app.services.guide_view import GuideRow
from ui import words
from ui.viewmodels.guide import GuideModel

COLUMNS = ("号", "状态", "类别", "窗口", "取号", "已等", "沟通需要", "帮办")
Index = QModelIndex | QPersistentModelIndex


class TicketTable(QAbstractTableModel):
    """The rows of the hall as Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[GuideRow, ...] = ()

    def put(self, rows: tuple[GuideRow, ...]) -> None:
        """Other rows."""
        if rows == self.rows:
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """One row per number."""
        return len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """The columns of `COLUMNS`."""
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Their words."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """The words of one cell."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cells(self.rows[index.row()])[index.column()]
        return None


def cells(row: GuideRow) -> tuple[str, ...]:
    """One number in the words of the columns."""
    ticket = row.ticket
    waits = f"{row.waits} 分" if row.waits is not None else ""
    return (
        ticket.number,
        STATE_NAMES[ticket.state],
        words.say(words.KLASS, ticket.klass),
        ticket.window,
        row.taken,
        waits,
        needs_told(ticket.needs),
        ticket.helper,
    )


class TicketList(QTableView):
    """One row is chosen; arrows walk, letters and digits find."""

    def __init__(self, model: GuideModel) -> None:
        super().__init__()
        self._model, self.table = model, TicketTable()
        self.setModel(self.table)
        self.setAccessibleName("今日号票")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(6, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def draw(self) -> None:
        """The rows of now; the chosen one stays chosen."""
        self.table.put(self._model.rows())
        at = next((n for n, r in enumerate(self.table.rows) if r.ticket.ticket_id == self._model.chosen), -1)
        if at >= 0 and at != self.currentIndex().row():
            self.selectRow(at)
        elif at < 0 and self.table.rows and self._model.filter:
            self.selectRow(0)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Another number is looked at."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._model.choose(self.table.rows[current.row()].ticket.ticket_id)
