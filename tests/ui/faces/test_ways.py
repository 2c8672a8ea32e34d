"""The other ways in by keys alone: 待核, 全域通办, 上门, 退回 and 收外来件包."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.problems import Problem
from counter_app.services.filings import Received
from counter_app.services.visit_view import ChoiceView, CrossView
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import YD01
from tests.ui.conftest import quiet
from ui.ports import PaletteRow

NUMBER = s.DONE_CASE.number
PLACES = (ChoiceView("370203", "市北区"), ChoiceView("370212", "崂山区"))
WAITING = s.replace(
    s.DONE,
    case=s.replace(s.DONE_CASE, provisional=True),
    tiles=(s.replace(s.DONE.tiles[0], provisional=True), *s.DONE.tiles[1:]),
)
OFFERED = s.replace(s.FILLING, case=s.replace(YD01, cross=CrossView(PLACES)))
BOOKED = s.replace(s.DONE, case=s.replace(s.DONE_CASE, type_id="FW09", provisional=False))
FILING = PaletteRow("filing", "app:W1", "<异地就医备案　李*芳", "网上")


def focus() -> Any:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def enter(qtbot: Any, made: Any) -> None:
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    quiet(qtbot, made)


def typed(text: str) -> None:
    QTest.keyClicks(focus(), text)


def command(qtbot: Any, made: Any, code: str) -> None:
    """A command as the palette hands it over, by Enter."""
    made.counter.rows = (PaletteRow("command", code, f">{code}"),)
    made.desk.open_palette(f">{code}")
    enter(qtbot, made)


def told(made: Any) -> list[str]:
    return [note.title for note in made.model.notices.current]


# --- 待核 -----------------------------------------------------------------------------------
def test_what_agrees_takes_three_enters_and_no_single_one_decides(stand: Any, qtbot: Any) -> None:
    made = stand(WAITING)
    command(qtbot, made, "verify")
    assert made.model.page == "verify"
    assert NUMBER in made.page().title.whole
    enter(qtbot, made)
    assert made.visit.verbs("verify") == []
    enter(qtbot, made)
    assert made.visit.verbs("verify") == [(True, "", NUMBER)]
    assert made.model.page == "done"
    assert told(made) == ["已核实，一致"]


def test_what_differs_is_said_with_its_reason(stand: Any, qtbot: Any) -> None:
    made = stand(WAITING)
    made.desk.actions_.run("verify")
    made.page().why.setText("参保已暂停")
    enter(qtbot, made)
    enter(qtbot, made)
    assert made.visit.verbs("verify") == [(False, "参保已暂停", NUMBER)]


def test_a_refusal_leaves_the_page_open_with_what_was_typed(stand: Any, qtbot: Any) -> None:
    made = stand(WAITING)
    made.visit.refusals["verify"] = Problem("verify-unsent", "case", NUMBER)
    made.desk.actions_.run("verify")
    made.page().why.setText("参保已暂停")
    made.page().differs.click()
    quiet(qtbot, made)
    assert made.model.page == "verify"
    assert made.page().why.text() == "参保已暂停"
    assert [note.code for note in made.model.notices.current] == ["verify-unsent"]


def test_the_mark_has_a_button_only_while_it_stands(stand: Any, qtbot: Any) -> None:
    made = stand(WAITING)
    assert made.page()._verify.isVisible()
    assert made.desk.tray.verify.isVisible()
    made.desk.tray.verify.click()
    assert made.model.page == "verify"
    made = stand(s.DONE)
    assert not made.page()._verify.isVisible()
    assert not made.desk.tray.verify.isVisible()


def test_an_idle_desk_lists_what_waits(stand: Any, qtbot: Any) -> None:
    made = stand(s.EMPTY)
    made.counter.rows = (
        PaletteRow("verify", "N1", "!异地就医备案　李*芳", "N1"),
        PaletteRow("verify", "N2", "!慢特病认定　王*国", "N2"),
    )
    made.desk.actions_.run("verify")
    qtbot.waitUntil(lambda: made.desk.palette_.current is not None)
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    enter(qtbot, made)
    assert made.page().title.whole.endswith("N2")
    made.page().agrees.click()
    quiet(qtbot, made)
    assert made.visit.verbs("verify") == [(True, "", "N2")]
    assert made.model.page == "idle"


def test_the_same_page_about_another_case_says_so(stand: Any, qtbot: Any) -> None:
    made = stand(s.EMPTY)
    for number in ("N1", "N2"):
        made.model.go(aside="verify", subject=number, about="甲")
    assert made.page().title.whole.endswith("N2")


# --- 全域通办 --------------------------------------------------------------------------------
def test_a_district_is_found_by_initials_and_taken_with_enter(stand: Any, qtbot: Any) -> None:
    made = stand(OFFERED)
    command(qtbot, made, "cross")
    typed("sbq")
    enter(qtbot, made)
    assert made.visit.verbs("accept_for") == [("370203",)]
    assert made.model.page == "fill"


@pytest.mark.parametrize(
    ("clock", "words"),
    [("accepting", "时限自本机构受理之日起算"), ("insured", "时限自市北区收到转交之日起算")],
)
def test_the_band_says_who_reviews_and_whose_clock_runs(
    stand: Any, qtbot: Any, clock: str, words: str
) -> None:
    chosen = CrossView(PLACES, "370203", "市北区", clock)
    made = stand(s.replace(OFFERED, case=s.replace(YD01, cross=chosen)))
    assert made.page()._verdict._headline.whole == f"全域通办：由市北区审核，{words}"
    made.desk.actions_.run("cross")
    made.page()._ours.click()
    quiet(qtbot, made)
    assert made.visit.verbs("accept_for") == [("",)]


def test_where_it_is_not_offered_that_is_said_calmly(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    command(qtbot, made, "cross")
    assert made.model.page == "fill"
    assert told(made) == ["这一事项在本地不办全域通办"]


def test_an_accepted_case_stays_where_it_is(stand: Any, qtbot: Any) -> None:
    made = stand(s.DONE)
    made.desk.actions_.run("cross")
    assert [note.code for note in made.model.notices.current] == ["already-accepted"]


# --- 上门 -----------------------------------------------------------------------------------
def test_a_home_visit_begins_with_two_numbers(stand: Any, qtbot: Any) -> None:
    made = stand(s.EMPTY)
    command(qtbot, made, "home_visit")
    assert made.page().first.text() == s.EMPTY.clerk_no
    typed("0402")
    enter(qtbot, made)
    enter(qtbot, made)
    assert made.visit.verbs("start_home_visit") == [((s.EMPTY.clerk_no, "0402"),)]
    assert told(made) == ["上门服务已开始"]


def test_nobody_leaves_a_visit_by_going_out(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    made.desk.actions_.run("home_visit")
    assert made.model.page == "fill"
    assert [note.code for note in made.model.notices.current] == ["visit-open"]


def test_from_an_accepted_booking_matters_are_booked_one_by_one(stand: Any, qtbot: Any) -> None:
    made = stand(BOOKED)
    assert made.page()._book.isVisible()
    made.page()._book.click()
    assert made.page().number.text() == NUMBER
    typed("YD01")
    enter(qtbot, made)
    enter(qtbot, made)
    typed("0402")
    enter(qtbot, made)
    enter(qtbot, made)
    assert made.visit.verbs("book_visit") == [(NUMBER, "YD01", (s.EMPTY.clerk_no, "0402"))]
    assert "已约定：YD01" in made.page().said.text()
    assert made.page().matter.text() == ""
    assert made.page().second.text() == "0402"


# --- 外来件 ---------------------------------------------------------------------------------
def test_a_filing_of_the_list_goes_back_with_a_reason(stand: Any, qtbot: Any) -> None:
    made = stand(s.EMPTY)
    made.counter.rows = (FILING,)
    made.desk.actions_.run("filings")
    qtbot.waitUntil(lambda: made.desk.palette_.current is not None)
    assert "Ctrl+J 退回" in made.desk.palette_._foot.text()
    QTest.keyClick(focus(), Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert made.model.page == "send_back"
    assert made.desk.palette_.isHidden()
    made.page().reason.setText("材料不全")
    enter(qtbot, made)
    assert made.visit.verbs("send_back") == []
    enter(qtbot, made)
    assert made.visit.verbs("send_back") == [("app:W1", "材料不全")]
    assert told(made) == ["外来件已退回"]


def test_the_filing_in_hand_goes_back_as_well(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, case=s.replace(YD01, filing="app:W1")))
    command(qtbot, made, "send_back")
    assert (made.model.page, made.model.wish.subject) == ("send_back", "app:W1")
    made.desk.close_one()
    assert made.model.page == "fill"


def test_without_one_in_hand_the_list_opens(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    made.counter.rows = (FILING,)
    made.desk.actions_.run("send_back")
    assert made.desk.palette_.edit.text() == "<"
    assert told(made) == ["退回哪一件"]


def test_ctrl_j_still_refuses_the_case_in_hand(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    made.desk.actions_.run("refuse")
    assert made.model.page == "refuse"


def test_a_package_is_taken_in_and_what_was_refused_is_listed(stand: Any, qtbot: Any, tmp_path: Path) -> None:
    made = stand(s.EMPTY)
    file = tmp_path / "早.ow1p"
    made.counter.received = Received((), (), (Problem("filing-type", "app:W9", "XX99"),))
    command(qtbot, made, "package")
    made.page().file.setText(str(file))
    enter(qtbot, made)
    enter(qtbot, made)
    assert made.counter.packages == [file]
    assert "收进 0 件，未收 1 件" in made.page().said.text()
    assert "app:W9　外来件的事项不能从这里办" in made.page().said.text()


def test_a_package_that_is_not_one_is_refused_calmly(stand: Any, qtbot: Any, tmp_path: Path) -> None:
    made = stand(s.EMPTY)
    made.counter.received = Problem("package-signature", "", "示例医院")
    made.desk.actions_.run("package")
    made.page().file.setText(str(tmp_path / "a.ow1p"))
    made.page().take.click()
    quiet(qtbot, made)
    assert [note.code for note in made.model.notices.current] == ["package-signature"]
    assert made.page().said.text() == ""
