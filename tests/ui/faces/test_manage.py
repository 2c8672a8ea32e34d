"""The manager's desk over a real hub: by keyboard, whole at every size, every order a fact with reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt

from counter_app.domain.actor import Actor
from counter_app.sync.remote_manage import RemoteManage
from tests.fakes.hall import Hall
from tests.fakes.manage_place import fill, odd, settle
from tests.hub.stores import clerk
from tests.ui.faces.test_desk_keys import commit
from ui import keymap

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
TYPES = {"YD01": "异地安置退休人员备案", "MT02": "门诊慢特病待遇认定"}
Key = Qt.Key


# --- ordering by keyboard ---------------------------------------------------------------------------
def test_a_window_is_paused_with_a_reason_and_opened_again(managed: Any, hall: Hall, qtbot: Any) -> None:
    fill(hall)
    made = managed()
    live = made.desk.pages["floor"]
    live.windows.choose("w3")
    made.press(Key.Key_1)
    assert made.model.offer.name == "暂停窗口"
    made.press(Key.Key_F10)
    settle(qtbot, made)
    assert made.model.notices.current[0].code == "reason-needed"
    made.press(Key.Key_3)
    made.press(Key.Key_F10)
    settle(qtbot, made)
    told = made.facts("window.paused")[-1]
    assert (told["window"], told["why"], told["clerk"]) == ("w3", "设备检修", "0301")
    made.press(Key.Key_1)
    assert made.model.offer.name == "恢复叫号"
    made.press(Key.Key_F10)
    settle(qtbot, made)
    assert made.model.notices.current[0].code == "reason-needed"
    made.press(Key.Key_3)
    made.press(Key.Key_F10)
    settle(qtbot, made)
    told = made.facts("window.opened")[-1]
    assert (told["window"], told["why"], told["clerk"]) == ("w3", "设备已修好", "0301")
    assert next(one for one in made.model.floor.windows if one.id == "w3").paused == ""


def test_a_window_gets_other_groups_and_keeps_the_others(managed: Any, hall: Hall, qtbot: Any) -> None:
    fill(hall)
    hall.hub.arrange("w2", clerk("", "supervisor"), ("general",), ("benefit",))
    made = managed()
    made.desk.pages["floor"].windows.choose("w2")
    made.press(Key.Key_2)
    assert made.model.values == ("general",)
    made.press(Key.Key_3)  # 单位 too
    made.press(Key.Key_4)  # the first reason stands behind the three groups
    made.press(Key.Key_F10)
    settle(qtbot, made)
    row = next(one for one in made.model.floor.windows if one.id == "w2")
    assert (row.own, row.helps) == (("general", "employer"), ("benefit",))
    told = made.facts("window.arranged")[-1]
    assert (told["why"], told["clerk"]) == ("等候人多，增开窗口", "0301")


def test_a_number_is_moved_to_the_front_of_another_group(managed: Any, hall: Hall, qtbot: Any) -> None:
    fill(hall)
    made = managed()
    live = made.desk.pages["floor"]
    first = made.model.floor.waiting[0]
    live.waiting.choose(first.id)
    made.press(Key.Key_1)
    made.press(Key.Key_1)
    made.press(Key.Key_4)  # two groups to choose from, then the reasons
    made.press(Key.Key_F10)
    settle(qtbot, made)
    story = hall.hub.story(first.id)
    assert (story[-1]["kind"], story[-1]["clerk"], story[-1]["why"]) == (
        "transferred",
        "0301",
        "窗口暂停，转其他窗口",
    )
    moved = next(one for one in made.model.floor.waiting if one.id == first.id)
    assert moved.group != first.group


def test_f9_answers_the_oldest_call_for_help(managed: Any, hall: Hall, qtbot: Any) -> None:
    fill(hall)
    made = managed()
    assert [one.words for one in made.model.floor.helps] == ["老人不会用自助机，要人帮忙"]
    made.press(Key.Key_F9)
    made.press(Key.Key_F10)
    settle(qtbot, made)
    assert made.facts("help.answered")[-1]["clerk"] == "0301"
    assert made.model.floor.helps == ()


def test_numbers_are_no_longer_given_until_they_are_again(managed: Any, hall: Hall, qtbot: Any) -> None:
    made = managed()
    made.press(Key.Key_J, CTRL)
    made.press(Key.Key_0)
    settle(qtbot, made)
    commit("系统升级，今日取号到 11 点")
    made.press(Key.Key_F10)
    settle(qtbot, made)
    assert made.model.floor.closed == "系统升级，今日取号到 11 点"
    made.press(Key.Key_J, CTRL)
    made.press(Key.Key_F10)
    settle(qtbot, made)
    assert made.model.floor.closed == ""


def test_a_shift_is_planned_in_one_line_and_a_clash_is_said(managed: Any, hall: Hall, qtbot: Any) -> None:
    made = managed()
    made.press(Key.Key_2, ALT)
    settle(qtbot, made)
    for line in ("w3 0317 陈静 8:30-12:00", "w3 0318 周衡 11:00-17:30"):
        made.press(Key.Key_1)
        made.press(Key.Key_0)
        settle(qtbot, made)
        commit(line)
        made.press(Key.Key_F10)
        settle(qtbot, made)
    assert made.model.notices.current[0].code == "shift-clash"
    assert [(one.name, one.start, one.by) for one in made.model.shifts] == [("陈静", "08:30", "0301")]
    assert made.model.why == "w3 0318 周衡 11:00-17:30"  # what was written is kept
    made.press(Key.Key_Escape)
    made.press(Key.Key_Escape)
    made.desk.page.focus_in()
    made.press(Key.Key_2)
    made.press(Key.Key_1)
    made.press(Key.Key_F10)
    settle(qtbot, made)
    assert made.model.shifts == ()
    assert made.facts("shift.dropped")[-1]["why"] == "柜员请假"


def test_a_disagreement_is_settled_with_a_reason_and_is_gone(managed: Any, hall: Hall, qtbot: Any) -> None:
    odd(hall)
    made = managed()
    made.press(Key.Key_6, ALT)
    settle(qtbot, made)
    assert {one.title for one in made.model.odd} == {"票据已经报销过", "可能重复受理"}
    assert "对照票据原件" in next(one.task for one in made.model.odd if one.title == "票据已经报销过")
    chosen = next(one for one in made.model.odd if one.title == "票据已经报销过")
    made.desk.page.table.choose(chosen.id)
    made.press(Key.Key_1)
    made.press(Key.Key_3)  # 已退回并告知本人
    made.press(Key.Key_6)  # the first reason stands behind the five ways
    made.press(Key.Key_F10)
    settle(qtbot, made)
    assert [one.title for one in made.model.odd] == ["可能重复受理"]
    [told] = [one for one in hall.hub.exceptions(open_only=False) if one["way"]]
    assert (told["way"], told["why"], told["clerk"]) == ("returned", "已对照原件核实", "0301")


def test_statistics_are_counted_plotted_and_exported(managed: Any, hall: Hall, qtbot: Any) -> None:
    for window in ("w1", "w2", "w1"):
        hall.take()
        hall.clock.tick(600)
        called = hall.call(window)
        hall.act(called, "serve")
        hall.clock.tick(300)
        hall.act(called, "done")
    made = managed()
    made.press(Key.Key_5, ALT)
    settle(qtbot, made)
    page = made.desk.pages["stats"]
    assert [bar.label for bar in page.plot.bars] == ["1 号窗口", "2 号窗口"]
    assert [bar.value for bar in page.plot.bars] == [2, 1]
    found = {table.id: table for table in made.model.tables}
    assert found["windows"].lines[0] == ("1 号窗口", 2, 2, 0, 0, 10, 10, 10, 5, 5)
    assert found["windows"].lines[-1][:3] == ("合计", 3, 3)
    assert "柜员" not in found["windows"].headings
    page.open("hours")
    assert page.plot.accessibleDescription().startswith("9–10 时 ")
    made.press(Key.Key_S, CTRL)
    settle(qtbot, made)
    (file,) = made.folder.glob("*.xlsx")
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == [table.title for table in made.model.tables]
    assert [cell.value for cell in book["各窗口"][3]][:3] == ["1 号窗口", 2, 2]
    book.close()


def test_the_same_order_sent_twice_counts_once(managed: Any, hall: Hall, qtbot: Any) -> None:
    fill(hall)
    made = managed()
    made.desk.pages["floor"].windows.choose("w1")
    made.press(Key.Key_1)
    made.press(Key.Key_1)
    for _ in range(5):
        made.press(Key.Key_F10)
    settle(qtbot, made)
    assert len([one for one in made.facts("window.paused") if one["window"] == "w1"]) == 1


def test_an_absent_hub_is_a_band_and_nothing_chosen_is_lost(managed: Any, hall: Hall, qtbot: Any) -> None:
    fill(hall)
    made = managed()
    made.desk.pages["floor"].windows.choose("w1")
    made.press(Key.Key_1)
    made.press(Key.Key_2)
    hall.shut()
    made.press(Key.Key_F10)
    settle(qtbot, made)
    assert made.model.is_away
    assert made.desk._away_band.isVisible()
    assert (made.model.why, len(made.model.floor.windows)) == ("柜员临时离岗", 8)
    hall.open()
    made.press(Key.Key_F10)
    settle(qtbot, made)
    assert not made.model.is_away
    assert made.facts("window.paused")[-1]["why"] == "柜员临时离岗"


def test_a_token_of_another_role_may_order_nothing(hall: Hall) -> None:
    from counter_app.problems import Problem

    board = RemoteManage(f"http://127.0.0.1:{hall.port}", hall.token("board"))
    manager = Actor("0301", "", ("supervisor",))
    for ask in (
        lambda: board.pause("w1", manager, "x"),
        lambda: board.arrange("w1", manager, (), (), "x"),
        lambda: board.plan_shift("r", hall.hub.today(), "w1", "1", "甲", "08:00", "09:00", manager),
        lambda: board.statistics(hall.hub.today(), hall.hub.today()),
    ):
        with pytest.raises(Problem) as refused:
            ask()
        assert refused.value.code == "token-role"
    board.close()


def test_the_key_table_has_no_clash() -> None:
    assert keymap.clashes(keymap.MANAGE_KEYS) == ()


def test_the_checks_of_a_day_reach_the_day_before(managed: Any, hall: Hall, qtbot: Any) -> None:
    made = managed()
    made.model.open("shifts")
    made.model.turn_day(1)
    settle(qtbot, made)
    assert made.model.day == hall.hub.today() + timedelta(days=1)
    made.model.turn_day(0)
    settle(qtbot, made)
    assert made.model.day == hall.hub.today()
