"""Pages behind the counter: shown, enlarged, turned, compared, and lifted where they are covered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage

from tests.fakes.review_place import settle
from tests.fakes.reviewing import FakeReviewing
from tests.ui.faces.test_desk_keys import commit

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_page_is_shown_and_an_unreadable_one_is_said(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    made.press(Qt.Key.Key_F4)
    made.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.desk.viewer.isVisible(), timeout=20_000)
    assert "无法显示" in made.desk.viewer._picture.text()
    made.desk.viewer.open(picture(), "第 2 页")
    assert not made.desk.viewer._picture.pixmap().isNull()
    made.press(Qt.Key.Key_Escape)
    assert not made.desk.viewer.isVisible()


def test_a_page_is_enlarged_turned_and_compared_by_keys(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    made.port.page = lambda ref: picture()
    made.press(Qt.Key.Key_F4)
    made.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.desk.viewer.isVisible(), timeout=20_000)
    look = made.desk.viewer._picture
    upright = look.pixmap().size()
    made.press(Qt.Key.Key_Right)
    assert (look.pixmap().width() > look.pixmap().height()) != (upright.width() > upright.height())
    made.press(Qt.Key.Key_Plus)
    assert look.zoom > 1
    made.press(Qt.Key.Key_N, CTRL)
    settle(qtbot, made)
    assert made.desk.viewer._beside.stage.accessibleName() == "对比：医院收费票据 第 2 页"
    assert not made.desk.viewer._beside.stage.is_empty
    made.press(Qt.Key.Key_Escape)
    assert made.desk.viewer._beside.isHidden()
    assert made.desk.viewer.isVisible()
    made.press(Qt.Key.Key_Escape)
    assert not made.desk.viewer.isVisible()


def test_a_covered_page_is_lifted_for_a_reason_only(reviewed: Any, qtbot: Any) -> None:
    port = FakeReviewing()
    seen = port.sheets["case-2"]
    ref = next(line.pages[0] for line in seen.materials if line.pages)
    port.sheets["case-2"] = replace(seen, covered=(ref,))
    port.page = lambda ref: picture()  # type: ignore[method-assign]
    made = reviewed(port, case="case-2")
    made.press(Qt.Key.Key_F4)
    made.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.desk.viewer.isVisible(), timeout=60_000)
    made.press(Qt.Key.Key_M, CTRL)
    made.press(Qt.Key.Key_Return)
    settle(qtbot, made)
    assert port.looked == []  # no reason, no look
    commit("核对金额")
    made.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: port.looked == [f"case-2 {ref} 核对金额"], timeout=60_000)
    settle(qtbot, made)
    assert "已揭开遮盖，已留痕" in made.desk.viewer._caption.whole
    made.press(Qt.Key.Key_M, CTRL)
    assert made.desk.viewer._lifting.isHidden()
    made.press(Qt.Key.Key_Escape)
    assert not made.desk.viewer.isVisible()


def picture() -> bytes:
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    QImage(40, 60, QImage.Format.Format_RGB32).save(held, "PNG")
    return bytes(held.data().data())
