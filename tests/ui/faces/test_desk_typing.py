"""What is typed at the desk is never lost, never half done, never handed over against the clerk."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from counter_app.problems import Problem
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import BX02, YD01
from tests.fakes.keys import CTRL, NONE, press, type_
from tests.ui.conftest import quiet

NO_ERRORS = s.replace(
    YD01, fields=tuple(s.replace(f, value=f.value or "310000") if f.required else f for f in YD01.fields)
)


def commit(text: str) -> None:
    """What an input method hands over when it has composed."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def focused() -> Any:
    return QApplication.focusWidget()


def test_enter_while_an_input_method_composes_does_nothing(stand: Any) -> None:
    made = stand()
    editor = made.editor("addr")
    editor.setFocus()
    QApplication.sendEvent(editor, QInputMethodEvent("zhang", []))
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F10)
    assert focused() is editor
    assert made.model.page == "fill"
    commit("张")
    press(Qt.Key.Key_Return)
    assert focused() is not editor


def test_composed_text_is_not_handed_over_half_done(stand: Any, qtbot: Any) -> None:
    made = stand()
    editor = made.editor("to")
    editor.setFocus()
    type_("2")
    QApplication.sendEvent(editor, QInputMethodEvent("zhang", []))
    made.model.flush()
    quiet(qtbot, made)
    assert made.visit.verbs("set_field") == []


def test_the_wheel_edits_nothing(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, case=BX02))
    before = [e.text() for e in made.window.findChildren(QLineEdit)]
    for editor in made.window.findChildren(QLineEdit):
        editor.setFocus()
        where = QPointF(editor.rect().center())
        event = QWheelEvent(
            where, QPointF(editor.mapToGlobal(QPoint(2, 2))), QPoint(), QPoint(0, -240),
            Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(editor, event)
    assert [e.text() for e in made.window.findChildren(QLineEdit)] == before


def test_typed_text_goes_before_the_check(stand: Any, qtbot: Any) -> None:
    made = stand()
    made.editor("place").setFocus()
    type_("shs")
    press(Qt.Key.Key_F8)
    quiet(qtbot, made)
    verbs = [verb for verb, _ in made.visit.asked]
    assert verbs.index("set_field") < verbs.index("check")
    assert made.visit.verbs("set_field")[-1] == ("place", "310000")


def test_what_is_refused_keeps_standing_and_stops_the_submit(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, case=s.replace(NO_ERRORS, checked=True)))
    made.visit.refusals["set_field"] = Problem("store-write", "store", "磁盘")
    made.editor("to").setFocus()
    type_("20270101")
    press(Qt.Key.Key_F10)
    quiet(qtbot, made)
    assert made.visit.verbs("submit") == []
    assert made.editor("to").text() == "20270101"
    del made.visit.refusals["set_field"]
    press(Qt.Key.Key_F10)
    quiet(qtbot, made)
    assert ("to", "20270101") in made.visit.verbs("set_field")
    assert len(made.visit.verbs("submit")) == 1


def test_a_snapshot_never_overwrites_the_field_being_edited(stand: Any, qtbot: Any) -> None:
    made = stand()
    made.editor("to").setFocus()
    type_("2027")
    case = s.replace(
        YD01,
        fields=tuple(s.replace(f, value="2099-01-01") if f.key in ("to", "from") else f for f in YD01.fields),
    )
    made.counter.put(case=case)
    qtbot.waitUntil(lambda: made.editor("from").text() == "2099-01-01")
    assert made.editor("to").text() == "2027"
    assert focused() is made.editor("to")


def test_undo_takes_text_first_and_steps_afterwards(stand: Any, qtbot: Any) -> None:
    made = stand()
    made.editor("to").setFocus()
    type_("20")
    press(Qt.Key.Key_Z, CTRL)
    assert made.editor("to").text() == ""
    quiet(qtbot, made)
    assert made.visit.verbs("undo") == []
    press(Qt.Key.Key_Z, CTRL)
    quiet(qtbot, made)
    assert len(made.visit.verbs("undo")) == 1


def test_a_masked_value_is_replaced_whole_and_never_sent(stand: Any, qtbot: Any) -> None:
    made = stand()
    editor = made.editor("tel")
    editor.setFocus()
    editor.end(False)
    type_("9")
    assert editor.text() == "9"
    type_("1380000")
    made.model.flush()
    quiet(qtbot, made)
    assert made.visit.verbs("set_field") == [("tel", "91380000")]


def test_a_pasted_megabyte_is_cut_and_stays_one_line(stand: Any, qtbot: Any) -> None:
    made = stand()
    editor = made.editor("addr")
    editor.setFocus()
    editor.clear()
    editor.insert("汉" * 1_000_000)
    assert len(editor.text()) == 2000


def test_a_table_grows_by_typing_and_shrinks_by_its_button(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, case=BX02))
    row = made.page().form.rows["invoices"]
    row.focus("5.no")
    type_("37060126")
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.visit.verbs("set_cell") == [("invoices", 5, "no", "37060126")]
    assert len(row._lines) == 7
    row._lines[0].drop.click()
    quiet(qtbot, made)
    assert made.visit.verbs("remove_row") == [("invoices", 0)]
    assert row._lines[0].slots[0].editor.text() == "370601260001"
    assert len(row._lines) == 6


def test_text_size_and_theme_change_live_and_keep_what_is_typed(stand: Any, qtbot: Any) -> None:
    made = stand()
    made.editor("to").setFocus()
    type_("2027")
    small = made.editor("to").fontInfo().pixelSize()
    press(Qt.Key.Key_Equal, CTRL)
    press(Qt.Key.Key_Equal, CTRL)
    press(Qt.Key.Key_T, CTRL)
    assert made.editor("to").fontInfo().pixelSize() == round(small * 1.5)
    assert made.editor("to").text() == "2027"
    assert focused() is made.editor("to")
    press(Qt.Key.Key_0, CTRL)
    assert made.editor("to").fontInfo().pixelSize() == small


def test_keys_of_the_window_work_from_a_button_too(stand: Any, qtbot: Any) -> None:
    made = stand()
    made.desk.tray.add.setFocus()
    press(Qt.Key.Key_F1)
    assert made.desk.help.isVisible()
    press(Qt.Key.Key_F1)
    assert made.desk.help.isHidden()


def test_f9_after_the_last_case_ends_the_visit_and_calls(stand: Any, qtbot: Any) -> None:
    tiles = tuple(s.replace(t, number="x") for t in s.TILES)
    made = stand(s.replace(s.DONE, tiles=tiles))
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: made.visit.verbs("call_next") == [()])
    assert made.visit.verbs("finish") == [()]


def test_f1_speaks_of_the_page_that_is_shown_and_nothing_is_lost(stand: Any, qtbot: Any) -> None:
    made = stand()
    edit = made.editor("to")
    edit.setFocus()
    edit.setText("2027")
    press(Qt.Key.Key_F1)
    assert made.desk.help.accessibleName() == "帮助：填写"
    press(Qt.Key.Key_Escape)
    assert made.desk.help.isHidden()
    assert focused() is edit
    assert edit.text() == "2027"


def test_f1_over_the_palette_gives_back_what_was_typed(stand: Any, qtbot: Any) -> None:
    made = stand()
    made.desk.open_palette("ydjy")
    press(Qt.Key.Key_F1)
    assert made.desk.help.accessibleName() == "帮助：查找"
    press(Qt.Key.Key_Escape)
    assert made.desk.palette_.isVisible()
    assert made.desk.palette_.edit.text() == "ydjy"


def test_f1_on_the_locked_desk_says_how_to_come_in(stand: Any, qtbot: Any) -> None:
    made = stand()
    made.desk.lock()
    press(Qt.Key.Key_F1)
    assert made.desk.help.accessibleName() == "帮助：锁屏与登录"
    assert made.desk.lock_cover.isVisible()
    press(Qt.Key.Key_Escape)
    assert made.desk.help.isHidden()
    assert made.desk.lock_cover.isVisible()
