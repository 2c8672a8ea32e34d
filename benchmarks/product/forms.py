"""Ours: the largest form built from nothing, laid out and painted, again and again.

usage: forms.py FOLDER COUNT [TREE.json]     with TREE.json: write its widgets, layouts and style sheet there
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QGridLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from benchmarks.product.office import open_office, ready_case
from counter_app.catalog.model import TransactionType
from counter_app.services.visit import Visit
from counter_app.services.visit_view import CaseView
from ui.theme import load
from ui.widgets.form import Form
from ui.widgets.page import scrolled

SIZE = (900, 620)  # the room a form has in a window of 1366 x 768
LINES = 10  # of each table: a stay in hospital brings that many invoices
PROPERTIES = ("role", "kind", "cell", "bad", "card", "band")


def main(folder: Path, count: int, tree: Path | None) -> dict[str, list[float]]:
    """Build the form of the type with the most fields."""
    app = QApplication([])
    sheet = load("light", 100).style_sheet()
    app.setStyleSheet(sheet)
    case = largest(folder)
    area = scrolled(QWidget(), "表单")
    area.resize(*SIZE)
    area.show()
    QTest.qWaitForWindowExposed(area)
    _build(area, case)  # the first one reads fonts and style sheet
    if tree is not None:
        told = {"sheet": sheet, "size": SIZE, "form": _told(area.widget())}
        tree.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    took = []
    for _ in range(count):
        _take_away(area)
        start = time.perf_counter_ns()
        _build(area, case)
        took.append((time.perf_counter_ns() - start) / 1e6)
    return {"ms": took}


def largest(folder: Path) -> CaseView:
    """The case whose form has the most editors, every table with its lines."""
    parts = open_office(folder)
    types = parts.office.catalogue.types.values()
    type_ = max(types, key=lambda t: len(t.fields) + sum(len(f.columns) for f in t.fields))
    visit = ready_case(parts)
    cases = [_opened(visit, type_, one.code) for one in type_.situations]
    case = max(cases, key=lambda c: len(c.fields) + len(c.questions))
    parts.close()
    return case


def _opened(visit: Visit, type_: TransactionType, situation: str) -> CaseView:
    visit.open_case(type_.id, situation)
    for spec in type_.fields:
        for nth in range(LINES) if spec.type == "table" else ():
            visit.set_cell(spec.key, nth, spec.columns[0].key, f"37060126{nth:04d}")
    case = visit.view().case
    assert case is not None
    return case


def _build(area: QScrollArea, case: CaseView) -> None:
    """From nothing to painted in a window that is there already."""
    form = Form()
    area.setWidget(form)
    form.render_case(case)
    while form.is_behind or any(getattr(row, "is_behind", False) for row in form.rows.values()):
        QApplication.processEvents()
    QApplication.processEvents()
    area.viewport().repaint()


def _take_away(area: QScrollArea) -> None:
    form = area.takeWidget()
    form.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


# --- what stands there, for the floor -----------------------------------------------------------


def _told(widget: QWidget | None) -> dict[str, Any]:
    """One widget as plain data: its stock class, what it shows, what the style sheet asks of it."""
    assert widget is not None
    policy = widget.sizePolicy()
    properties = {name: widget.property(name) for name in PROPERTIES if widget.property(name) is not None}
    told: dict[str, Any] = {
        "class": _stock(widget),
        "properties": properties,
        "policy": [policy.horizontalPolicy().value, policy.verticalPolicy().value],
        "hidden": widget.isHidden(),
        "name": widget.accessibleName(),
    }
    if widget.minimumWidth() == widget.maximumWidth():
        told["width"] = widget.minimumWidth()
    if isinstance(widget, QLabel | QLineEdit | QPushButton):
        told["text"] = widget.text()
    if isinstance(widget, QLabel):
        told |= {"wrap": widget.wordWrap(), "alignment": int(widget.alignment())}
    if isinstance(widget, QLineEdit):
        told |= {
            "hint": widget.placeholderText(),
            "fixed": widget.isReadOnly(),
            "alignment": int(widget.alignment()),
        }
        told["tags"] = [_told(child) for child in widget.findChildren(QLabel)]
    layout = widget.layout()
    told["layout"] = _layout(layout) if layout is not None else None
    return told


def _layout(layout: QLayout) -> dict[str, Any]:
    margins = layout.contentsMargins()
    told: dict[str, Any] = {
        "class": _stock_layout(layout),
        "margins": [margins.left(), margins.top(), margins.right(), margins.bottom()],
        "items": [_item(layout, at) for at in range(layout.count())],
    }
    if isinstance(layout, QGridLayout):
        told["spacing"] = [layout.horizontalSpacing(), layout.verticalSpacing()]
        told["columns"] = [
            [layout.columnStretch(at), layout.columnMinimumWidth(at)] for at in range(layout.columnCount())
        ]
    else:
        told["spacing"] = layout.spacing()
    return told


def _item(layout: QLayout, at: int) -> dict[str, Any]:
    item = layout.itemAt(at)
    assert item is not None
    widget, below = item.widget(), item.layout()
    told: dict[str, Any] = {"alignment": int(item.alignment())}
    if widget is not None:
        told["widget"] = _told(widget)
    elif below is not None:
        told["layout"] = _layout(below)
    if isinstance(layout, QGridLayout):
        told["place"] = list(layout.getItemPosition(at))  # type: ignore[call-overload]
    elif isinstance(layout, QBoxLayout):
        told["stretch"] = layout.stretch(at)
    return told


def _stock(widget: QWidget) -> str:
    known = (QLabel, QLineEdit, QPushButton)
    return next((one.__name__ for one in known if isinstance(widget, one)), "QWidget")


def _stock_layout(layout: QLayout) -> str:
    if isinstance(layout, QGridLayout):
        return "grid"
    is_column = isinstance(layout, QBoxLayout) and layout.direction() == QBoxLayout.Direction.TopToBottom
    return "column" if is_column else "row"


if __name__ == "__main__":
    where = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), where)))
