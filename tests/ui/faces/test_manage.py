"""The manager's desk over a real hub: by keyboard, whole at every size, every order a fact with reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.documents.hall_files import write
from counter_app.domain.actor import Actor
from counter_app.services.managing import Managing
from counter_app.sync.remote_manage import RemoteManage
from tests.fakes.hall import Hall, open_hall
from tests.fakes.stillness import until_still
from tests.hub.stores import clerk
from tests.ui import checks
from tests.ui.conftest import gone
from tests.ui.faces.test_desk_keys import commit
from tests.ui.faces.test_screens import SIZES
from ui import keymap
from ui.faces.manage_window import ManageKeeper, ManageWindow
from ui.viewmodels.manage import PAGES
from ui.widgets.dress import dress

SCREENS = Path(__file__).resolve().parents[2] / "_screens"
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
TYPES = {"YD01": "异地安置退休人员备案", "MT02": "门诊慢特病待遇认定"}
Key = Qt.Key


class Place:
    """One manager's window over one hall."""

    def __init__(self, window: ManageWindow, keeper: ManageKeeper, hall: Hall, folder: Path) -> None:
        self.window, self.keeper, self.hall, self.folder = window, keeper, hall, folder
        self.desk, self.model = keeper.desk, keeper.model

    def press(self, key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def facts(self, kind: str) -> list[Any]:
        return [fact for fact in self.hall.hub.said(self.hall.hub.today()) if fact["kind"] == kind]

    def words(self) -> str:
        found = [w for w in self.desk.orders.findChildren(QLabel) if w.isVisible()]
        return "\n".join(w.text() for w in found)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    (tmp_path / "hub").mkdir()
    with open_hall(tmp_path / "hub") as made:
        yield made


def fill(hall: Hall) -> None:
    """A morning: three windows at work, people waiting, one paused, one calling for help."""
    for nth in range(16):
        hall.clock.tick(90 + nth % 7 * 60)
        hall.serve_at(f"w{nth % 3 + 6}", 60 * (3 + nth % 8))
    for nth in range(8):
        hall.take(("general", "benefit")[nth % 2], "elderly" if nth % 3 == 0 else "")
        hall.clock.tick(70)
    first = hall.call("w1")
    hall.act(first, "serve")
    hall.clock.tick(25 * 60)
    hall.act(hall.call("w2"), "serve")
    hall.call("w3")
    hall.hub.pause("w4", clerk("w4"), "设备检修")
    hall.act(hall.call("w5"), "miss")
    hall.hub.say("h1", "help.asked", clerk("w2"), "老人不会用自助机，要人帮忙", "自助机 1")
    for window, name in (("w1", "陈静"), ("w2", "周衡")):
        day, manager = hall.hub.today(), clerk("", "supervisor")
        hall.hub.plan_shift(f"s{window}", day, window, f"03{window[1:]}7", name, "08:30", "12:00", manager)
    hall.clock.tick(120)


@pytest.fixture
def place(
    hall: Hall, tmp_path: Path, qtbot: Any, qapp_dressed: QApplication
) -> Iterator[Callable[..., Place]]:
    opened: list[Place] = []

    def make(size: tuple[int, int] = (1366, 728), scale: int = 100, theme: str = "light") -> Place:
        hub = RemoteManage(f"http://127.0.0.1:{hall.port}", hall.token("manage"))
        port = Managing(hub, Actor("0301", "李晨", ("clerk", "supervisor")), hall.clock, TYPES, write)
        keeper = ManageKeeper(qapp_dressed, port, dress(qapp_dressed, theme, scale), tmp_path / "tables")
        window = ManageWindow()
        window.put(keeper.desk)
        window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        made = Place(window, keeper, hall, tmp_path / "tables")
        opened.append(made)
        settle(qtbot, made)
        return made

    yield make
    for one in opened:
        one.keeper.close(one.keeper.model.port.hub.close)  # type: ignore[attr-defined]
        one.window.close()
        one.window.deleteLater()
    gone(qapp_dressed)
    dress(qapp_dressed, "light", 100)
    qapp_dressed.processEvents()


def settle(qtbot: Any, made: Place) -> None:
    until_still(qtbot, made.keeper.jobs)


# --- ordering by keyboard ---------------------------------------------------------------------------
def test_a_window_is_paused_with_a_reason_and_opened_again(place: Any, hall: Hall, qtbot: Any) -> None:
    fill(hall)
    made = place()
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


def test_a_window_gets_other_groups_and_keeps_the_others(place: Any, hall: Hall, qtbot: Any) -> None:
    fill(hall)
    hall.hub.arrange("w2", clerk("", "supervisor"), ("general",), ("benefit",))
    made = place()
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


def test_a_number_is_moved_to_the_front_of_another_group(place: Any, hall: Hall, qtbot: Any) -> None:
    fill(hall)
    made = place()
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


def test_f9_answers_the_oldest_call_for_help(place: Any, hall: Hall, qtbot: Any) -> None:
    fill(hall)
    made = place()
    assert [one.words for one in made.model.floor.helps] == ["老人不会用自助机，要人帮忙"]
    made.press(Key.Key_F9)
    made.press(Key.Key_F10)
    settle(qtbot, made)
    assert made.facts("help.answered")[-1]["clerk"] == "0301"
    assert made.model.floor.helps == ()


def test_numbers_are_no_longer_given_until_they_are_again(place: Any, hall: Hall, qtbot: Any) -> None:
    made = place()
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


def test_a_shift_is_planned_in_one_line_and_a_clash_is_said(place: Any, hall: Hall, qtbot: Any) -> None:
    made = place()
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


def test_statistics_are_counted_plotted_and_exported(place: Any, hall: Hall, qtbot: Any) -> None:
    for window in ("w1", "w2", "w1"):
        hall.take()
        hall.clock.tick(600)
        called = hall.call(window)
        hall.act(called, "serve")
        hall.clock.tick(300)
        hall.act(called, "done")
    made = place()
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


def test_the_same_order_sent_twice_counts_once(place: Any, hall: Hall, qtbot: Any) -> None:
    fill(hall)
    made = place()
    made.desk.pages["floor"].windows.choose("w1")
    made.press(Key.Key_1)
    made.press(Key.Key_1)
    for _ in range(5):
        made.press(Key.Key_F10)
    settle(qtbot, made)
    assert len([one for one in made.facts("window.paused") if one["window"] == "w1"]) == 1


def test_an_absent_hub_is_a_band_and_nothing_chosen_is_lost(place: Any, hall: Hall, qtbot: Any) -> None:
    fill(hall)
    made = place()
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


# --- what it looks like -----------------------------------------------------------------------------
@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_photographed(width: int, height: int, scale: int, place: Any, hall: Hall, qtbot: Any) -> None:
    fill(hall)
    theme = "contrast" if (scale, width) == (100, 1366) else "light"
    made = place((width, height), scale, theme)
    for page, _ in PAGES:
        made.model.open(page)
        settle(qtbot, made)
        if page == "floor":
            made.desk.page.windows.choose("w2")
            made.press(Key.Key_2)
            settle(qtbot, made)
        look_at(made, f"manage_{page}_{width}x{height}_{scale}_{theme}.png")
        assert (made.window.width(), made.window.height()) == (width, height)


def look_at(made: Place, name: str) -> None:
    """Take the picture, and look at what a strict reviewer would."""
    SCREENS.mkdir(exist_ok=True)
    assert made.window.grab().save(str(SCREENS / name))
    looks = (
        checks.clipped,
        checks.overlaps,
        checks.outside,
        checks.small_fonts,
        checks.small_targets,
        checks.unnamed,
    )
    assert [(look.__name__, found) for look in looks if (found := look(made.window))] == [], name


def test_the_checks_of_a_day_reach_the_day_before(place: Any, hall: Hall, qtbot: Any) -> None:
    made = place()
    made.model.open("shifts")
    made.model.turn_day(1)
    settle(qtbot, made)
    assert made.model.day == hall.hub.today() + timedelta(days=1)
    made.model.turn_day(0)
    settle(qtbot, made)
    assert made.model.day == hall.hub.today()
