"""Pages behind the counter: shown, enlarged, turned, compared, and lifted where they are covered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage

from tests.fakes.review_place import settle
from tests.fakes.reviewing import FakeReviewing
from tests.ui.faces.test_desk_keys import commit
from ui.widgets.page_viewer import KEYS, LAID

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


def looking(reviewed: Any, qtbot: Any, port: FakeReviewing) -> Any:
    """The first page of a case is looked at."""
    port.page = lambda ref: picture()  # type: ignore[method-assign]
    made = reviewed(port, case="case-2")
    made.press(Qt.Key.Key_F4)
    made.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.desk.viewer.isVisible(), timeout=60_000)
    return made


def test_a_reviewer_covers_a_page_by_the_keys_of_the_counter(reviewed: Any, qtbot: Any) -> None:
    port = FakeReviewing()
    made = looking(reviewed, qtbot, port)
    stage, ref = made.desk.viewer._picture, made.model.page_ref
    made.press(Qt.Key.Key_M, CTRL)
    assert stage.is_covering
    assert made.desk.viewer._hint.text() == KEYS
    made.press(Qt.Key.Key_Escape)
    assert not stage.is_covering
    assert made.desk.viewer.isVisible()
    made.press(Qt.Key.Key_M, CTRL)
    made.press(Qt.Key.Key_Right)
    made.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    made.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.model.is_covered, timeout=60_000)
    settle(qtbot, made)
    assert port.sheets["case-2"].laid == ((ref, ((3_200, 4_500, 4_000, 1_000),)),)
    shown = stage._whole.toImage()
    assert shown.pixelColor(20, 30).lightness() < 20 < 200 < shown.pixelColor(20, 10).lightness()
    assert made.desk.viewer._hint.text() == LAID  # what the counter has of it is said plainly
    made.press(Qt.Key.Key_M, CTRL)
    assert not made.desk.viewer._lifting.isHidden()  # laid: now it is lifted, for a reason


def test_what_was_covered_behind_the_counter_is_in_no_picture(reviewed: Any, qtbot: Any) -> None:
    port = FakeReviewing()
    seen = port.sheets["case-2"]
    refs = [ref for line in seen.materials for ref in line.pages]
    whole = ((0, 0, 10_000, 10_000),)
    port.sheets["case-2"] = replace(seen, laid=tuple((ref, whole) for ref in refs))
    made = looking(reviewed, qtbot, port)
    made.press(Qt.Key.Key_N, CTRL)
    settle(qtbot, made)
    for stage in (made.desk.viewer._picture, made.desk.viewer._beside.stage):
        image = stage._whole.toImage()
        assert {image.pixelColor(x, 20).lightness() for x in range(0, 40, 5)} == {0}


def test_a_cover_the_hub_refuses_covers_nothing(reviewed: Any, qtbot: Any) -> None:
    port = FakeReviewing()
    made = looking(reviewed, qtbot, port)
    port.away = True
    made.press(Qt.Key.Key_M, CTRL)
    made.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.model.is_away, timeout=60_000)
    assert not made.model.is_covered
    assert port.sheets["case-2"].laid == ()


def picture() -> bytes:
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(40, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.save(held, "PNG")
    return bytes(held.data().data())
