"""The guide desk, played by keys at its real face over a real hub."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.catalog.load import load_catalogue
from counter_app.domain.tickets import TicketState
from counter_app.services.visit import Visit
from drivers.protocols import Fault
from tests.fakes.guide import GUIDE, Usher
from tests.fakes.office import TestOffice, open_office
from ui import keymap
from ui.widgets.guide_list import cells

PACKS = load_catalogue()
CTRL = Qt.KeyboardModifier.ControlModifier
K = Qt.Key
Make = Callable[..., Usher]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data", PACKS)
    yield opened
    opened.close()


@pytest.fixture
def guide(qtbot: Any, qapp_dressed: QApplication, desk: TestOffice) -> Iterator[Make]:
    opened: list[Usher] = []

    def make(size: tuple[int, int] = (1366, 728)) -> Usher:
        opened.append(Usher(qtbot, qapp_dressed, desk, size))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def today(desk: TestOffice) -> list[Any]:
    return list(desk.hub.tickets(desk.clock.now().date()))


def test_a_number_for_somebody_with_needs_that_reach_the_window(guide: Make, desk: TestOffice) -> None:
    usher = guide()
    usher.press(K.Key_F2)
    rows = {row.key: row for row in usher.desk.ask.rows}
    rows["class"].buttons[2].setFocus()
    usher.type("3")
    rows["needs"].buttons[0].setFocus()
    usher.type("1")
    usher.type("5")
    usher.press(K.Key_F10)
    (ticket,) = today(desk)
    assert (ticket.klass, ticket.needs) == ("disabled", ("hearing", "walking"))
    assert [job.title for job in desk.tray.jobs] == ["号票"]
    assert "听障、行动不便" in "".join(cells(usher.model.rows()[0]))
    called = Visit(desk.office).call_next()
    assert called.ticket is not None
    assert called.ticket.needs == ("hearing", "walking")


def test_a_number_without_paper_counts_by_being_said(guide: Make, desk: TestOffice) -> None:
    desk.tray.fault = Fault("printer-jam")
    usher = guide()
    usher.press(K.Key_F2, K.Key_F10)
    (ticket,) = today(desk)
    assert f"{ticket.number} 有效，号票没打出来" in usher.told()


def test_the_whole_story_of_one_number_ends_a_quarrel(guide: Make, desk: TestOffice) -> None:
    desk.hub.taken("a")
    desk.clock.tick(300)
    ticket = desk.hub.call("3", "c1", desk.office.actor)
    assert ticket is not None
    desk.clock.tick(60)
    desk.hub.act(ticket.ticket_id, "miss", "m1", desk.office.actor)
    usher = guide()
    usher.look()
    usher.choose(ticket.number)
    said = usher.reads()
    for words in ("取号", "09:00:00", "叫号", "09:05:00", "过号", "09:06:00", "3号窗口"):
        assert words in said, words
    usher.press(K.Key_H, with_=CTRL)
    assert today(desk)[0].state is TicketState.WAITING


def test_priority_needs_a_reason_and_is_told(guide: Make, desk: TestOffice) -> None:
    ticket = desk.hub.taken("a").ticket
    usher = guide()
    usher.look()
    usher.choose(ticket.number)
    usher.press(K.Key_F8)
    usher.type("4")
    usher.press(K.Key_F10)
    assert today(desk)[0].klass == "ordinary"
    assert usher.model.ask is not None
    usher.desk.ask.line.setFocus()
    usher.type("yunfu")
    usher.press(K.Key_Return)
    assert today(desk)[0].klass == "maternity"
    assert "调整优先" in usher.reads()
    assert "yunfu" in usher.reads()
    assert GUIDE.clerk_no in usher.reads()


def test_a_lost_slip_is_printed_again_and_keeps_its_place(guide: Make, desk: TestOffice) -> None:
    first = desk.hub.taken("a").ticket
    desk.hub.taken("b")
    usher = guide()
    usher.look()
    usher.choose(first.number)
    usher.press(K.Key_F9)
    usher.type("x")
    usher.press(K.Key_F10)
    assert today(desk)[0].reissues == 1
    assert "reissues=1" in desk.tray.jobs[0].pdf.decode()
    called = desk.hub.call("3", "c1", desk.office.actor)
    assert called is not None
    assert called.number == first.number


def test_two_numbers_of_one_person_become_one(guide: Make, desk: TestOffice) -> None:
    first, second = (desk.hub.taken(key).ticket for key in "ab")
    usher = guide()
    usher.look()
    usher.choose(second.number)
    usher.press(K.Key_M, with_=CTRL)
    usher.type(f"{first.number} x")
    usher.press(K.Key_F10)
    states = {t.number: t.state for t in today(desk)}
    assert states[first.number] is TicketState.WAITING
    assert states[second.number] is TicketState.CANCELLED


def test_help_is_seen_and_answered(guide: Make, desk: TestOffice) -> None:
    desk.hub.say("h1", "help.asked", desk.office.actor, "填写", "Z1")
    usher = guide()
    usher.look()
    assert "● Z1 09:00 呼叫帮助（填写）" in usher.reads()
    usher.press(K.Key_F4)
    usher.look()
    assert "呼叫帮助" not in usher.reads()
    (answered,) = desk.hub.said(desk.clock.now().date(), "help.answered")
    assert answered["clerk"] == GUIDE.clerk_no


def test_who_helps_stands_on_the_ticket_and_on_the_story(guide: Make, desk: TestOffice) -> None:
    ticket = desk.hub.taken("a").ticket
    usher = guide()
    usher.look()
    usher.choose(ticket.number)
    usher.press(K.Key_F11)
    usher.type("0107")
    usher.press(K.Key_F10)
    assert today(desk)[0].helper == "0107"
    assert "安排帮办" in usher.reads()


def test_papers_are_looked_through_and_the_list_is_printed(guide: Make, desk: TestOffice) -> None:
    usher = guide()
    usher.press(K.Key_F5)
    usher.type("ydaz")
    usher.press(K.Key_Return)
    usher.type("1")
    usher.type("22")
    usher.press(K.Key_F10)
    (job,) = desk.tray.jobs
    assert job.title == "一次性告知单"
    told = job.pdf.decode()
    assert "True" in told
    assert "False" in told
    usher.press(K.Key_Escape, K.Key_Escape)
    assert usher.desk.check.isHidden()


def test_a_hub_that_is_away_is_said_calmly_and_asked_again(guide: Make, desk: TestOffice) -> None:
    from counter_app.problems import Problem

    usher = guide()
    usher.model.refused(Problem("hub-away", "hub"))
    assert "连不上大厅服务" in usher.reads()
    usher.look()
    assert "连不上大厅服务" not in usher.reads()


def test_no_key_of_the_guide_desk_is_taken_by_anybody() -> None:
    assert keymap.clashes(keymap.GUIDE_KEYS) == ()


def test_f12_covers_everything_at_once(guide: Make, desk: TestOffice) -> None:
    usher = guide()
    usher.press(K.Key_F12)
    assert usher.desk.cover.isVisible()
    usher.press(K.Key_F2)
    assert usher.model.ask is None
