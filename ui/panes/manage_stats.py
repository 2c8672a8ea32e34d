"""统计: one table at a time with its plot; the span is chosen, the tables go out as .xlsx."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from counter_app.services.hall.tables import SPANS, HallTable
from ui.theme import Theme, load
from ui.viewmodels.manage import ManageModel
from ui.widgets.basic import button, card, column, empty, label, put_text, row
from ui.widgets.flow import FlowLayout
from ui.widgets.page import scrolled
from ui.widgets.plot import BarPlot
from ui.widgets.rows_table import Row, RowsTable


class StatsPage(QWidget):
    """Which table is shown is kept when the span changes."""

    def __init__(self, model: ManageModel) -> None:
        super().__init__()
        self._model, self._id = model, "windows"
        self._theme = load("light", 100)
        self._spans = {span: self._span(span, words) for span, words in SPANS}
        self._kinds: dict[str, QPushButton] = {}
        self._kind_line = QWidget()
        self._flow = FlowLayout(self._kind_line, 6)
        self._title, self._note = label("", "h3"), label("", "small", wrap=True)
        self.plot = BarPlot(self._theme)
        self._below = QWidget()
        self._table_place = column(self._below)
        self.table: RowsTable | None = None
        box = card()
        inside = column(box, (12, 8, 12, 8), 8)
        inside.addLayout(self._head())
        inside.addWidget(self._kind_line)
        middle = row(gap=12)
        middle.addWidget(scrolled(self.plot, "统计图"), 2)
        middle.addWidget(self._below, 3)
        inside.addLayout(middle, 1)
        inside.addWidget(self._note)
        column(self).addWidget(box)

    @property
    def tables(self) -> tuple[RowsTable, ...]:
        """What F6 walks."""
        return (self.table,) if self.table is not None else ()

    def draw(self) -> None:
        """The table chosen, of the span chosen."""
        model = self._model
        for span, made in self._spans.items():
            made.setChecked(span == model.span)
        if list(self._kinds) != [table.id for table in model.tables]:
            self._draw_kinds()
        for id_, made in self._kinds.items():
            made.setChecked(id_ == self._id)
        found = next((table for table in model.tables if table.id == self._id), None)
        if found is not None:
            self._show(found)
        model.offer_on(())

    def open(self, table_id: str) -> None:
        """Another table."""
        self._id = table_id
        self.draw()

    def restyle(self, theme: Theme) -> None:
        """Another theme or text size."""
        self._theme = self.plot.theme = theme
        if self.table is not None:
            self.table.restyle(theme)
        self.plot.updateGeometry()
        self.plot.update()

    def focus_in(self) -> None:
        """The table."""
        if self.table is not None:
            self.table.focus_in()

    def _head(self) -> QHBoxLayout:
        line = row(gap=6)
        line.addWidget(self._title, 1)
        for made in self._spans.values():
            line.addWidget(made)
        line.addWidget(button("导出 Ctrl+S", partial(self._model.act.emit, "export")))
        return line

    def _span(self, span: str, words: str) -> QPushButton:
        made = button(words, partial(self._model.turn_span, span), "toggle")
        made.setCheckable(True)
        return made

    def _draw_kinds(self) -> None:
        empty(self._flow)
        self._kinds = {}
        for table in self._model.tables:
            made = button(table.title, partial(self.open, table.id), "toggle")
            made.setCheckable(True)
            self._kinds[table.id] = made
            self._flow.addWidget(made)

    def _show(self, found: HallTable) -> None:
        put_text(self._title, f"{found.title}　{found.span}")
        put_text(self._note, found.note)
        self.plot.put(found)
        if self.table is None or self.table.rows_.headings != found.headings:
            empty(self._table_place)
            right = frozenset(range(1, len(found.headings)))
            self.table = RowsTable("统计表", found.headings, 0, right, (4, 7, 9))
            self.table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.table.restyle(self._theme)
            self._table_place.addWidget(self.table)
        self.table.put([Row(str(nth), tuple(map(str, line))) for nth, line in enumerate(found.lines)])
