"""The kiosk at its real face: touched, with the real visit, store, hub and papers' text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from counter_app.catalog.load import load_catalogue
from counter_app.domain.tickets import TicketState
from drivers.protocols import CardEvent, Fault, IdCardRead, Scan
from tests.fakes.kiosk import PIN, Citizen, kiosk_office
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


# --- numbers ------------------------------------------------------------------------------------
def test_a_number_without_anything_is_printed_and_told(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    citizen.touch("取号，到窗口办")
    citizen.touch("不清楚，帮我安排")
    (ticket,) = desk.hub.tickets(desk.clock.now().date())
    assert ticket.number in citizen.reads()
    assert [job.title for job in desk.tray.jobs] == ["号票"]
    assert "前面还有 0 人" in citizen.reads()
    assert any("A 零 零 一" in words for words in citizen.ears.said)
    assert not (desk.folder / "number.pending").exists()


def test_a_number_without_paper_stands_on_the_screen_and_is_said_twice(kiosk: Make, desk: TestOffice) -> None:
    desk.tray.fault = Fault("printer-jam")
    citizen = kiosk()
    citizen.face.toggle_sound()  # somebody wanted it quiet: a number is said all the same
    citizen.touch("取号，到窗口办")
    citizen.touch("不清楚，帮我安排")
    (ticket,) = desk.hub.tickets(desk.clock.now().date())
    assert ticket.number in citizen.reads()
    assert "号票没有打出来" in citizen.reads()
    assert citizen.ears.said[-1].count("A 零 零 一") == 2
    assert not (desk.folder / "number.pending").exists()


def test_a_number_nobody_was_told_is_taken_back_at_the_next_start(kiosk: Make, desk: TestOffice) -> None:
    given = desk.hub.taken("lost-1")
    (desk.folder / "number.pending").write_text("lost-1", "ascii")
    citizen = kiosk()
    citizen.port.settle_in()
    citizen.bot.waitUntil(lambda: not (desk.folder / "number.pending").exists(), timeout=10_000)
    found = desk.hub.ticket(given.ticket.ticket_id)
    assert found is not None
    assert found.state is TicketState.CANCELLED


def test_an_old_person_with_a_card_goes_first_and_has_one_number(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    for _ in range(2):
        citizen.card()
        citizen.touch("取号，到窗口办")
        citizen.touch("不清楚，帮我安排")
        assert "老年人优先" in citizen.reads()
        citizen.touch("好了")
    (ticket,) = desk.hub.tickets(desk.clock.now().date())
    assert ticket.klass == "elderly"
    assert certno("li_guifang") not in ticket.person_id


def test_a_closed_hall_says_its_own_words(kiosk: Make, desk: TestOffice) -> None:
    desk.hub.close_taking(replace(desk.office.actor, roles=("supervisor",)), "今日号已发完，明早八点半取号")
    citizen = kiosk()
    citizen.touch("取号，到窗口办")
    assert "今日号已发完，明早八点半取号" in citizen.reads()
    assert desk.hub.tickets(desk.clock.now().date()) == ()


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
    while citizen.model.place == "question":
        citizen.tiles()[0].click()
        citizen.settled()
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


def desk_case(citizen: Citizen) -> Any:
    case = citizen.port.kiosk.visit.state.case()
    assert case is not None
    return case


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


# --- papers, rating, owed -----------------------------------------------------------------------
def test_a_paper_is_verified_by_anybody_and_a_changed_one_is_not(kiosk: Make, desk: TestOffice) -> None:
    from counter_app.seals.receipts import qr_text
    from counter_app.services.printing import proof_of

    citizen = kiosk()
    citizen.card()
    citizen.model.open("CX02")
    citizen.settled()
    citizen.tiles()[0].click()
    citizen.settled()
    citizen.touch("下一步")
    citizen.touch("没错，提交")
    (paper,) = desk.store.papers()
    citizen.touch("办完了，退出")
    citizen.touch("验单据真假")
    text = qr_text(proof_of(paper))
    citizen.tell(Scan(text, "S", 0, "receipt"))
    assert paper.number in citizen.reads()
    assert "签名相符" in citizen.reads()
    citizen.tell(Scan(text[:-4] + "AAAA", "S", 0, "receipt"))
    assert "没有通过验真" in citizen.reads()


def test_rating_is_five_equal_buttons_and_skipping_is_as_easy(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    citizen.card()
    citizen.model.open("CX02")
    citizen.settled()
    citizen.tiles()[0].click()
    citizen.settled()
    citizen.touch("下一步")
    citizen.touch("没错，提交")
    citizen.touch("评价服务")
    five = citizen.tiles()
    assert len(five) == 5
    widths, heights = {tile.width() for tile in five}, {tile.height() for tile in five}
    assert max(widths) - min(widths) <= 1  # what is left over when a row is divided by five
    assert len(heights) == 1
    assert not any(tile.isChecked() for tile in five)
    assert "不评价" in citizen.reads()
    citizen.touch("非常不满意")
    citizen.touch("多头跑窗口和部门")
    citizen.model.adopt(None)  # a paper left meanwhile: what was touched stays
    citizen.settled()
    citizen.touch("提交")
    assert "谢谢您" in citizen.reads()
    (given,) = [fact for fact in desk.store.facts() if fact["kind"] == "rating.given"]
    assert (given["body"]["level"], given["body"]["channel"]) == (1, "kiosk")
    assert len(given["body"]["indicators"]) == 1
    assert citizen.model.view.rateable == ()


def test_the_family_member_is_read_from_the_identity_card(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    citizen.card("wang_min")
    citizen.model.open("GZ02")
    citizen.settled()
    citizen.touch("绑定")
    assert citizen.model.at.kind == "other"
    citizen.tell(
        IdCardRead("I", name="李桂芳", idno=certno("li_guifang"), valid_to="长期", birth_date="1948-01-01")
    )
    assert desk_case(citizen).values["member_certno"] == certno("li_guifang")
    assert citizen.model.view.person.name == "王*"
    citizen.tell(CardEvent("removed", "I"))
    assert citizen.model.view.person is not None


def test_what_may_come_later_is_owed_and_then_handed_in(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    citizen.card("wang_min")
    citizen.model.open("GZ02")
    citizen.settled()
    citizen.touch("绑定")
    citizen.tell(
        IdCardRead("I", name="李桂芳", idno=certno("li_guifang"), valid_to="长期", birth_date="1948-01-01")
    )
    while citizen.model.place == "question":
        if citizen.model.at.key == "material:M_KIN":
            citizen.touch("没带，以后补交")
        elif citizen.model.at.key == "acct_use":
            citizen.touch("下一步")
        else:
            citizen.tiles()[0].click()
            citizen.settled()
    citizen.touch("没错，提交")
    citizen.touch("再办一件")
    citizen.touch("补交欠缺的材料")
    citizen.touch("亲属关系材料")
    assert citizen.model.place == "check"
    citizen.touch("没错，提交")
    assert "办好了" in citizen.reads()
    assert {case.type_id for case in desk.store.cases()} == {"GZ02", "FW03"}
