"""The day's page over a real desk: keys alone open it, hand it over and balance it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_app.domain.days import OPENING
from counter_app.services.day.state import day_of
from counter_app.services.visit import Visit
from counter_app.sync.drain import drain
from tests.fakes import days
from tests.fakes import snapshots as s
from tests.fakes.logins import CHEAP, SECOND, WORDS, door_with_people
from tests.fakes.office import TestOffice, open_office
from tests.ui.conftest import quiet


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def real(stand: Any, qtbot: Any, office: TestOffice) -> Any:
    """A desk whose visit is the real one."""
    made = stand(s.EMPTY)
    made.model.counter.visit = office.visit
    made.model.do("view")
    quiet(qtbot, made)
    return made


def test_every_item_is_looked_at_with_enter_and_two_sign(qtbot: Any, real: Any, office: TestOffice) -> None:
    real.desk.actions_.run("day_open")
    quiet(qtbot, real)
    panel = real.page().parts["open"]
    open_ones = len(panel._open)
    assert open_ones > 5
    for _ in range(open_ones):
        assert panel._open[0].hasFocus()
        qtbot.keyClick(panel._open[0], Qt.Key.Key_Return)
        quiet(qtbot, real)
    assert panel._open == []
    assert panel.second.hasFocus()
    panel.second.setText("0301")
    panel.begin.click()
    quiet(qtbot, real)
    state = day_of(office.store, office.office.today())
    assert [one.no for one in state.opened_by] == ["0317", "0301"]
    assert panel.begin.isHidden()
    assert real.model.notices.current[0].title == "已开班"


def test_a_refusal_is_said_and_nothing_is_lost(qtbot: Any, real: Any) -> None:
    real.desk.actions_.run("day_open")
    quiet(qtbot, real)
    panel = real.page().parts["open"]
    panel.second.setText("0301")
    panel.begin.click()
    quiet(qtbot, real)
    assert real.model.notices.current[0].title == "开班检查还没有做完"
    assert panel.second.text() == "0301"


def test_digits_turn_the_parts_and_the_panes_give_their_room(qtbot: Any, real: Any) -> None:
    real.desk.actions_.run("day_open")
    quiet(qtbot, real)
    assert real.desk.tray.isHidden()
    for number, part in enumerate(("open", "hand", "close"), 1):
        assert real.page().digit(number)
        quiet(qtbot, real)
        assert real.page()._stack.currentWidget() is real.page().parts[part]
    assert not real.page().digit(4)
    real.model.go(aside="")
    assert not real.desk.tray.isHidden()


def test_the_desk_is_handed_over_and_the_bar_says_who_sits_here(
    qtbot: Any, real: Any, office: TestOffice
) -> None:
    for item in days.OPENING:
        office.visit.look(item.id, True)
    office.visit.open_day("0301")
    real.desk.actions_.run("day_hand")
    quiet(qtbot, real)
    panel = real.page().parts["hand"]
    panel.start.setText("Y0001")
    panel.stop.setText("Y0010")
    panel._spares("take_spares")
    quiet(qtbot, real)
    assert "Y0001 至 Y0010，共 10 个" in real.model.notices.current[0].text
    panel.to.setText("0318")
    panel._hand()
    quiet(qtbot, real)
    assert "林晓 0318" in real.desk.top._clerk.text()


def test_a_difference_is_chosen_explained_and_then_it_is_signed(
    qtbot: Any, real: Any, office: TestOffice
) -> None:
    for item in days.OPENING:
        office.visit.look(item.id, True)
    office.visit.open_day("0301")
    office.hub.take("r1")
    drain(office.store, office.hub, office.store.settle)
    real.desk.actions_.run("day_close")
    quiet(qtbot, real)
    panel = real.page().parts["close"]
    [odd] = panel._odd
    assert odd.hasFocus()
    qtbot.keyClick(odd, Qt.Key.Key_Return)
    assert panel.why.hasFocus()
    panel.why.setText("已离开，联系不上")
    panel.write.click()
    quiet(qtbot, real)
    assert panel._odd == []
    drain(office.store, office.hub, office.store.settle)
    panel.second.setText("0301")
    panel.sign.click()
    quiet(qtbot, real)
    assert day_of(office.store, office.office.today()).sheet
    assert real.model.notices.current[0].title == "已扎账"


def test_where_people_sign_in_the_second_one_does_too(stand: Any, qtbot: Any, office: TestOffice) -> None:
    door_with_people(office)
    visit = Visit(replace(office.office, passwords=CHEAP))
    made = stand(s.replace(s.EMPTY, session=s.SECURED))
    made.model.counter.visit = visit
    made.model.do("view")
    quiet(qtbot, made)
    made.desk.actions_.run("day_open")
    quiet(qtbot, made)
    panel = made.page().parts["open"]
    for item in OPENING:
        visit.look(item.id, True)
    for words, opened, said in (("wrong", "", "login-wrong"), (WORDS, SECOND, "")):
        panel.second.setText(SECOND)
        panel._proof[0].setText(words)
        panel.begin.click()
        quiet(qtbot, made)
        assert [one.no for one in day_of(office.store, office.office.today()).opened_by][1:] == [opened] * (
            opened != ""
        )
        assert panel._proof[0].text() == ""
        assert [one.code for one in made.model.notices.current] == [said]  # what was refused before is over
