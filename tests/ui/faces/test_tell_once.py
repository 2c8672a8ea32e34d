"""Ctrl+I: a 一次性告知单 of the case in hand, or of whatever the palette has under its bar."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes import snapshots as s
from tests.ui.conftest import quiet
from ui.ports import PaletteRow

CTRL = Qt.KeyboardModifier.ControlModifier


def press_ctrl_i() -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_I, CTRL)


def test_one_key_tells_about_the_case_in_hand(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    press_ctrl_i()
    quiet(qtbot, made)
    assert made.visit.verbs("tell_once") == [()]


def test_two_keys_tell_about_any_type(stand: Any, qtbot: Any) -> None:
    made = stand(s.CALLED)
    made.counter.rows = (PaletteRow("type", "MT02", "门诊慢特病认定"), PaletteRow("type", "YD01", "备案"))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_K, CTRL)
    press_ctrl_i()
    quiet(qtbot, made)
    assert len(made.visit.verbs("tell_once")) == 1
    assert made.visit.verbs("open_case") == []
    assert made.desk.palette_.isHidden()


def test_with_nothing_chosen_it_asks_which(stand: Any, qtbot: Any) -> None:
    made = stand(s.CALLED)
    press_ctrl_i()
    quiet(qtbot, made)
    assert made.visit.verbs("tell_once") == []
    assert not made.desk.palette_.isHidden()


def test_a_person_in_the_palette_is_not_told_about(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    made.counter.rows = (PaletteRow("person", "x", "@李*芳"),)
    made.desk.open_palette("@")
    qtbot.waitUntil(lambda: made.desk.palette_.current is not None)
    press_ctrl_i()
    quiet(qtbot, made)
    assert made.visit.verbs("tell_once") == [()]
