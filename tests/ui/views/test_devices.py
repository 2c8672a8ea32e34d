"""The device page by keys: looking, trying, exchanging, profiles; and 报修 in two strokes from anywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from counter_app.problems import Problem
from counter_app.services.device_views import DevicesView, TrialView
from drivers.protocols import DeviceHealth
from tests.fakes import snapshots
from tests.ui.conftest import quiet

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def key(qtbot: Any, made: Any, code: Qt.Key, with_: Any = Qt.KeyboardModifier.NoModifier) -> None:
    """One stroke where the focus is."""
    QTest.keyClick(QApplication.focusWidget() or made.window, code, with_)
    quiet(qtbot, made)


def opened(stand: Any, qtbot: Any, view: Any = snapshots.FILLING) -> Any:
    made = stand(view)
    key(qtbot, made, Qt.Key.Key_D, CTRL_SHIFT)
    assert made.model.page == "devices"
    return made


def said(made: Any) -> str:
    return "\n".join(part.text() for part in made.page().findChildren(QLabel) if part.isVisible())


def press(made: Any, qtbot: Any, name: str) -> None:
    found = [
        b
        for b in made.page().findChildren(QPushButton)
        if name in (b.text(), b.accessibleName()) and b.isVisible()
    ]
    assert len(found) == 1, [b.text() for b in found]
    found[0].click()
    quiet(qtbot, made)


def test_it_lists_every_device_with_its_state_and_what_to_do(stand: Any, qtbot: Any) -> None:
    made = opened(stand, qtbot)
    words = said(made)
    for part in ("✓ 正常", "✕ 不能用", "打印机报告：缺纸。", "○ 没有配置", "上次故障", "还剩 18 分钟"):
        assert part in words
    assert QApplication.focusWidget().accessibleName() == "试一试A4 打印机"  # the one that needs somebody
    made.desk.close_one()
    assert made.model.page == "fill"


def test_a_digit_tries_a_device_and_the_row_says_what_came_of_it(stand: Any, qtbot: Any) -> None:
    made = opened(stand, qtbot)
    made.counter.devices.trials = {
        "card": TrialView("card", "no-card", "ACS 00 00"),
        "printer": TrialView("printer", problem=Problem("printer-jam", "printer", "缺纸")),
    }
    key(qtbot, made, Qt.Key.Key_1)
    key(qtbot, made, Qt.Key.Key_5)
    key(qtbot, made, Qt.Key.Key_4)  # not configured: nothing to try
    assert made.counter.devices.asked == [("test", "card"), ("test", "printer")]
    assert "✓ 读卡器应答正常（ACS 00 00），里面没有卡" in said(made)
    assert "✕ 打印机卡纸或缺纸。打印机报告：缺纸。" in said(made)


def test_another_driver_with_its_words_is_put_in_at_once(stand: Any, qtbot: Any) -> None:
    made = opened(stand, qtbot)
    made.page().open_choice("printer")
    press(made, qtbot, "系统打印队列（CUPS） printers.system_queue")
    assert "缺少程序 lpstat。请信息人员重新运行" in said(made)
    assert not made.page().choice.use_button.isEnabled()
    press(made, qtbot, "小票打印机（ESC/POS） printers.escpos")
    made.page().choice.edits["port"].setText("10.0.0.9:9100")
    made.page().choice.edits["其他参数"].setText("paper=58 baud=9600")
    press(made, qtbot, "启用")
    config = {"port": "10.0.0.9:9100", "paper": "58", "baud": "9600"}
    assert made.counter.devices.asked == [("choose", "printer", "printers.escpos", config)]
    assert "✕ 不能用" not in said(made)


def test_what_was_found_is_used_with_one_press(stand: Any, qtbot: Any) -> None:
    made = opened(stand, qtbot)
    press(made, qtbot, "打印队列 Canon_G3000 用作A4 打印机")
    config = {"queue": "Canon_G3000"}
    assert made.counter.devices.asked == [("choose", "printer", "printers.system_queue", config)]


def test_every_driver_says_why_it_cannot_be_used_and_how_to_mend_it(stand: Any, qtbot: Any) -> None:
    made = opened(stand, qtbot)
    press(made, qtbot, "驱动清单")
    assert "驱动包 onewindow-acme 有错（SystemExit）。请联系驱动包的提供方" in said(made)
    press(made, qtbot, "返回设备")
    assert "✕ 不能用" in said(made)


def test_a_profile_is_saved_used_carried_away_and_taken_in(stand: Any, qtbot: Any) -> None:
    made = opened(stand, qtbot)
    press(made, qtbot, "设备配置：保存、使用、带到别的窗口")
    pane = made.page().profiles
    pane.name.setText("六号窗")
    press(made, qtbot, "保存并使用")
    assert "已保存为“六号窗”" in said(made)
    press(made, qtbot, "使用配置 下乡笔记本")
    pane.file.setText("/media/stick")
    press(made, qtbot, "导出配置 三号窗")
    assert "已导出到 /media/stick/三号窗.toml" in said(made)
    press(made, qtbot, "导入")
    assert "已导入“四号窗”" in said(made)
    told = [("save", "六号窗"), ("use", "下乡笔记本"), ("export", "三号窗", "/media/stick")]
    assert made.counter.devices.asked == [*told, ("bring", "/media/stick")]
    made.counter.devices.refusal = Problem("profile-broken", "x", "name")
    press(made, qtbot, "导入")
    assert made.model.notices.current[-1].code == "profile-broken"


def test_a_look_while_it_is_open_follows_the_device_and_keeps_the_focus(stand: Any, qtbot: Any) -> None:
    made = opened(stand, qtbot)
    key(qtbot, made, Qt.Key.Key_1)
    bench, focus = made.counter.devices, QApplication.focusWidget()
    gone = Problem("reader-none", "card")
    roles = tuple(replace(r, state="bad", problem=gone) if r.role == "card" else r for r in bench.view.roles)
    bench.view = DevicesView(roles)
    qtbot.waitUntil(lambda: gone.cause in said(made), timeout=5000)
    assert QApplication.focusWidget() is focus


# --- a lost device ---------------------------------------------------------------------------------


def lose(qtbot: Any, made: Any, role: str = "printer", code: str = "printer-absent") -> None:
    # What the desk looks at now and then says the same as what it is told.
    made.counter.states = tuple((r, works and r != role, word) for r, works, word in made.counter.states)
    made.counter.tell(DeviceHealth(role, "x.y", True))
    made.counter.tell(DeviceHealth(role, "x.y", False, code, "HP"))
    qtbot.waitUntil(lambda: made.model.device_watch.newest is not None)
    quiet(qtbot, made)


def test_a_lost_printer_is_told_and_replaced_in_one_press_with_the_case_untouched(
    stand: Any, qtbot: Any
) -> None:
    made = stand(snapshots.FILLING)
    editor = made.editor("addr")
    editor.setFocus()
    lose(qtbot, made)
    bar = made.desk.work.lost
    assert bar.isVisible()
    assert QApplication.focusWidget() is editor
    (other,) = [b for b in bar.findChildren(QPushButton) if b.text() == "改用打印机 Canon_G3000"]
    other.click()
    quiet(qtbot, made)
    assert made.counter.devices.asked[0][:3] == ("choose", "printer", "printers.system_queue")
    made.counter.tell(DeviceHealth("printer", "x.y", True))
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert (made.model.page, made.model.view.case.case_id) == ("fill", "c1")


def test_a_device_that_is_lost_again_is_offered_the_same_ways_at_once(stand: Any, qtbot: Any) -> None:
    made = stand(snapshots.FILLING)
    bar = made.desk.work.lost
    lose(qtbot, made)
    offered = [b for b in bar.findChildren(QPushButton) if b.isVisible()]
    made.counter.tell(DeviceHealth("printer", "x.y", True))
    qtbot.waitUntil(lambda: not bar.isVisible())
    qtbot.waitUntil(lambda: not bar._rest.isActive())
    lose(qtbot, made)
    assert [b for b in bar.findChildren(QPushButton) if b.isVisible()] == offered
    assert "改用打印机 Canon_G3000" in [b.text() for b in offered]


def test_a_lost_reader_offers_the_number(stand: Any, qtbot: Any) -> None:
    made = stand(snapshots.CALLED)
    made.desk.top.setFocus()
    lose(qtbot, made, "card", "reader-none")
    (number,) = [b for b in made.desk.work.lost.findChildren(QPushButton) if b.text() == "手工录入"]
    number.click()
    quiet(qtbot, made)
    assert QApplication.focusWidget().accessibleName() == "证件号码"
    assert not made.desk.work.lost.isVisible()


def test_what_never_worked_is_no_loss_and_esc_puts_a_loss_away(stand: Any, qtbot: Any) -> None:
    made = stand(snapshots.FILLING)
    made.counter.tell(DeviceHealth("idcard", "x.y", False, "device-gone"))
    lose(qtbot, made)
    assert [health.role for health in made.model.device_watch.lost] == ["printer"]
    made.desk.close_one()
    assert not made.desk.work.lost.isVisible()
    assert made.model.page == "fill"


def test_a_device_that_comes_and_goes_is_not_drawn_each_time(stand: Any, qtbot: Any) -> None:
    made = stand(snapshots.FILLING)
    lose(qtbot, made)
    bar, drawn = made.desk.work.lost, []
    plain = bar._offer
    bar._offer = lambda: drawn.append(plain())
    for _ in range(40):
        made.counter.tell(DeviceHealth("printer", "x.y", True))
        made.counter.tell(DeviceHealth("printer", "x.y", False, "printer-absent", "HP"))
    made.counter.tell(DeviceHealth("printer", "x.y", True))
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert len(drawn) < 10, "drawn for nearly every change"


@pytest.mark.parametrize("place", ["banner", "page"])
def test_a_fault_is_reported_in_two_strokes(stand: Any, qtbot: Any, place: str) -> None:
    made = stand(snapshots.FILLING)
    if place == "banner":
        lose(qtbot, made)
    else:
        key(qtbot, made, Qt.Key.Key_D, CTRL_SHIFT)
    key(qtbot, made, Qt.Key.Key_B, CTRL_SHIFT)
    qtbot.waitUntil(lambda: getattr(QApplication.focusWidget(), "text", str)() == "报修")
    key(qtbot, made, Qt.Key.Key_Return)
    device, symptom = made.visit.verbs("report_fault")[0]
    assert device == "A4 打印机 HP_LaserJet_3F"
    assert "缺纸" in symptom
    notice = made.model.notices.current[-1]
    assert "10:42 前到场（30 分钟）" in notice.text
    assert (made.model.page, made.model.view.case.case_id) == ("fill", "c1")


def test_what_nobody_named_is_asked_for(stand: Any, qtbot: Any) -> None:
    made = stand(snapshots.EMPTY)
    key(qtbot, made, Qt.Key.Key_B, CTRL_SHIFT)
    assert QApplication.focusWidget() is made.page().device
    made.page().device.setText("叫号屏")
    key(qtbot, made, Qt.Key.Key_Return)
    press(made, qtbot, "没有反应")
    key(qtbot, made, Qt.Key.Key_Return)
    assert made.visit.verbs("report_fault") == [("叫号屏", "没有反应")]


def test_the_status_follows_what_a_device_says_without_waiting_for_the_next_look(
    stand: Any, qtbot: Any
) -> None:
    made = stand(snapshots.FILLING)
    seen: list[Any] = []
    made.model.devices.connect(seen.append)
    made.counter.states = (("scanner", False, "正在接通"),)
    made.counter.tell(DeviceHealth("scanner", "x.y", False))
    qtbot.waitUntil(lambda: made.counter.states in seen, timeout=2000)
    assert len(seen) == 1
