"""Nobody asks a layout for its items: what PySide answers outlives them, and something is freed twice.

`QLayout.itemAt` makes a Python object that is kept as long as the layout's. Where a widget goes from the
layout its item goes with it, unknown to that object, and a layout or item that is later built at the same
address shares its entry in PySide's table: one of the two is then freed twice. Seen with PySide 6.11 as one
crash in six walks through the kiosk's pages with `MALLOC_PERTURB_=165`, none in 90 without such questions.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.basic import held_by

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("ui", "tests", "counter_app", "drivers")  # a benchmark looks once at a form that stays


def asked(source: str) -> list[int]:
    """The lines that call `itemAt`; a layout of ours that answers it to Qt is no call."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr == "itemAt"
    ]


def test_no_layout_is_asked_for_its_items() -> None:
    files = (file for room in ROOMS for file in (ROOT / room).rglob("*.py"))
    found = {str(file.relative_to(ROOT)): asked(file.read_text("utf-8")) for file in files}
    assert {file: lines for file, lines in found.items() if lines} == {}


@pytest.mark.parametrize("source", ["lines.itemAt(0)", "self._lines.itemAt(n).widget()", "ask = it.itemAt"])
def test_a_question_is_found(source: str) -> None:
    assert asked(source) == [1]


def test_the_widgets_of_a_layout_come_in_its_order_without_those_further_in(qtbot: Any) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    lines, inner = QVBoxLayout(whole), QHBoxLayout()
    last, deep, first, stranger = (QPushButton(name, whole) for name in ("last", "deep", "first", "other"))
    lines.addWidget(last)
    lines.addLayout(inner)
    lines.insertWidget(0, first)
    inner.addWidget(deep)
    assert held_by(lines) == [first, last]
    assert held_by(inner) == [deep]
    assert stranger not in (*held_by(lines), *held_by(inner))
    assert held_by(QVBoxLayout()) == []
