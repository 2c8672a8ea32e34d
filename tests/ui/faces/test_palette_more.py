"""The palette tells when others fit too: below the list, as no row that could be chosen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes import snapshots as s
from tests.ui import checks
from tests.ui.conftest import quiet
from ui.ports import MORE, PaletteRow

SAID = "还有更多，请多输几位"
PEOPLE = tuple(PaletteRow("person", f"p{n}", f"@李*{n}") for n in range(12))


def test_that_others_fit_too_is_said_below_and_never_chosen(stand: Any, qtbot: Any) -> None:
    made = stand(s.CALLED, (1280, 672))
    palette = made.desk.palette_
    made.counter.rows = (*PEOPLE, PaletteRow(MORE, "", SAID))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: palette._foot.text().startswith(SAID))
    assert "Enter 打开" in palette._foot.text()
    assert palette.rows == PEOPLE
    for _ in range(20):
        QTest.keyClick(palette.edit, Qt.Key.Key_Down)
    assert palette.current == PEOPLE[-1]
    assert checks.clipped(made.window) == []
    made.counter.rows = PEOPLE
    QTest.keyClicks(palette.edit, "x")
    qtbot.waitUntil(lambda: not palette._foot.text().startswith(SAID))
    quiet(qtbot, made)
