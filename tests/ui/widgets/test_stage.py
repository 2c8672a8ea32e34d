"""A page looked at closely: enlarged and moved within its edges, turned for the eye, covered in places."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes.page_pictures import page_picture
from ui.widgets.stage import NEW_BOX, STEPS, Stage


@pytest.fixture
def stage(qtbot: Any) -> Stage:
    made = Stage()
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.put(page_picture(width=620, height=877))
    made.show()
    return made


def test_it_fits_and_enlarges_to_an_end(stage: Stage) -> None:
    assert stage.pixmap().height() == 500
    for _ in range(20):
        stage.closer(1)
    assert stage.zoom == STEPS[-1]
    assert stage.pixmap().width() <= 400
    stage.closer(0)
    assert stage.zoom == 1.0


def test_what_is_seen_never_leaves_the_page(stage: Stage) -> None:
    stage.closer(3)
    page = stage._whole.size()
    for right, down in ((-90, -90), (90, 90)):
        stage.pan(right, down)
        seen = stage._seen(page)
        assert seen.left() >= -1
        assert seen.right() <= page.width()
        assert seen.bottom() <= page.height()


def test_turning_is_for_the_eye_and_forgotten_with_the_page(stage: Stage) -> None:
    upright = stage.pixmap().size()
    stage.turn(90)
    assert stage.pixmap().width() > stage.pixmap().height()
    stage.put(page_picture(width=620, height=877))
    assert stage.pixmap().size() == upright


def test_no_picture_is_said(stage: Stage) -> None:
    stage.put(b"no picture", "看不了")
    assert stage.is_empty
    assert stage.text() == "看不了"
    stage.closer(1)
    stage.put(None)
    assert stage.text() == ""


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3), st.booleans()), max_size=60))
def test_a_box_never_leaves_the_page_nor_vanishes(moves: list[tuple[int, int, bool]]) -> None:
    assert QApplication.instance() is not None
    made = Stage()
    made.start_covering()
    for right, down, is_sizing in moves:
        made.move_box(right, down, is_sizing)
        (box,) = made.boxes
        assert QRectF(-1e-9, -1e-9, 1 + 2e-9, 1 + 2e-9).contains(box)
        assert box.width() > 0
        assert box.height() > 0


def test_the_mouse_draws_a_box_where_the_offered_one_was(stage: Stage) -> None:
    stage.start_covering()
    drawn = stage._drawn()
    start, end = QPoint(round(drawn.left()) + 10, 20), QPoint(round(drawn.left()) + 110, 120)
    QTest.mousePress(stage, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(stage, end)
    QTest.mouseRelease(stage, Qt.MouseButton.LeftButton, pos=end)
    (box,) = stage.boxes
    assert box != NEW_BOX
    assert box.width() == pytest.approx(100 / drawn.width(), abs=0.01)
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton, pos=end)
    assert len(stage.boxes) == 1
