"""Ctrl+U in a field: look, choose, Enter; the character lands where the cursor was, as if typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.catalog.characters import find
from counter_app.catalog.han_table import HanTable
from tests.fakes import snapshots as s
from tests.fakes.keys import CTRL, press
from tests.ui.conftest import Stand, quiet
from ui.viewmodels.rare import HOW, NONE

TABLE = HanTable(sounds={"yan": "䶮姸言"}, upward={"龙": "䶮"})


class Field:
    """A desk with the cursor in a field of free text, and a small table of characters."""

    def __init__(self, made: Stand, qtbot: Any) -> None:
        self.made, self._qtbot = made, qtbot
        self.panel = made.desk.actions_.rare.panel
        self.panel.model.find = lambda text: (find(TABLE, text), TABLE.lacks)
        self.edit = made.editor("addr")
        self.edit.setFocus()
        quiet(qtbot, made)

    def press(self, key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        press(key, modifiers)
        quiet(self._qtbot, self.made)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)
        quiet(self._qtbot, self.made)


@pytest.fixture
def field(stand: Any, qtbot: Any) -> Callable[[], Field]:
    return lambda: Field(stand(s.FILLING), qtbot)


def test_enter_puts_the_first_candidate_at_the_cursor_and_the_field_goes_on(field: Any) -> None:
    desk = field()
    desk.edit.setText("王路")
    desk.edit.setCursorPosition(1)
    desk.press(Qt.Key.Key_U, CTRL)
    desk.type("yan")
    assert [row.title for row in desk.panel._rows.rows] == ["䶮", "姸", "言"]  # 姸 is rare, 言 is not
    desk.press(Qt.Key.Key_Return)
    assert desk.panel.isHidden()
    assert QApplication.focusWidget() is desk.edit
    desk.type("x")
    assert desk.edit.text() == "王䶮x路"


def test_a_field_that_was_selected_whole_is_gone_on_with(field: Any) -> None:
    desk = field()
    desk.edit.setText("王")
    desk.edit.selectAll()
    desk.press(Qt.Key.Key_U, CTRL)
    desk.type("U+20C8E")
    desk.press(Qt.Key.Key_Return)
    assert desk.edit.text() == "王𠲎"


def test_what_was_put_in_is_handed_over_as_typed(field: Any, qtbot: Any) -> None:
    desk = field()
    desk.edit.clear()
    desk.press(Qt.Key.Key_U, CTRL)
    desk.type("yan")
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)  # on to the next field: this one is handed over
    assert desk.made.visit.verbs("set_field")[-1] == ("addr", "姸")


def test_esc_puts_nothing_and_nothing_is_left_by_opening(field: Any) -> None:
    desk = field()
    before = desk.edit.text()
    desk.press(Qt.Key.Key_U, CTRL)
    desk.type("yan")
    desk.press(Qt.Key.Key_Escape)
    assert (desk.edit.text(), QApplication.focusWidget()) == (before, desk.edit)
    assert desk.made.visit.verbs("set_field") == []


def test_how_to_ask_is_said_and_what_is_not_found(field: Any) -> None:
    desk = field()
    desk.press(Qt.Key.Key_U, CTRL)
    assert desk.panel._foot.text() == HOW
    desk.type("zz")
    assert desk.panel._foot.text() == NONE
    desk.press(Qt.Key.Key_Return)
    assert not desk.panel.isHidden()
    desk.panel.model.find = lambda text: ((), ("unicode-data",))
    desk.type("z")
    assert "unicode-data" in desk.panel._foot.text()


def test_from_the_palette_it_opens_for_the_field_that_was_left(field: Any) -> None:
    desk = field()
    desk.press(Qt.Key.Key_K, CTRL)
    desk.made.desk.palette_.edit.begin(">生僻字")
    desk.made.desk.palette_._look(">生僻字")
    desk.press(Qt.Key.Key_Return)
    assert not desk.panel.isHidden()
    assert desk.panel._into is desk.edit


def test_outside_a_field_it_says_where_to_go(field: Any) -> None:
    desk = field()
    desk.made.desk.top.palette_button.setFocus()
    desk.press(Qt.Key.Key_U, CTRL)
    assert desk.panel.isHidden()
    assert desk.made.model.notices.current[0].title == "光标不在可填的栏里"
