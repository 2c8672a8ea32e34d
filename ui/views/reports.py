"""报表: what this counter did, in sums only; for the span of days chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from counter_app.services.reports import SPANS, Table
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column, empty, label, put_text, style
from ui.widgets.flow import FlowLayout
from ui.widgets.page import PageWidget, scrolled

MOST_LINES = 60  # more than anybody reads on a screen; the files have them all
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class ReportsPage(PageWidget):
    """First the list of reports, then one of them; Esc goes back to the desk."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self._span, self._chosen = "month", ""
        self._tables: tuple[Table, ...] = ()
        self._title = label("报表", "h2", wrap=True)
        self._said = label("", "soft", wrap=True)
        self._inside = QWidget()
        self._column = column(self._inside, (0, 0, 6, 0), 8)
        self._spans = {span: button(words, partial(self._turn, span), "toggle") for span, words in SPANS}
        self._back = button("返回 Esc", partial(model.go, aside=""), "primary")
        self._list = button("报表目录", partial(self._open, ""))
        self._save = button("存为 .xlsx", self._keep)
        page = column(self, (20, 16, 18, 14), 10)
        page.addWidget(self._title)
        page.addWidget(_line((*self._spans.values(), self._list, self._save, self._back)))
        page.addWidget(self._said)
        page.addWidget(scrolled(self._inside, "报表"), 1)

    def enter(self) -> None:
        """Count anew each time the page is opened."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fetch()

    def _turn(self, span: str) -> None:
        self._span = span
        self._fetch()

    def _fetch(self) -> None:
        for span, made in self._spans.items():
            made.setCheckable(True)
            made.setChecked(span == self._span)
        put_text(self._said, "正在统计……")
        self.model.jobs.aside(partial(self.model.counter.reports, self._span), self._came)

    def _came(self, tables: Sequence[Table]) -> None:
        self._tables = tuple(tables)
        self._open(self._chosen)

    def _open(self, report_id: str) -> None:
        self._chosen = report_id
        empty(self._column)
        found = next((table for table in self._tables if table.id == report_id), None)
        self._list.setVisible(found is not None)
        if found is None:
            self._offer()
        else:
            self._draw(found)
        self._column.addStretch(1)

    def _keep(self) -> None:
        """The report that is shown, or all of them, as a file."""
        kept = [table for table in self._tables if self._chosen in ("", table.id)]
        if kept:
            saving = partial(self.model.counter.save_reports, kept, self._span)
            self.model.jobs.aside(saving, lambda file: put_text(self._said, f"已存到 {file}"))

    def _offer(self) -> None:
        put_text(self._title, "报表")
        put_text(self._said, "只有合计，没有个人信息。")
        offered = [button(table.title, partial(self._open, table.id)) for table in self._tables]
        self._column.addWidget(_line(offered))

    def _draw(self, table: Table) -> None:
        put_text(self._title, table.title)
        told = dict(table.definition)
        put_text(self._said, f"{told['地区']}，{told['期间']}；{told['期间口径']}")
        for check in table.checks:
            made = label(("✓ 勾稽相符　" if check.ok else "✗ 勾稽不符　") + check.text, wrap=True)
            style(made, role="small" if check.ok else "problem")
            self._column.addWidget(made)
        self._column.addWidget(_grid(table))
        if len(table.lines) > MOST_LINES:
            self._column.addWidget(label(f"另有 {len(table.lines) - MOST_LINES} 行，请导出查看。", "soft"))
        for name in ("分子", "分母", "来源行"):
            self._column.addWidget(label(f"{name}：{told[name]}", "small", wrap=True))


def _line(parts: Sequence[QPushButton]) -> QWidget:
    made = QWidget()
    flow = FlowLayout(made, 8)
    for part in parts:
        flow.addWidget(part)
    return made


def _grid(table: Table) -> QWidget:
    """Name, result, and what it was made of; a share says its numerator and denominator."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(3, 2)
    for place, word in enumerate(("项目", "结果", "分子 / 分母", "说明")):
        grid.addWidget(label(word, "group"), 0, place, _RIGHT if place in (1, 2) else _LEFT)
    for nth, (name, count, of, result, unit, note) in enumerate(table.lines[:MOST_LINES], 1):
        parts = f"{count} / {of}" if of != "—" else ""
        for place, text in enumerate((name, f"{result} {unit}".strip(), parts, note)):
            wraps = place in (0, 3)
            cell = label(str(text), "label" if place < 2 else "soft", wrap=wraps)
            grid.addWidget(cell, nth, place, Qt.AlignmentFlag.AlignTop if wraps else _RIGHT)
    return made


PAGE = Page("reports", "报表", ReportsPage)
