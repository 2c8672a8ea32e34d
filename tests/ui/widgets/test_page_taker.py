"""Photographing materials at the desk by keys alone: take, look, turn, take again, delete."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from drivers.protocols import Fault
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import BX02
from tests.fakes.keys import CTRL, press
from tests.fakes.page_pictures import page_picture
from tests.ui.conftest import Stand, quiet

SHIFT = Qt.KeyboardModifier.ShiftModifier
CODE = "M_SETTLE"


class Table:
    """A desk with a document camera and pages to lay under it."""

    def __init__(self, made: Stand, qtbot: Any) -> None:
        self.made, self._qtbot = made, qtbot
        self.taker = made.desk.pages
        made.desk.materials.focus_in(CODE)
        quiet(qtbot, made)

    def lay(self, *seen: str | Exception) -> None:
        self.made.counter.lens += [page_picture(one) if isinstance(one, str) else one for one in seen]

    def press(self, key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        press(key, modifiers)
        quiet(self._qtbot, self.made)

    @property
    def refs(self) -> tuple[str, ...]:
        case = self.made.model.view.case
        return next(m.pages for m in case.materials if m.code == CODE)

    @property
    def said(self) -> str:
        return str(self.taker._said.text())

    @property
    def count(self) -> str:
        return str(self.taker._count.text())


@pytest.fixture
def table(stand: Any, qtbot: Any) -> Callable[..., Table]:
    return lambda view=s.FILLING: Table(stand(view), qtbot)


def test_one_key_takes_the_first_page_and_shows_it(table: Callable[..., Table]) -> None:
    desk = table()
    desk.lay("第一页")
    desk.press(Qt.Key.Key_S, CTRL)
    assert not desk.taker.isHidden()
    assert len(desk.refs) == 1
    assert desk.count == "第 1 页，共 1 页"
    assert not desk.taker._picture.pixmap().isNull()
    assert desk.made.visit.verbs("add_page")[0][:2] == (desk.made.model.view.case.case_id, CODE)


def test_pages_follow_by_space_and_are_walked_with_arrows(table: Callable[..., Table]) -> None:
    desk = table()
    desk.lay("一", "二", "三")
    desk.press(Qt.Key.Key_S, CTRL)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_S, CTRL)  # the same key once more is the next page too
    assert (len(desk.refs), desk.count) == (3, "第 3 页，共 3 页")
    desk.press(Qt.Key.Key_Up)
    assert desk.count == "第 2 页，共 3 页"
    for _ in range(4):
        desk.press(Qt.Key.Key_PageUp)
    assert desk.count == "第 1 页，共 3 页"
    desk.press(Qt.Key.Key_Down)
    assert desk.count == "第 2 页，共 3 页"


def test_a_page_is_turned_taken_again_and_deleted(table: Callable[..., Table]) -> None:
    desk = table()
    desk.lay("一", "二", "又一")
    desk.press(Qt.Key.Key_S, CTRL)
    desk.press(Qt.Key.Key_Space)
    first, second = desk.refs
    desk.press(Qt.Key.Key_Right)
    upright, turned = (Image.open(io.BytesIO(desk.made.visit.pages[r])) for r in (second, desk.refs[1]))
    assert turned.size == upright.size[::-1]
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Backspace)
    assert desk.refs[0] not in (first, second)
    assert len(desk.refs) == 2
    kept = desk.refs[1]
    desk.press(Qt.Key.Key_Delete)
    assert desk.refs == (kept,)
    assert desk.count == "第 1 页，共 1 页"


def test_a_page_may_be_taken_whole(table: Callable[..., Table]) -> None:
    desk = table()
    desk.lay("一", "整幅")
    desk.press(Qt.Key.Key_S, CTRL)
    desk.press(Qt.Key.Key_Backspace, SHIFT)
    assert desk.made.counter.shots == [False, True]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_done_leads_back_to_the_materials_and_keeps_nothing_on_the_screen(
    table: Callable[..., Table], key: Qt.Key
) -> None:
    desk = table()
    desk.lay("一")
    desk.press(Qt.Key.Key_S, CTRL)
    desk.press(key)
    assert desk.taker.isHidden()
    assert desk.taker._picture.pixmap().isNull()
    assert desk.taker._picture.is_empty
    assert desk.made.desk.materials.isAncestorOf(QApplication.focusWidget())
    desk.press(Qt.Key.Key_S, CTRL)  # with a page there it only looks
    assert desk.made.counter.shots == [False]
    assert desk.count == "第 1 页，共 1 页"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("page-camera-none", "没有接高拍仪"),
        ("device-gone", "设备已断开"),
        ("page-dark", "没有拍到内容"),
        ("device-timeout", "没有按时应答"),
    ],
)
def test_a_camera_that_fails_says_so_where_the_clerk_looks(
    table: Callable[..., Table], code: str, words: str
) -> None:
    desk = table()
    desk.lay(Fault(code, "x"), "一")
    desk.press(Qt.Key.Key_S, CTRL)
    assert words in desk.said
    assert (desk.refs, desk.count) == ((), "还没有页")
    desk.press(Qt.Key.Key_Space)  # nothing is lost: once more
    assert (len(desk.refs), desk.said) == (1, "")


def test_a_refusal_of_the_visit_frees_the_keys(table: Callable[..., Table]) -> None:
    from counter_app.problems import Problem

    desk = table()
    desk.lay("一", "一")
    desk.made.visit.refusals["add_page"] = Problem("page-many", "", "60")
    desk.press(Qt.Key.Key_S, CTRL)
    assert "页数过多" in desk.said
    del desk.made.visit.refusals["add_page"]
    desk.press(Qt.Key.Key_Space)
    assert len(desk.refs) == 1


def test_a_late_picture_lands_in_the_case_it_was_taken_for(table: Callable[..., Table], qtbot: Any) -> None:
    desk = table()
    own = desk.made.model.view.case.case_id
    desk.lay("一")
    desk.made.visit.gate.clear()
    press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: desk.made.counter.shots == [False], timeout=5000)
    desk.made.visit.gate.set()
    desk.made.counter.put(case=BX02)
    quiet(qtbot, desk.made)
    assert desk.taker.isHidden()
    assert [asked[0] for asked in desk.made.visit.verbs("add_page")] == [own]


def test_locking_and_finding_fold_it(table: Callable[..., Table]) -> None:
    desk = table()
    desk.lay("一")
    desk.press(Qt.Key.Key_S, CTRL)
    desk.press(Qt.Key.Key_K, CTRL)
    assert desk.taker.isHidden()
    assert not desk.made.desk.palette_.isHidden()
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_S, CTRL)
    assert not desk.taker.isHidden()
    desk.press(Qt.Key.Key_F12)
    assert desk.taker.isHidden()


def test_a_key_pressed_twice_takes_one_page(table: Callable[..., Table], qtbot: Any) -> None:
    desk = table()
    desk.lay("一", "二")
    press(Qt.Key.Key_S, CTRL)
    press(Qt.Key.Key_Space)
    quiet(qtbot, desk.made)
    assert len(desk.refs) == 1


def test_without_a_case_or_after_acceptance_it_says_why(stand: Any, qtbot: Any) -> None:
    made = stand(s.DONE)
    press(Qt.Key.Key_S, CTRL)
    assert made.desk.pages.isHidden()
    assert made.model.notices.current


def test_a_place_is_covered_by_keys_and_the_covered_page_takes_its_place(table: Callable[..., Table]) -> None:
    desk = table()
    desk.lay("一")
    desk.press(Qt.Key.Key_S, CTRL)
    (before,) = desk.refs
    desk.press(Qt.Key.Key_M, CTRL)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left):
        for _ in range(40):
            press(key)
    desk.press(Qt.Key.Key_Return)
    (after,) = desk.refs
    assert after != before
    assert desk.made.visit.verbs("mask_page")[0][1:3] == (CODE, 0)
    original, covered = (
        Image.open(io.BytesIO(desk.made.visit.pages[r])).convert("L") for r in (before, after)
    )
    assert original.size == covered.size
    assert original.getpixel((20, 20)) > 200
    assert covered.getpixel((20, 20)) < 16
    assert covered.getpixel((20, original.height // 2)) > 200
    assert not desk.taker.isHidden()


def test_esc_leaves_the_covers_off_and_the_page_open(table: Callable[..., Table]) -> None:
    desk = table()
    desk.lay("一")
    desk.press(Qt.Key.Key_S, CTRL)
    desk.press(Qt.Key.Key_M, CTRL)
    desk.press(Qt.Key.Key_Space)
    assert len(desk.taker._picture.boxes) == 2
    desk.press(Qt.Key.Key_Escape)
    assert (desk.taker._picture.boxes, desk.taker.isHidden()) == ([], False)
    desk.press(Qt.Key.Key_M, CTRL)
    desk.press(Qt.Key.Key_Backspace)
    desk.press(Qt.Key.Key_M, CTRL)
    assert desk.made.visit.verbs("mask_page") == []


def test_another_page_stands_beside_and_the_next_after_it(table: Callable[..., Table]) -> None:
    desk = table()
    desk.lay("一", "二", "三")
    desk.press(Qt.Key.Key_S, CTRL)
    desk.press(Qt.Key.Key_N, CTRL)
    assert "没有可对比的页" in desk.said
    for _ in range(2):
        desk.press(Qt.Key.Key_Space)
    beside = desk.taker._beside
    seen = []
    for _ in range(3):
        desk.press(Qt.Key.Key_N, CTRL)
        assert not beside.stage.is_empty
        seen.append(beside.stage.accessibleName()[-5:])
    assert seen == ["第 1 页", "第 2 页", "第 1 页"]
    desk.press(Qt.Key.Key_Escape)
    assert (beside.isHidden(), beside.stage.is_empty, desk.taker.isHidden()) == (True, True, False)
