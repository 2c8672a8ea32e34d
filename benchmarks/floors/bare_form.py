"""Floor: the same widgets with the same words, layouts and style sheet, laid out and painted bare.

usage: bare_form.py TREE.json COUNT
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

CLASSES = {"QLabel": QLabel, "QLineEdit": QLineEdit, "QPushButton": QPushButton, "QWidget": QWidget}
LAYOUTS = {"grid": QGridLayout, "column": QVBoxLayout, "row": QHBoxLayout}


def made(told, parent=None):
    text = (told["text"],) if "text" in told else ()
    widget = CLASSES[told["class"]](*text, parent)
    for name, value in told["properties"].items():
        widget.setProperty(name, value)
    widget.setSizePolicy(*map(QSizePolicy.Policy, told["policy"]))
    widget.setAccessibleName(told["name"])
    if "width" in told:
        widget.setFixedWidth(told["width"])
    if "alignment" in told:
        widget.setAlignment(Qt.AlignmentFlag(told["alignment"]))
    if "wrap" in told:
        widget.setWordWrap(told["wrap"])
    if "hint" in told:
        edit(widget, told)
    if told["layout"]:
        fill(LAYOUTS[told["layout"]["class"]](widget), told["layout"])
    if told["hidden"]:
        widget.hide()
    return widget


def edit(widget, told):
    widget.setPlaceholderText(told["hint"])
    widget.setReadOnly(told["fixed"])
    for tag in told["tags"]:
        made(tag, widget).move(40, 4)


def fill(layout, told):
    layout.setContentsMargins(*told["margins"])
    is_grid = isinstance(layout, QGridLayout)
    if is_grid:
        layout.setHorizontalSpacing(told["spacing"][0])
        layout.setVerticalSpacing(told["spacing"][1])
        for at, (stretch, least) in enumerate(told["columns"]):
            layout.setColumnStretch(at, stretch)
            layout.setColumnMinimumWidth(at, least)
    else:
        layout.setSpacing(told["spacing"])
    for item in told["items"]:
        alignment = Qt.AlignmentFlag(item["alignment"])
        place = item["place"] if is_grid else (item.get("stretch", 0),)
        if "widget" in item:
            layout.addWidget(made(item["widget"]), *place, alignment)
        elif "layout" in item:
            inside = LAYOUTS[item["layout"]["class"]]()
            layout.addLayout(inside, *place)
            fill(inside, item["layout"])
        else:
            layout.addStretch(1)
    return layout


def build(area, told):
    area.setWidget(made(told["form"]))
    QApplication.processEvents()
    area.viewport().repaint()


def take_away(area):
    area.takeWidget().deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


told = json.loads(Path(sys.argv[1]).read_text("utf-8"))
app = QApplication([])
app.setStyleSheet(told["sheet"])
area = QScrollArea()
area.setFrameShape(QFrame.Shape.NoFrame)
area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
area.setWidgetResizable(True)
area.setWidget(QWidget())
area.resize(*told["size"])
area.show()
QTest.qWaitForWindowExposed(area)
build(area, told)
took = []
for _ in range(int(sys.argv[2])):
    take_away(area)
    start = time.perf_counter_ns()
    build(area, told)
    took.append((time.perf_counter_ns() - start) / 1e6)
print(json.dumps({"ms": took}))
