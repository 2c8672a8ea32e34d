"""A locked card password at the desk: the refusal says what to do, and the palette prints where to go."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.problems import ROWS
from tests.fakes import snapshots as s
from tests.ui.conftest import quiet
from ui.ports import PaletteRow

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_palette_prints_the_slip_and_says_how_to_go_on(stand: Any, qtbot: Any) -> None:
    made = stand(s.CALLED)
    made.counter.rows = (PaletteRow("command", "tell_card_unlock", "社保卡密码锁定或忘记：出解锁指引"),)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_K, CTRL)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.visit.verbs("tell_card_unlock") == [()]
    told = made.model.notices.current[-1]
    assert (told.title, "身份证" in told.text) == ("解锁指引已送打印", True)


def test_the_refusals_name_the_other_documents_and_the_slip() -> None:
    for code in ("pin-locked", "pin-wrong"):
        assert {word for word in ("身份证", "医保码", ">解锁") if word in ROWS[code].advice} == {
            "身份证",
            "医保码",
            ">解锁",
        }
