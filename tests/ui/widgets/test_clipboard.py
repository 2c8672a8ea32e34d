"""What was copied about a person goes when they go; a password and another program's text are left alone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.fakes import snapshots as s
from tests.fakes.keys import CTRL, press, type_
from tests.ui.conftest import quiet


def copied(made: Any) -> str:
    """Copy what stands in a field, as a clerk does."""
    edit = made.editor("tel")
    edit.setFocus()
    edit.setText("13806330000")
    edit.selectAll()
    press(Qt.Key.Key_C, CTRL)
    return QGuiApplication.clipboard().text()


def test_the_clipboard_is_empty_when_the_next_one_comes(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, visit_open=True))
    assert copied(made) == "13806330000"
    made.model.do("view")
    quiet(qtbot, made)
    assert QGuiApplication.clipboard().text() == "13806330000"  # still the same person
    made.model.do("finish")
    quiet(qtbot, made)
    assert QGuiApplication.clipboard().text() == ""


def test_a_password_is_never_copied(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, session=s.SECURED))
    copied(made)
    press(Qt.Key.Key_F12)
    quiet(qtbot, made)
    type_("harbour-2026")
    made.desk.lock_cover._password.selectAll()
    made.desk.lock_cover._password.copy()
    assert QGuiApplication.clipboard().text() == "13806330000"
    made.desk.copies.forget()
    assert QGuiApplication.clipboard().text() == ""
