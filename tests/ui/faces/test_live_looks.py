"""Themes and sizes change under the clerk's hands: palette, half-written word and form stay as they were."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from tests.fakes import snapshots as s
from tests.ui.conftest import quiet
from tests.ui.faces.test_desk_typing import CTRL, focused, press, type_
from ui.ports import PaletteRow


def test_an_open_palette_keeps_its_words_and_its_row(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    made.editor("to").setFocus()
    type_("2027")
    made.counter.rows = tuple(PaletteRow("type", c.code, c.label, "", c.code) for c in s.SUGGESTIONS)
    made.desk.open_palette("yd")
    quiet(qtbot, made)
    press(Qt.Key.Key_Down)
    row = made.desk.palette_.current
    for look in ("theme", "larger", "theme", "normal_size"):
        made.desk.actions_.run(look)
    assert made.desk.palette_.isVisible()
    assert made.desk.palette_.edit.text() == "yd"
    assert made.desk.palette_.current == row
    press(Qt.Key.Key_Escape)
    assert made.editor("to").text() == "2027"


def test_a_word_being_composed_is_not_lost(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    editor = made.editor("addr")
    editor.setFocus()
    editor.clear()
    QApplication.sendEvent(editor, QInputMethodEvent("zhang", []))
    press(Qt.Key.Key_T, CTRL)
    press(Qt.Key.Key_Equal, CTRL)
    assert focused() is editor
    done = QInputMethodEvent()
    done.setCommitString("张")
    QApplication.sendEvent(editor, done)
    assert editor.text() == "张"
