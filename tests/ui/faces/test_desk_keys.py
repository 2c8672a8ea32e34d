"""The desk by keyboard: the keys of the table, double keys, Enter, Esc, input methods, wheel."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from counter_app.problems import Problem
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import BX02, WRONG, YD01
from tests.fakes.keys import CTRL, NONE, press, type_
from tests.ui import checks
from tests.ui.conftest import quiet
from ui import keymap
from ui.ports import PaletteRow

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
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


# --- moving about ---------------------------------------------------------------------------------


def test_enter_goes_to_the_next_field_and_shift_enter_back(stand: Any) -> None:
    made = stand()
    assert focused() is made.editor("place")
    press(Qt.Key.Key_Return)
    assert focused() is made.editor("hospital")
    press(Qt.Key.Key_Enter)
    assert focused() is made.editor("from")
    press(Qt.Key.Key_Return, SHIFT)
    assert focused() is made.editor("hospital")


def test_enter_after_the_last_row_reaches_the_check_button_and_submits_nothing(
    stand: Any, qtbot: Any
) -> None:
    made = stand()
    made.page().form.focus_place("@ask:lives")
    press(Qt.Key.Key_Return)
    assert "核对" in focused().text()
    assert made.visit.verbs("submit") == []


def test_alt_digit_goes_to_the_row_with_that_digit(stand: Any) -> None:
    made = stand()
    press(Qt.Key.Key_4, ALT)
    row = made.page().form.rows["kind"]
    assert row.title.digit.text() == "4"
    assert focused() is made.editor("kind")


def test_alt_arrows_walk_the_errors(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, case=WRONG))
    qtbot.waitUntil(lambda: focused() is made.editor("place"))
    press(Qt.Key.Key_Down, ALT)
    assert focused() is made.editor("to")
    press(Qt.Key.Key_Down, ALT)
    assert focused() is made.desk.materials._lines["M_SETTLE"]
    press(Qt.Key.Key_Up, ALT)
    assert focused() is made.editor("to")


def test_an_error_about_the_agent_opens_who_speaks(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, case=WRONG, speaker=s.SPEAKER))
    made.model.jump.emit("party")
    assert made.model.page == "speaker"


def test_tab_reaches_every_control_and_shift_tab_goes_back_the_same_way(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, case=BX02), (1920, 1040))
    quiet(qtbot, made)
    walked = checks.tab_walk(made.window)
    missed = [w for w in checks.tabbable(made.window) if w not in walked]
    assert [w.accessibleName() or w.objectName() or type(w).__name__ for w in missed] == []
    last = walked[-1]
    last.setFocus()
    for expected in reversed(walked[:-1]):
        press(Qt.Key.Key_Backtab, SHIFT)
        assert focused() is expected


def test_f6_walks_the_panes(stand: Any, qtbot: Any) -> None:
    made = stand()
    press(Qt.Key.Key_F6)
    assert made.desk.materials.isAncestorOf(focused())
    press(Qt.Key.Key_F6)
    assert made.desk.top.isAncestorOf(focused())
    press(Qt.Key.Key_F6, SHIFT)
    assert made.desk.materials.isAncestorOf(focused())


def test_every_key_of_the_strip_has_a_button_and_every_action_is_known(stand: Any) -> None:
    made = stand()
    words = [b.text() for b in made.desk.strip.findChildren(QAbstractButton)]
    assert words == [f"F{n} {key.strip}" for n, key in enumerate(keymap.strip(), 1)]
    for key in keymap.KEYS:
        known = key.action in made.desk.actions_._table or key.action[-1].isdigit()
        assert known, key.action


# --- the visit ------------------------------------------------------------------------------------


def test_ten_f10_submit_once_and_only_after_the_answers_were_shown(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, case=NO_ERRORS))
    for _ in range(10):
        press(Qt.Key.Key_F10)
    quiet(qtbot, made)
    assert made.model.page == "check"
    made.desk.actions_._shown_at += 3600  # however slow the machine: shown this very moment
    press(Qt.Key.Key_F10)  # the eleventh, before anybody can have read the page
    quiet(qtbot, made)
    assert made.visit.verbs("submit") == []
    made.desk.actions_._shown_at -= 3605  # the page has been looked at
    for _ in range(10):
        press(Qt.Key.Key_F10)
    quiet(qtbot, made)
    assert len(made.visit.verbs("submit")) == 1
    assert made.model.page == "done"
    press(Qt.Key.Key_F10)
    quiet(qtbot, made)
    assert len(made.visit.verbs("submit")) == 1


def test_double_click_on_submit_submits_once(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, case=NO_ERRORS))
    press(Qt.Key.Key_F8)
    quiet(qtbot, made)
    made.desk.actions_._shown_at -= 5
    button = made.page()._submit
    button.setFocus()
    made.visit.gate.clear()
    for _ in range(3):
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Space)
    made.visit.gate.set()
    quiet(qtbot, made)
    assert len(made.visit.verbs("submit")) == 1


def test_a_held_f9_calls_once(stand: Any, qtbot: Any) -> None:
    made = stand(s.EMPTY)
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    for repeat in (False, True, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F9, NONE, "", repeat)
        QApplication.sendEvent(focused(), event)
    quiet(qtbot, made)
    assert len(made.visit.verbs("call_next")) == 1


def test_f9_pressed_twice_while_the_lane_is_busy_calls_once(stand: Any, qtbot: Any) -> None:
    made = stand(s.EMPTY)
    made.visit.gate.clear()
    for _ in range(3):
        press(Qt.Key.Key_F9)
    made.visit.gate.set()
    quiet(qtbot, made)
    assert len(made.visit.verbs("call_next")) == 1


def test_f8_with_something_missing_goes_to_the_first_place(stand: Any, qtbot: Any) -> None:
    made = stand()
    press(Qt.Key.Key_F8)
    quiet(qtbot, made)
    qtbot.waitUntil(lambda: made.page().summary.isVisible())
    assert made.model.page == "fill"
    qtbot.waitUntil(lambda: focused() is made.editor("place"))


def test_f8_goes_there_and_back(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, case=NO_ERRORS))
    press(Qt.Key.Key_F8)
    quiet(qtbot, made)
    assert made.model.page == "check"
    press(Qt.Key.Key_F8)
    assert made.model.page == "fill"


def test_esc_never_discards(stand: Any, qtbot: Any) -> None:
    made = stand()
    made.editor("to").setFocus()
    type_("20270101")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert made.editor("to").text() == "20270101"
    made.model.flush()
    quiet(qtbot, made)
    assert ("to", "20270101") in made.visit.verbs("set_field")


def test_space_receives_and_the_next_missing_material_is_current(stand: Any, qtbot: Any) -> None:
    made = stand()
    press(Qt.Key.Key_F4)
    assert focused() is made.desk.materials._lines["M_SETTLE"]
    press(Qt.Key.Key_Space)
    quiet(qtbot, made)
    assert made.visit.verbs("receive") == [("M_SETTLE",)]
    press(Qt.Key.Key_Space)
    quiet(qtbot, made)
    assert made.visit.verbs("take_back") == [("M_SETTLE",)]


def test_a_core_material_says_why_it_cannot_be_deferred(stand: Any, qtbot: Any) -> None:
    made = stand()
    made.desk.materials.focus_in("M_POA")
    press(Qt.Key.Key_F7)
    quiet(qtbot, made)
    assert made.visit.verbs("defer") == []
    assert "不能容缺" in made.model.notices.current[-1].title


def test_digits_answer_a_question_but_a_burst_does_not(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, prompt=s.PROMPTS["second_card"]))
    made.desk.work.prompt.setFocus()
    made.desk.strip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.desk.strip.setFocus()
    type_("1901234567892")
    bar = made.desk.work.prompt
    qtbot.waitUntil(lambda: not bar._settle.isActive())
    assert made.visit.verbs("answer") == []
    type_("2")
    qtbot.waitUntil(lambda: made.visit.verbs("answer") == [("replace",)])


def test_a_scanner_burst_submits_nothing_and_opens_nothing(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, case=NO_ERRORS))
    made.editor("to").setFocus()
    for _ in range(3):
        type_("2810370102194803121526000111")
        press(Qt.Key.Key_Return)
    made.counter.rows = (
        PaletteRow("type", "BX02", "2810370102194803121526000111", "2810370102194803121526000111"),
    )
    press(Qt.Key.Key_K, CTRL)
    type_("2810370102194803121526000111")
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.visit.verbs("submit") == []
    assert made.visit.verbs("open_case") == []


def test_ctrl_digit_turns_to_a_case(stand: Any, qtbot: Any) -> None:
    made = stand()
    press(Qt.Key.Key_2, CTRL)
    quiet(qtbot, made)
    assert made.visit.verbs("focus_case") == [("c2",)]
    assert made.page().form.rows.keys() >= {"invoices"}


def test_f12_covers_at_once_and_keys_reach_nothing_below(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, session=s.SECURED))
    made.visit.gate.clear()  # the lane is busy: the cover does not wait for it
    press(Qt.Key.Key_F12)
    assert made.desk.lock_cover.isVisible()
    below = made.window.childAt(made.window.rect().center())
    assert below is made.desk.lock_cover or made.desk.lock_cover.isAncestorOf(below)
    made.visit.gate.set()
    quiet(qtbot, made)
    press(Qt.Key.Key_F10)
    press(Qt.Key.Key_K, CTRL)
    quiet(qtbot, made)
    assert made.visit.verbs("check") == []
    assert made.desk.palette_.isHidden()
    type_("1234")
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.visit.verbs("unlock") == [("1234",)]
    assert made.desk.lock_cover.isHidden()


def test_a_refusal_is_said_in_the_window(stand: Any, qtbot: Any) -> None:
    made = stand(s.CALLED)
    made.visit.refusals["type_certno"] = Problem("idno-check", "certno")
    type_("110101199003070000")
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert [n.code for n in made.model.notices.current] == ["idno-check"]
    assert focused().text() == "110101199003070000"
    press(Qt.Key.Key_Escape)
    assert made.model.notices.current == ()


def test_the_palette_opens_a_type_and_gives_the_focus_back(stand: Any, qtbot: Any) -> None:
    made = stand(s.KNOWN)
    made.counter.rows = (PaletteRow("type", "BX02", "住院费用手工报销", "zyfy"),)
    press(Qt.Key.Key_F2)
    type_("zyfy")
    assert [row.code for row in made.desk.palette_.rows] == ["BX02"]
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.visit.verbs("open_case") == [("BX02",)]
    press(Qt.Key.Key_K, CTRL)
    assert made.desk.palette_.isVisible()
    press(Qt.Key.Key_Escape)
    assert made.desk.palette_.isHidden()


def test_palette_commands_act(stand: Any, qtbot: Any) -> None:
    made = stand()
    press(Qt.Key.Key_K, CTRL)
    type_(">")
    commit("高对比")
    assert [row.code for row in made.desk.palette_.rows] == ["theme"]
    press(Qt.Key.Key_Return)
    assert made.desk.theme.name == "contrast"


def test_ctrl_r_opens_the_masked_field_one_stands_in_else_the_person(stand: Any, qtbot: Any) -> None:
    made = stand()
    tel = next(field.key for field in s.FILLING.case.fields if "*" in field.value and field.editable)
    made.editor(tel).setFocus()
    press(Qt.Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: made.visit.verbs("reveal") == [(tel,)])
    made.editor("to").setFocus()
    press(Qt.Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: made.visit.verbs("reveal") == [(tel,), (s.FILLING.current_principal,)])
