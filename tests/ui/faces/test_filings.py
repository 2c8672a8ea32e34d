"""外来件 on the desk: two keys to the list, Enter takes one to the window."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes import snapshots as s
from tests.ui.conftest import quiet
from ui.ports import PaletteRow

FILINGS = (
    PaletteRow("filing", "app:W1", "<异地就医备案　李*芳", "网上（掌上）·示例平台，2026-11-22 申报，已齐全"),
    PaletteRow("filing", "app:W2", "<门诊慢特病认定　王*国", "定点医药机构·示例医院，缺 2 项"),
)


def test_the_list_opens_from_the_palette_and_enter_takes_one(stand: Any, qtbot: Any) -> None:
    made = stand(s.CALLED)
    made.counter.rows = FILINGS
    made.desk.actions_.run("filings")
    qtbot.waitUntil(lambda: made.desk.palette_.current is not None)
    assert [row.code for row in made.desk.palette_.rows] == ["app:W1", "app:W2"]
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Down)
    QTest.keyClick(focus, Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.visit.verbs("pick_up") == [("app:W2",)]
    assert made.desk.palette_.isHidden()
