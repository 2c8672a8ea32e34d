"""The live picture: asked for beside the desk, the newest one only, and only while somebody can see it."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from drivers.protocols import Fault
from tests.fakes import snapshots as s
from tests.fakes.keys import CTRL, press
from tests.fakes.page_pictures import page_picture
from tests.ui.conftest import quiet
from ui.widgets.live_view import NO_ROOM, Frames

LIMIT_MS = 60_000
SIZE = QSize(120, 90)


def test_it_lives_while_the_camera_is_open_and_not_a_moment_longer(stand: Any, qtbot: Any) -> None:
    made, threads = stand(s.FILLING), set[int]()

    def live() -> bytes:
        threads.add(threading.get_ident())
        return page_picture("LIVE")

    made.counter.live = live
    made.counter.lens.append(page_picture("PAGE 1"))
    made.desk.materials.focus_in("M_SETTLE")
    press(Qt.Key.Key_S, CTRL)
    view = made.desk.pages.live
    qtbot.waitUntil(lambda: view.shown >= 2, timeout=LIMIT_MS)
    assert threading.get_ident() not in threads
    assert view.height() > NO_ROOM
    assert view.pixmap().width() <= view.width()
    frames = view._frames
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert frames.wait(LIMIT_MS / 1000)
    asked = made.counter.looks
    assert (view._frames, view.height()) == (None, NO_ROOM)
    press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: made.counter.looks > asked, timeout=LIMIT_MS)
    made.desk.pages.fold()


def test_a_camera_that_cannot_tell_is_asked_once_and_takes_no_room(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    made.counter.lens.append(page_picture("PAGE 1"))
    made.desk.materials.focus_in("M_SETTLE")
    press(Qt.Key.Key_S, CTRL)
    quiet(qtbot, made)
    assert made.desk.pages.live._frames.wait(LIMIT_MS / 1000)
    assert made.counter.looks == 1
    assert made.desk.pages.live.height() == NO_ROOM
    made.desk.pages.fold()


def test_late_pictures_are_dropped_for_the_newest(qapp: Any) -> None:
    shown, told = iter(["A", "B", "C"]), list[int]()

    def shot() -> bytes:
        word = next(shown, "")
        return page_picture(word) if word else b""

    frames = Frames(shot, SIZE, every_s=0.0)
    frames.came.connect(lambda: told.append(1), Qt.ConnectionType.DirectConnection)
    frames.start()
    assert frames.wait(LIMIT_MS / 1000)
    assert (frames.asked, len(told)) == (4, 1), "nobody took the first: the others told nobody"
    newest = frames.take()
    assert newest is not None
    scaled = QImage.fromData(page_picture("C")).scaled(
        SIZE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    assert newest == scaled
    assert frames.take() is None


def test_a_lost_camera_is_an_empty_picture_and_is_tried_again(qapp: Any) -> None:
    seen: list[Any] = [Fault("device-gone", ""), page_picture("A"), b""]

    def shot() -> bytes:
        now = seen.pop(0)
        if isinstance(now, Fault):
            raise now
        return bytes(now)

    frames, nulls = Frames(shot, SIZE, every_s=0.0, again_s=0.0), list[bool]()

    def came() -> None:
        image = frames.take()
        assert image is not None
        nulls.append(image.isNull())

    frames.came.connect(came, Qt.ConnectionType.DirectConnection)
    frames.start()
    assert frames.wait(LIMIT_MS / 1000)
    assert nulls == [True, False]
