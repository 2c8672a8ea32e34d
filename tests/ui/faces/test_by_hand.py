"""人工叫号 at the desk: the number on a slip typed into the palette, Enter serves its holder."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes import snapshots as s
from tests.ui.conftest import quiet
from ui.ports import PaletteRow


def test_a_number_typed_and_entered_is_served(stand: Any, qtbot: Any) -> None:
    made = stand(s.EMPTY)
    made.counter.rows = (
        PaletteRow("ticket", "A023", "人工叫号　A023", "叫号系统联系不上，为持此号的群众办理"),
    )
    made.desk.open_palette("")
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "A023")
    qtbot.waitUntil(lambda: made.desk.palette_.current is not None, timeout=60_000)
    QTest.keyClick(focus, Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.visit.verbs("serve_number") == [("A023",)]
    assert made.desk.palette_.isHidden()
