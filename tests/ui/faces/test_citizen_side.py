"""The citizen's screen beside the desk: it follows the visit, asks, and what is answered reaches the desk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from drivers.protocols import Fault, Rating, Signature
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import YD01
from tests.ui.conftest import quiet
from tests.ui.faces.test_citizen import button, draw_name, press
from ui.citizen.rate import WORDS
from ui.faces.citizen_side import CitizenSide
from ui.faces.on_screen import OnScreen
from ui.theme import load
from ui.viewmodels.form import SITUATION
from ui.widgets.check_lines import CheckLines
from ui.widgets.field_row import ProblemLine


@pytest.fixture
def beside(qtbot: Any, stand: Any, qapp_dressed: QApplication) -> Iterator[Any]:
    """`beside(view, wish)`: a desk with the citizen's screen joined to it."""
    sides: list[CitizenSide] = []

    def make(view: Any = s.FILLING, wish: str = "window") -> tuple[Any, CitizenSide]:
        made = stand(view)
        side = CitizenSide(qapp_dressed, made.model, load("light", 100), made.desk, wish)
        made.desk.citizen = side
        sides.append(side)
        QApplication.processEvents()
        if wish == "window":
            qtbot.waitUntil(lambda: side.is_open)
        return made, side

    yield make
    for side in sides:
        side.end()


def shown(side: CitizenSide) -> str:
    return type(side.window.page).__name__


def told(made: Any) -> str:
    current = made.model.notices.current
    return str(current[-1].title) if current else ""


# --- following the visit ------------------------------------------------------------------------


def test_it_follows_the_visit_from_welcome_to_the_number(beside: Any, qtbot: Any) -> None:
    made, side = beside(s.EMPTY)
    assert shown(side) == "Welcome"
    for view, page in (
        (s.CALLED, "Served"),
        (s.FILLING, "Served"),
        (s.DONE, "Finished"),
        (s.EMPTY, "Welcome"),
    ):
        made.counter.put(
            **{f: getattr(view, f) for f in ("visit_open", "ticket", "principals", "tiles", "case")}
        )
        qtbot.waitUntil(lambda page=page: shown(side) == page)


def test_a_locked_desk_shows_nobody_anything(beside: Any, qtbot: Any) -> None:
    made, side = beside()
    made.desk.lock()
    qtbot.waitUntil(lambda: shown(side) == "Wait")


def test_a_key_covers_it_and_the_next_number_uncovers_it(beside: Any, qtbot: Any) -> None:
    made, side = beside()
    made.desk.actions_.run("citizen_screen")
    assert (shown(side), told(made)) == ("Wait", "群众副屏已遮住")
    made.desk.actions_.run("citizen_screen")
    assert (shown(side), told(made)) == ("Served", "群众副屏已恢复")
    made.desk.actions_.run("citizen_screen")
    made.counter.put(ticket=s.replace(s.TICKET, number="A013"))
    qtbot.waitUntil(lambda: shown(side) == "Served")


def test_without_a_second_monitor_it_stays_away_and_the_key_says_so(beside: Any) -> None:
    made, side = beside(wish="auto")
    assert not side.is_open
    made.desk.actions_.run("citizen_screen")
    assert told(made) == "本机没有接群众副屏"
    side.open_window()
    assert side.is_open


# --- checking -----------------------------------------------------------------------------------


def checking(beside: Any, qtbot: Any) -> tuple[Any, CitizenSide]:
    made, side = beside(s.replace(s.FILLING, case=s.replace(YD01, fields=YD01.fields[:2])))
    made.model.go(checking=True)
    qtbot.waitUntil(lambda: shown(side) == "Confirm")
    QApplication.processEvents()
    return made, side


def agree(side: CitizenSide) -> None:
    while "核对无误" not in [
        b.text() for b in side.window.findChildren(type(button(side.window, "有误，请修改")))
    ]:
        side.window.current._turn(1)
    press(side.window, "核对无误")


def test_the_citizen_agrees_and_nothing_is_submitted(beside: Any, qtbot: Any) -> None:
    made, side = checking(beside, qtbot)
    agree(side)
    quiet(qtbot, made)
    assert made.visit.verbs("check") == [(True,)]
    assert made.visit.verbs("submit") == []
    assert told(made) == "群众已在副屏确认无误"
    qtbot.waitUntil(lambda: shown(side) == "Wait")


def test_the_citizen_objects_and_the_clerk_is_back_in_the_form(beside: Any, qtbot: Any) -> None:
    made, side = checking(beside, qtbot)
    press(side.window, "有误，请修改")
    quiet(qtbot, made)
    assert made.visit.verbs("check") == []
    assert (made.model.page, told(made)) == ("fill", "群众表示内容有误")
    assert made.visit.verbs("object_to") == [("群众核对", "群众在副屏上按了“有误”")]
    assert shown(side) == "Served"


def test_the_line_the_citizen_points_at_is_where_the_clerk_goes_on(beside: Any, qtbot: Any) -> None:
    made, side = checking(beside, qtbot)
    page = side.window.page
    at = page.places.index(SITUATION)
    lines = side.window.findChildren(CheckLines)[0]
    QTest.mouseClick(lines.values[at], Qt.MouseButton.LeftButton)
    press(side.window, "有 1 项不对，请修改")
    quiet(qtbot, made)
    name, place = page.lines[at][0], page.places[at]
    assert made.visit.verbs("object_to") == [("群众核对", f"群众在副屏上指出不对：{name}", (place,))]
    assert (made.model.page, told(made)) == ("fill", f"群众指出不对：{name}")
    assert made.window.focusWidget() is made.editor(place)
    case = made.model.view.case
    for doubt, words in (("群众说这一项不对", ["▲ 群众说这一项不对，请问清后改"]), ("", [])):
        made.counter.put(case=s.replace(case, situation_doubt=doubt))
        qtbot.waitUntil(partial(said_beside_rows, made, words), timeout=60_000)


def said_beside_rows(made: Any, words: list[str]) -> bool:
    return [one.text() for one in made.desk.work.findChildren(ProblemLine) if one.isVisible()] == words


def test_what_the_clerk_opens_for_five_seconds_never_reaches_the_citizens_screen(
    beside: Any, qtbot: Any
) -> None:
    made, side = checking(beside, qtbot)
    before = side.window.page
    whole = s.replace(s.PERSON, name="李小芳", certno="370102194809211526", revealed=True)
    made.counter.put(principals=(whole,), opened=True)
    qtbot.waitUntil(lambda: made.model.view.opened, timeout=60_000)
    assert side.window.page == before
    made.desk.lock()
    qtbot.waitUntil(lambda: shown(side) == "Wait")


def test_a_check_nobody_answers_is_taken_away_and_can_be_pushed_again(beside: Any, qtbot: Any) -> None:
    made, side = checking(beside, qtbot)
    side.window.current._too_late()
    assert (shown(side), told(made)) == ("Served", "群众还没有在副屏确认")
    made.model.go(checking=False)
    made.model.go(checking=True)
    qtbot.waitUntil(lambda: shown(side) == "Confirm")


# --- asking -------------------------------------------------------------------------------------


def test_a_rating_stands_before_the_visit_until_it_is_given(beside: Any, qtbot: Any) -> None:
    made, side = beside(s.EMPTY)
    heard: list[Rating] = []
    side.rate("备案", "261122-001-A2B-0001-K", heard.append)
    made.counter.put(line=made.model.view.line)
    quiet(qtbot, made)
    assert shown(side) == "Rate"
    press(side.window, WORDS[4])
    assert heard == [Rating("rated", 4, "screen")]
    assert shown(side) == "Welcome"


def test_calling_the_next_number_ends_an_unanswered_rating_as_not_rated(beside: Any, qtbot: Any) -> None:
    made, side = beside(s.EMPTY)
    heard: list[Rating] = []
    side.rate("备案", "", heard.append)
    made.counter.put(visit_open=True, ticket=s.TICKET)
    qtbot.waitUntil(lambda: bool(heard))
    assert [(r.outcome, r.level) for r in heard] == [("timeout", 0)]
    assert shown(side) == "Served"


def test_a_signature_comes_back_and_a_second_question_ends_the_first(beside: Any) -> None:
    _, side = beside()
    first: list[Any] = []
    second: list[Any] = []
    side.sign("以上内容属实。", first.append)
    side.sign("我承诺以上属实。", second.append)
    assert first == [None]
    QApplication.processEvents()
    draw_name(side.window)
    press(side.window, "签好了")
    assert isinstance(second[0], Signature)


def test_while_the_desk_is_locked_nothing_is_asked(beside: Any, qtbot: Any) -> None:
    made, side = beside()
    side.sign("以上内容属实。", lambda signature: None)
    made.desk.lock()
    qtbot.waitUntil(lambda: shown(side) == "Wait")
    made.counter.put(locked=False)
    qtbot.waitUntil(lambda: shown(side) == "Sign")


# --- as a device, for a lane --------------------------------------------------------------------


class Lane:
    """One call on another thread."""

    def __init__(self, call: Any) -> None:
        self.result: Any = None
        self.thread = threading.Thread(target=self._run, args=(call,), daemon=True)
        self.thread.start()

    def _run(self, call: Any) -> None:
        try:
            self.result = call()
        except Fault as fault:
            self.result = fault.code


def answered(qtbot: Any, lane: Lane) -> Any:
    qtbot.waitUntil(lambda: not lane.thread.is_alive())
    return lane.result


def test_a_lane_is_answered_as_by_any_rater(beside: Any, qtbot: Any) -> None:
    _, side = beside()
    screen = OnScreen(side, "3")
    lane = Lane(lambda: screen.ask("备案", 5000))
    qtbot.waitUntil(lambda: shown(side) == "Rate")
    QApplication.processEvents()
    press(side.window, WORDS[5])
    assert answered(qtbot, lane) == Rating("rated", 5, "screen")
    assert answered(qtbot, Lane(lambda: screen.ask("备案", 30))).outcome == "timeout"


def test_a_lane_is_answered_as_by_any_sign_pad(beside: Any, qtbot: Any) -> None:
    _, side = beside()
    screen = OnScreen(side, "3")
    lane = Lane(lambda: screen.sign("以上内容属实。", 5000))
    qtbot.waitUntil(lambda: shown(side) == "Sign")
    QApplication.processEvents()
    draw_name(side.window)
    press(side.window, "签好了")
    assert isinstance(answered(qtbot, lane), Signature)
    lane = Lane(lambda: screen.sign("以上内容属实。", 5000))
    qtbot.waitUntil(lambda: shown(side) == "Sign")
    screen.cancel()
    assert answered(qtbot, lane) == "citizen-cancelled"
    assert answered(qtbot, Lane(lambda: screen.sign("以上内容属实。", 30))) == "citizen-timeout"


def test_a_screen_that_is_not_there_answers_at_once(beside: Any, qtbot: Any) -> None:
    _, side = beside(wish="off")
    screen = OnScreen(side)
    assert answered(qtbot, Lane(lambda: screen.ask("备案", 60_000))) == "citizen-cancelled"
