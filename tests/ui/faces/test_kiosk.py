"""The kiosk at its real face: touched, with the real visit, store, hub and papers' text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from counter_app.catalog.load import load_catalogue
from drivers.protocols import CardEvent, Scan
from tests.fakes.kiosk import PIN, Citizen, desk_case, kiosk_office
from tests.fakes.office import TestOffice, certno

PACKS = load_catalogue()
UPRIGHT, LYING, SMALL = (1080, 1920), (1920, 1080), (1280, 1024)
Make = Callable[..., Citizen]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = kiosk_office(tmp_path / "data", PACKS)
    yield opened
    opened.close()


@pytest.fixture
def kiosk(qtbot: Any, qapp_dressed: QApplication, desk: TestOffice) -> Iterator[Make]:
    opened: list[Citizen] = []

    def make(size: tuple[int, int] = SMALL, **settings: Any) -> Citizen:
        made = Citizen(qtbot, desk, size, **settings)
        opened.append(made)
        return made

    yield make
    for one in opened:
        one.close()


def start_abroad(citizen: Citizen) -> None:
    """A card, and the first two answers of a registration for treatment elsewhere."""
    citizen.card()
    citizen.touch("自己办事")
    citizen.touch("长期住在外地，去外地看病备案")
    citizen.touch("异地安置退休人员")
    citizen.touch("北京市")


# --- who ----------------------------------------------------------------------------------------
def test_balance_is_masked_and_dated(kiosk: Make) -> None:
    citizen = kiosk()
    citizen.touch("看余额和待遇")
    assert "请出示一种证件" in citizen.reads()
    citizen.card()
    said = citizen.reads()
    assert "3,218.40 元" in said
    assert "李*芳" in said
    assert certno("li_guifang") not in said
    assert "李桂芳" not in said


def test_nobody_is_known_by_a_typed_number_or_a_code_that_is_none(kiosk: Make) -> None:
    citizen = kiosk()
    citizen.touch("看余额和待遇")
    citizen.tell(Scan(certno("li_guifang"), "S", 0, "idno"))
    assert "号码不能证明身份" in citizen.reads()
    assert citizen.model.view.person is None


def test_the_dead_and_the_expired_are_asked_to_a_window_and_leave_no_trace(
    kiosk: Make, desk: TestOffice
) -> None:
    citizen = kiosk()
    citizen.card("chen_deceased")
    assert "这件事请到窗口办理" in citizen.reads()
    citizen.touch("返回首页")
    citizen.tell(desk.card("li_guifang", expires_on="2024-01-01"))
    assert "证件已过有效期" in citizen.reads()
    assert not desk.visit.state.is_open
    assert citizen.model.view.person is None


def test_another_card_does_not_push_the_first_person_out(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    citizen.card()
    citizen.card("wang_min")
    assert "已经有人在办理" in citizen.reads()
    assert citizen.model.view.person.name == "李*芳"


# --- a matter -----------------------------------------------------------------------------------
def test_a_registration_from_card_to_paper(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    start_abroad(citizen)
    citizen.touch("今天")
    citizen.touch("下一步")
    citizen.go_on_and_sign()
    assert citizen.model.place == "check"
    assert "北京市" in citizen.reads()
    citizen.touch("没错，提交")
    assert citizen.model.place == "done"
    (case,) = desk.store.cases()
    assert case.type_id == "YD01"
    assert case.came.channel == "kiosk"
    assert case.number in citizen.reads()
    citizen.bot.waitUntil(lambda: bool(desk.tray.jobs), timeout=10_000)


def test_a_wrong_answer_stays_on_its_page_with_its_reason(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    start_abroad(citizen)
    for _ in range(8):
        citizen.touch("退一格")
    citizen.digits("20261399")
    citizen.touch("下一步")
    assert citizen.model.at.key == "begndate"
    assert "✕" in citizen.reads()


def test_one_step_back_keeps_what_was_answered(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    start_abroad(citizen)
    citizen.touch("上一步")
    assert citizen.model.at.key == "rloc_admdvs"
    assert desk_case(citizen).values["rloc_admdvs"] == "110000"
    citizen.touch("上一步")
    citizen.touch("上一步")
    assert citizen.model.place == "home"


def test_what_only_a_window_can_do_gets_a_number_and_stays(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    start_abroad(citizen)
    citizen.touch("下一步")
    citizen.touch("到窗口交")
    assert citizen.model.place == "window"
    citizen.touch("取号")
    citizen.touch("不清楚，帮我安排")
    citizen.touch("好了")
    (filing,) = desk.store.filings()
    assert filing.channel == "kiosk"
    assert filing.answers["rloc_admdvs"] == "110000"
    assert len(desk.hub.packages()) == 1


def test_unfinished_work_comes_back_with_the_card(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    start_abroad(citizen)
    citizen.pull()
    citizen.card("wang_min")
    assert "没办完" not in citizen.reads()
    citizen.pull()
    citizen.card()
    citizen.touch("长期住在外地，去外地看病备案")
    assert desk_case(citizen).values["rloc_admdvs"] == "110000"
    assert citizen.model.place == "question"
    assert citizen.model.at.kind == "material"


# --- nothing stays ------------------------------------------------------------------------------
def remains(window: QWidget) -> str:
    """Everything a look at the screen, a screen reader or a paste could still find."""
    words = [w.text() for w in window.findChildren(QLabel)]
    for widget in window.findChildren(QWidget):
        words += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        text = getattr(widget, "text", None)
        words.append(str(text()) if callable(text) else "")
    words.append(QGuiApplication.clipboard().text())
    return "\n".join(words)


def test_pulling_the_card_wipes_at_once(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    citizen.touch("看余额和待遇")
    citizen.card()
    QGuiApplication.clipboard().setText("李桂芳")
    held = citizen.port._counter._services  # the store's lane is busy: the screen does not wait for it
    citizen.keeper.bridge.tell(CardEvent("removed", "R"))
    QApplication.processEvents()
    said = remains(citizen.window)
    assert "3,218.40" not in said
    assert "李" not in said
    assert certno("li_guifang")[:6] not in said
    citizen.settled()
    visit = citizen.port.kiosk.visit
    assert held is not None
    assert not visit.state.is_open
    assert (visit.undo_label, visit.redo_label) == ("", "")
    assert visit.state.principals == ()
    assert citizen.model.view.person is None


def test_nothing_of_a_person_lies_readable_on_the_disk(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    start_abroad(citizen)
    citizen.pull()
    number, name = certno("li_guifang").encode(), "李桂芳".encode()
    for file in desk.folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert number not in data, file
            assert name not in data, file


def test_another_readers_card_wipes_nobody(kiosk: Make) -> None:
    citizen = kiosk()
    citizen.card()
    citizen.tell(CardEvent("removed", "another"))
    assert citizen.model.view.person is not None


def test_idle_asks_then_wipes_and_an_answer_keeps(kiosk: Make) -> None:
    citizen = kiosk(kiosk_idle_s=3600, kiosk_answer_s=3600)
    citizen.card()
    assert citizen.keeper._idle.isActive()
    citizen.keeper._idle.timeout.emit()
    citizen.settled()
    assert "您还在办吗？" in citizen.reads()
    citizen.touch("还在办")
    assert citizen.model.view.person is not None
    assert not citizen.keeper._answer.isActive()
    citizen.keeper._idle.timeout.emit()
    assert citizen.keeper._answer.isActive()
    citizen.keeper._answer.timeout.emit()
    citizen.settled()
    assert citizen.model.view.person is None
    assert citizen.model.cover == ""
    assert not citizen.keeper._idle.isActive()


def test_a_late_answer_about_the_last_person_is_dropped(kiosk: Make) -> None:
    citizen = kiosk()
    citizen.card()
    citizen.model.open("CX02")
    citizen.model.wipe()
    citizen.settled()
    assert citizen.model.place == "home"
    assert citizen.model.view.person is None
    assert "李" not in citizen.reads()


# --- help, the way out --------------------------------------------------------------------------
def test_help_rings_at_the_hub(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    citizen.touch("叫工作人员来")
    assert "已经叫工作人员" in citizen.reads()
    (rung,) = desk.hub.said(desk.clock.now().date(), "help.asked")
    assert (rung["window"], rung["why"]) == ("Z1", "首页")
    citizen.touch("知道了")
    assert "您要办什么？" in citizen.reads()


def test_every_page_says_how_it_is_used_and_nothing_is_lost(kiosk: Make) -> None:
    citizen = kiosk()
    citizen.touch("怎么用")
    assert "怎么用：首页" in citizen.reads()
    citizen.settled()
    assert citizen.ears.said[-1].startswith("请点要办的事")
    citizen.touch("知道了")
    citizen.card()
    citizen.model.open("YD01")
    citizen.settled()
    citizen.tiles()[0].click()
    citizen.settled()
    asked = citizen.model.at.key
    QTest.keyClick(citizen.window, Qt.Key.Key_F1)
    assert "怎么用：回答问题" in citizen.reads()
    QTest.keyClick(citizen.window, Qt.Key.Key_Escape)
    assert "怎么用：回答问题" not in citizen.reads()
    assert (citizen.model.place, citizen.model.at.key) == ("question", asked)


def test_only_the_managers_pin_ends_it(kiosk: Make) -> None:
    citizen = kiosk()
    citizen.window.close()
    assert citizen.window.isVisible()
    QTest.keyClick(citizen.window, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(citizen.window, Qt.Key.Key_Escape)
    assert citizen.window.isVisible()
    for _ in range(5):
        QTest.mouseClick(citizen.face._hall, Qt.MouseButton.LeftButton)
    citizen.digits("111111")
    citizen.touch("退出自助终端")
    assert "口令不对" in citizen.reads()
    assert citizen.window.isVisible()
    citizen.digits(PIN)
    assert PIN not in citizen.reads()
    citizen.touch("退出自助终端")
    assert not citizen.window.isVisible()


def test_wrong_pins_have_to_wait(kiosk: Make) -> None:
    citizen = kiosk()
    for wanted in ["kiosk-pin"] * 5 + ["kiosk-pin-wait"]:
        with pytest.raises(Exception, match=wanted):
            citizen.port.check_pin("000000")
    with pytest.raises(Exception, match="kiosk-pin-wait"):
        citizen.port.check_pin(PIN)
