"""The cover of the desk: whoever comes back finds the very letter, and nobody else gets past by key."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.problems import Problem
from tests.fakes import snapshots as s
from tests.fakes.keys import focus as focused
from tests.fakes.keys import press, type_
from tests.ui.conftest import quiet

SHIFT = Qt.KeyboardModifier.ShiftModifier
SECURED = s.replace(s.FILLING, session=s.SECURED)
LEFT = s.replace(s.EMPTY, session=s.LEFT, locked=True, clerk_no="", clerk_name="")


def covered(made: Any) -> bool:
    return bool(made.desk.lock_cover.isVisible() and made.desk.lock_cover.geometry() == made.desk.rect())


def test_what_was_typed_and_where_is_kept_to_the_letter(stand: Any, qtbot: Any) -> None:
    made = stand(SECURED)
    edit = made.editor("tel")
    edit.setFocus()
    edit.setText("")
    type_("138 0633-66")
    edit.setCursorPosition(5)
    edit.cursorBackward(True, 2)
    before = (edit.text(), edit.cursorPosition(), edit.selectedText())
    press(Qt.Key.Key_F12)
    quiet(qtbot, made)
    assert covered(made)
    type_("harbour-2026")
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.desk.lock_cover.isHidden()
    assert focused() is edit
    assert (edit.text(), edit.cursorPosition(), edit.selectedText()) == before
    assert made.visit.verbs("unlock") == [("harbour-2026",)]


def test_keys_go_round_on_the_cover_and_never_below(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.EMPTY, session=s.SECURED))
    press(Qt.Key.Key_F12)
    quiet(qtbot, made)
    cover = made.desk.lock_cover
    seen = []
    for key, modifier in [(Qt.Key.Key_Tab, None)] * 4 + [(Qt.Key.Key_Backtab, SHIFT)] * 4:
        press(key, modifier) if modifier else press(key)
        assert cover.isAncestorOf(focused())
        seen.append(focused())
    assert len(set(map(id, seen))) == 3
    assert [id(one) for one in seen[4:7]] == [id(one) for one in seen[2::-1]]
    made.counter.put(**{"principals": s.KNOWN.principals, "current_principal": s.KNOWN.current_principal})
    quiet(qtbot, made)
    assert made.desk.work.page is not None
    assert cover.isAncestorOf(focused())  # a card that goes in meanwhile does not take the keys


def test_signing_in_is_number_password_and_what_else_is_asked(stand: Any, qtbot: Any) -> None:
    made = stand(LEFT)
    cover = made.desk.lock_cover
    assert covered(made)
    made.visit.refusals["sign_in"] = Problem("code-needed", "code")
    type_("0317")
    press(Qt.Key.Key_Return)
    type_("secret-9")
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.visit.verbs("sign_in") == [("0317", "secret-9")]
    assert covered(made)
    assert made.model.notices.current == ()  # said where it is asked, and nowhere else
    made.visit.refusals["sign_in"] = Problem("password-old", "new_password")
    type_("287082")
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    type_("new-words-1")
    press(Qt.Key.Key_Return)
    type_("new-words-2")
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert len(made.visit.verbs("sign_in")) == 2  # the two new ones differ
    del made.visit.refusals["sign_in"]
    type_("new-words-1")
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.visit.verbs("sign_in")[-1] == ("0317", "secret-9", "287082", "new-words-1")
    assert cover.isHidden()
    assert not [field.text() for field in cover._fields if field.text()]


def test_a_wrong_password_is_told_and_forgotten(stand: Any, qtbot: Any) -> None:
    made = stand(SECURED)
    press(Qt.Key.Key_F12)
    quiet(qtbot, made)
    made.visit.refusals["unlock"] = Problem("login-wrong", "password")
    type_("wrong")
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert covered(made)
    assert "口令不对" in made.desk.lock_cover._refusal.text()
    assert focused().text() == ""
    assert focused().accessibleName() == "口令"


def test_another_clerk_takes_a_locked_window(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.EMPTY, session=s.SECURED))
    press(Qt.Key.Key_F12)
    quiet(qtbot, made)
    made.desk.lock_cover._other.setFocus()
    press(Qt.Key.Key_Return)
    type_("0318")
    press(Qt.Key.Key_Return)
    type_("her-words")
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.visit.verbs("sign_in") == [("0318", "her-words")]
    assert made.model.view.clerk_no == "0318"


def test_in_a_demo_one_key_chooses_who_works(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.EMPTY, session=s.DEMO))
    press(Qt.Key.Key_F12)
    quiet(qtbot, made)
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.visit.verbs("unlock") == [()]
    made.model.do("sign_out")
    quiet(qtbot, made)
    assert covered(made)
    type_("4")
    quiet(qtbot, made)
    assert made.visit.verbs("sign_in") == [("0301",)]
    assert made.desk.lock_cover.isHidden()
    assert QApplication.focusWidget() is not None
