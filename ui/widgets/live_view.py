"""What the document camera sees while a page is being laid: some five pictures a second, off the UI thread.

Pictures are asked for one after another and shown as they come; one that comes late is thrown away for the
newer one. Nothing is asked for while nobody can see it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import QLabel

from counter_app.problems import Problem
from drivers.protocols import Fault

EVERY_S = 0.2
AGAIN_S = 2.0  # after a camera that gave none: its trouble is told by whoever photographs
NO_ROOM = 1  # px a side while there is nothing to see
Shot = Callable[[], bytes]


class Frames(QObject):
    """One showing: a thread that asks for pictures and keeps the newest until its end."""

    came = Signal()

    def __init__(self, shot: Shot, size: QSize, every_s: float = EVERY_S, again_s: float = AGAIN_S) -> None:
        super().__init__()
        self._shot, self._size = shot, size
        self._every_s, self._again_s = every_s, again_s
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._newest: QImage | None = None
        self.asked = 0
        self._thread = threading.Thread(target=self._run, name="live-view", daemon=True)

    def start(self) -> None:
        """Begin to ask."""
        self._thread.start()

    def end(self) -> None:
        """Ask no more; waits for nothing."""
        self._ended.set()

    def wait(self, limit_s: float) -> bool:
        """Whether its thread is gone within the limit."""
        self._thread.join(limit_s)
        return not self._thread.is_alive()

    def take(self) -> QImage | None:
        """The newest picture nobody has taken yet."""
        with self._lock:
            newest, self._newest = self._newest, None
            return newest

    def _run(self) -> None:
        while not self._ended.is_set():
            begun, pause = time.monotonic(), self._again_s
            try:
                self.asked += 1
                data = self._shot()
                if not data:
                    return  # a camera that cannot
                self._put(QImage.fromData(data))
                pause = self._every_s
            except (Fault, Problem):
                self._put(QImage())
            self._ended.wait(max(0.0, pause - (time.monotonic() - begun)))

    def _put(self, image: QImage) -> None:
        if not image.isNull():
            smooth = Qt.TransformationMode.SmoothTransformation
            image = image.scaled(self._size, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        with self._lock:
            is_told, self._newest = self._newest is not None, image
        if not is_told and not self._ended.is_set():
            self.came.emit()


class LiveView(QLabel):
    """A small window onto the camera's table; it has no place where the camera shows nothing (`sees`)."""

    sees = Signal(bool)

    def __init__(self, shot: Shot, size: QSize) -> None:
        super().__init__()
        self._shot = shot
        self._size = size
        self._frames: Frames | None = None
        self.setFixedSize(NO_ROOM, NO_ROOM)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName("高拍仪实时画面")
        self.shown = 0

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody can see it."""
        super().showEvent(event)
        if self._frames is None:
            self._frames = Frames(self._shot, self._size)
            self._frames.came.connect(self._draw, Qt.ConnectionType.QueuedConnection)
            self._frames.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody can see it any more; what it showed is forgotten."""
        super().hideEvent(event)
        if self._frames is not None:
            self._frames.end()
            self._frames = None
        self.clear()
        self._take_room(QSize(NO_ROOM, NO_ROOM))

    def _take_room(self, room: QSize) -> None:
        if room != self.size():
            self.setFixedSize(room)
            self.sees.emit(room == self._size)

    def _draw(self) -> None:
        image = self._frames.take() if self._frames is not None else None
        if image is None:
            return
        self._take_room(self._size)
        if image.isNull():
            self.setText("暂时没有画面")
        else:
            self.setPixmap(QPixmap.fromImage(image))
            self.shown += 1
