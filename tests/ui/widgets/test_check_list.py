"""The list of 核对 is made once: the next case has its lines, and none of the last one's words."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.fakes import snapshots as s
from tests.ui.conftest import Stand, quiet
from ui.widgets.check_list import KEPT, CheckLine, CheckList
from ui.widgets.page import scrolled

TURNS = 4
MOST_NONE = 5  # references to None that one more case may take: no widget is made for it


def parts(of: CheckList) -> list[QLabel | QPushButton]:
    return [*of.findChildren(QLabel), *of.findChildren(QPushButton)]


def seen(of: CheckList) -> list[str]:
    """The words that stand, line by line from the left."""
    shown = [one for one in parts(of) if not one.isHidden()]
    return [one.text() for one in sorted(shown, key=lambda one: of._grid.indexOf(one))]


def put_away(qtbot: Any, made: Stand) -> None:
    made.model.go(checking=False)
    made.counter.put(case=None, visit_open=False)
    qtbot.waitUntil(lambda: not made.model.view.visit_open)
    quiet(qtbot, made)


def test_of_a_visit_no_word_stays_and_the_next_case_has_the_same_labels(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    made.model.go(checking=True)
    of = made.desk.work._pages["check"]._list
    qtbot.waitUntil(lambda: len(seen(of)) > 10 and not of._waiting)
    first, words = parts(of), seen(of)
    put_away(qtbot, made)
    assert {one.text() + one.accessibleName() for one in parts(of)} == {""}
    assert seen(of) == []
    made.counter.put(case=s.FILLING.case, visit_open=True)
    qtbot.waitUntil(lambda: made.model.page == "fill")
    made.model.go(checking=True)
    qtbot.waitUntil(lambda: seen(of) == words)
    assert set(map(id, parts(of))) == set(map(id, first))


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from 3.12 on")
def test_another_case_takes_no_new_references_to_none(qtbot: Any, qapp_dressed: QApplication) -> None:
    of = CheckList()
    area = scrolled(of, "核对内容")  # a window of its own would be told off for each new size
    qtbot.addWidget(area)
    area.show()

    def case(nth: int) -> None:
        of.fill([CheckLine(f"第 {one} 项", f"第 {nth} 件", mend=f"k{one}") for one in range(20)])
        while of._waiting:
            QApplication.processEvents()
        of.grab()
        of.clear()
        QApplication.processEvents()

    case(0)
    case(1)
    before = sys.getrefcount(None)
    for nth in range(TURNS):
        case(nth)
    assert sys.getrefcount(None) - before < MOST_NONE * TURNS


def test_mending_goes_back_to_the_field_of_its_line(qtbot: Any) -> None:
    of = CheckList()
    qtbot.addWidget(of)
    went: list[str] = []
    of.mended.connect(went.append)
    lines = [
        CheckLine("电话", "139", mend="tel", label="电话"),
        CheckLine("材料", "身份证", sign=("ok", "✓")),
    ]
    for turned in (lines, [replace(lines[0], mend="addr", label="地址")]):
        of.fill(turned)
        button = next(one for one in of.findChildren(QPushButton) if not one.isHidden())
        assert button.accessibleName() == f"改 {turned[0].label}"
        button.click()
    assert went == ["tel", "addr"]
    assert seen(of) == ["电话", "139", "改"]


def test_what_one_long_case_had_more_is_freed(qtbot: Any) -> None:
    of = CheckList()
    qtbot.addWidget(of)
    of.fill([CheckLine(f"第 {nth} 张", "12.00") for nth in range(KEPT + 20)])
    qtbot.waitUntil(lambda: not of._waiting)
    assert len(seen(of)) == 2 * (KEPT + 20)
    of.clear()
    qtbot.waitUntil(lambda: len(parts(of)) == 2 * KEPT)
