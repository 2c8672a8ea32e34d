"""Keys pressed before their place is there: once each, in order, never on what was listed before."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from counter_app.problems import Problem
from counter_app.services.visit_view import ChoiceView, PromptView
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import BX02
from tests.fakes.keys import CTRL, press, type_
from tests.ui.conftest import quiet
from ui.ports import PaletteRow

ROWS = (PaletteRow("type", "YD01", "备案", "ba"), PaletteRow("type", "BX02", "报销", "bx"))
Press = Callable[..., None]


class Slow:
    """A look-up that answers when it is let go."""

    def __init__(self, counter: Any) -> None:
        self.gate = threading.Event()
        self.error: Exception | None = None
        self._search = counter.search
        counter.search = self.search
        counter.finds_at_once = lambda: False

    def search(self, text: str) -> Sequence[PaletteRow]:
        assert self.gate.wait(10)
        if self.error is not None:
            raise self.error
        return list(self._search(text))


@pytest.fixture
def late(stand: Any) -> Iterator[Callable[..., tuple[Any, Slow]]]:
    """A desk whose palette answers late."""
    made: list[Slow] = []

    def make(view: Any = s.CALLED) -> tuple[Any, Slow]:
        one = stand(view)
        one.counter.rows = ROWS
        made.append(Slow(one.counter))
        return one, made[-1]

    yield make
    for slow in made:
        slow.gate.set()


def ask(text: str) -> None:
    press(Qt.Key.Key_K, CTRL)
    type_(text)


def test_ctrl_i_before_the_answer_tells_once_when_it_comes(late: Any, qtbot: Any) -> None:
    made, slow = late()
    ask("bx")
    press(Qt.Key.Key_I, CTRL)
    press(Qt.Key.Key_I, CTRL)  # nothing seems to happen, so once more
    assert made.visit.verbs("tell_once") == []
    slow.gate.set()
    quiet(qtbot, made)
    assert made.visit.verbs("tell_once") == [("BX02",)]
    assert made.desk.palette_.isHidden()


def test_ctrl_i_before_the_answer_does_not_tell_about_the_case_in_hand(late: Any, qtbot: Any) -> None:
    made, slow = late(s.FILLING)
    ask("bx")
    press(Qt.Key.Key_I, CTRL)
    slow.gate.set()
    quiet(qtbot, made)
    assert made.visit.verbs("tell_once") == [("BX02",)]


def test_arrow_and_enter_before_the_answer_open_the_row_they_mean(late: Any, qtbot: Any) -> None:
    made, slow = late(s.FILLING)
    ask("b")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    slow.gate.set()
    quiet(qtbot, made)
    assert made.visit.verbs("open_case") == [("BX02",)]


def test_enter_acts_on_no_row_of_an_earlier_text(late: Any, qtbot: Any) -> None:
    made, slow = late(s.FILLING)
    slow.gate.set()
    ask("ba")
    qtbot.waitUntil(lambda: made.desk.palette_.current is not None)
    slow.gate.clear()
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Backspace)
    type_("bx")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert made.desk.palette_.current is None
    slow.gate.set()
    quiet(qtbot, made)
    assert made.visit.verbs("open_case") == [("BX02",)]


def test_escape_drops_what_waits(late: Any, qtbot: Any) -> None:
    made, slow = late()
    ask("bx")
    press(Qt.Key.Key_I, CTRL)
    press(Qt.Key.Key_Escape)
    assert made.desk.palette_.isHidden()
    slow.gate.set()
    quiet(qtbot, made)
    assert made.visit.verbs("tell_once") == []
    press(Qt.Key.Key_K, CTRL)
    assert not made.desk.palette_.isHidden()  # the keyboard is the clerk's again


def test_a_look_up_that_fails_drops_what_waits_and_says_so(late: Any, qtbot: Any) -> None:
    made, slow = late(s.FILLING)
    slow.error = Problem("hub-unreachable")
    ask("bx")
    press(Qt.Key.Key_I, CTRL)
    slow.gate.set()
    quiet(qtbot, made)
    assert made.visit.verbs("tell_once") == []
    assert made.model.notices.current
    type_("q")
    assert made.desk.palette_.edit.text() == "bxq"


def test_nothing_found_tells_about_nothing_and_keeps_the_text(late: Any, qtbot: Any) -> None:
    made, slow = late(s.FILLING)
    slow.gate.set()
    ask("zzz")
    quiet(qtbot, made)
    press(Qt.Key.Key_I, CTRL)
    quiet(qtbot, made)
    assert made.visit.verbs("tell_once") == []
    assert made.desk.palette_.edit.text() == "zzz"


def test_what_is_typed_after_enter_goes_into_the_case_that_is_being_opened(late: Any, qtbot: Any) -> None:
    made, slow = late(s.FILLING)
    made.visit.gate.clear()
    ask("bx")
    press(Qt.Key.Key_Return)
    type_("12")
    slow.gate.set()
    qtbot.waitUntil(lambda: made.model.is_busy("open_case"))
    type_("34")
    made.visit.gate.set()
    quiet(qtbot, made)
    assert made.model.view.case.case_id == BX02.case_id
    qtbot.waitUntil(lambda: "1234" in _texts(made))
    assert made.visit.verbs("set_field") == []  # nothing went into the case before


def test_what_is_typed_is_dropped_when_the_case_is_refused(late: Any, qtbot: Any) -> None:
    made, slow = late(s.FILLING)
    slow.gate.set()
    made.visit.refusals["open_case"] = Problem("not-found")
    made.visit.gate.clear()
    ask("bx")
    qtbot.waitUntil(lambda: made.desk.palette_.current is not None)
    press(Qt.Key.Key_Return)
    type_("1234")
    made.visit.gate.set()
    quiet(qtbot, made)
    assert "1234" not in _texts(made)
    assert made.visit.verbs("set_field") == []


def test_two_matters_in_a_row_are_both_told_about(stand: Any, qtbot: Any) -> None:
    made = stand(s.CALLED)
    made.counter.rows = ROWS
    made.visit.gate.clear()
    for text in ("ba", "bx", "bx"):
        ask(text)
        press(Qt.Key.Key_I, CTRL)
    made.visit.gate.set()
    quiet(qtbot, made)
    assert made.visit.verbs("tell_once") == [("YD01",), ("BX02",)]


def test_a_page_that_turns_takes_no_letter_from_the_palette(stand: Any, qtbot: Any) -> None:
    made = stand(s.CALLED)
    made.counter.rows = ROWS
    ask("b")
    made.counter.put(case=s.FILLING.case, tiles=s.FILLING.tiles, principals=s.FILLING.principals)
    qtbot.waitUntil(lambda: made.model.page == "fill")
    quiet(qtbot, made)
    type_("x")
    assert made.desk.palette_.edit.text() == "bx"
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.editor("place"))


def test_a_question_that_comes_takes_no_digit_from_the_palette(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    ask("YD")
    made.counter.put(prompt=PromptView("card_removed", ("stays", "left")))
    qtbot.waitUntil(lambda: made.desk.work.prompt.isVisible())
    quiet(qtbot, made)
    type_("01")
    assert made.desk.palette_.edit.text() == "YD01"
    press(Qt.Key.Key_Escape)
    assert made.desk.work.prompt.isAncestorOf(QApplication.focusWidget())


def test_choices_that_change_under_the_list_are_the_ones_taken(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    edit = made.editor("place")
    edit.setFocus()
    type_("sh")
    assert [choice.code for choice in edit._list.found] == ["310000", "310115"]
    edit.set_choices((ChoiceView("371100", "山东省日照市"), ChoiceView("310115", "上海市浦东新区")))
    press(Qt.Key.Key_Return)
    assert edit.value() == "310115"


def test_the_screen_is_locked_at_once_whatever_is_awaited(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    made.counter.rows = ROWS
    made.visit.gate.clear()
    ask("bx")
    press(Qt.Key.Key_Return)
    assert made.model.is_busy("open_case")
    type_("12")
    press(Qt.Key.Key_F12)
    assert made.desk.lock_cover.isVisible()
    made.visit.gate.set()
    quiet(qtbot, made)
    assert "12" not in _texts(made)


def test_no_key_is_kept_for_a_locked_screen(late: Any, qtbot: Any) -> None:
    made, slow = late(s.FILLING)
    ask("bx")
    press(Qt.Key.Key_Return)
    type_("1234")
    made.desk.lock()
    slow.gate.set()
    quiet(qtbot, made)
    assert made.visit.verbs("open_case") == []
    assert "1234" not in _texts(made)


def _texts(made: Any) -> list[str]:
    return [edit.text() for edit in made.window.findChildren(QLineEdit)]
