"""The window of the desk behind the counter: there at once, later with the work in it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from counter_app.problems import Problem
from ui.faces.review import ReviewDesk
from ui.hall_ports import ReviewPort
from ui.jobs import Jobs
from ui.notices import Notices
from ui.theme import Theme
from ui.viewmodels.review import ReviewModel
from ui.widgets.cover import CalmCover
from ui.widgets.starting import Starting

LEAST = (1280, 672)
LOG = logging.getLogger("ui")
T = TypeVar("T")


class ReviewWindow(QWidget):
    """The frame: one sentence first, then the desk."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setWindowTitle("一窗 · 后台审核")
        self.setMinimumSize(*LEAST)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.starting = Starting()
        self.starting.put("正在准备…", "读取目录，连接大厅服务，请稍候。")
        self._column.addWidget(self.starting)
        self.desk: ReviewDesk | None = None
        self.on_close: list[Callable[[], None]] = []

    def put(self, desk: ReviewDesk) -> None:
        """Replace the sentence by the desk."""
        self._column.removeWidget(self.starting)
        self.starting.hide()
        self.desk = desk
        self._column.addWidget(desk)

    def offer_key(self, event: QKeyEvent) -> bool:
        """Keys of every widget below."""
        return self.desk.offer_key(event) if self.desk is not None else False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys nobody below wanted."""
        if not self.offer_key(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is unsaved: what was decided is at the hub."""
        for close in self.on_close:
            close()
        super().closeEvent(event)


class ReviewKeeper(QObject):
    """Holds what lives as long as the window: the lane to the hub, the jobs, the model."""

    def __init__(self, app: QApplication, port: ReviewPort, theme: Theme, desk: str = "") -> None:
        super().__init__()
        self._lane = ThreadPoolExecutor(1, thread_name_prefix="lane-review")
        self.jobs = Jobs(self._submit, self)
        self.notices = Notices(self)
        self.model = ReviewModel(port, self.jobs, self.notices, desk)
        self.desk = ReviewDesk(app, self.model, theme)
        self.jobs.refused.connect(self.model.refused)
        self.model.start()

    def close(self) -> None:
        """Deliver nothing more; what is under way at the hub ends by itself."""
        self.model.stop()
        self.jobs.close()
        self._lane.shutdown(wait=False, cancel_futures=True)

    def _submit(self, call: Callable[[], T]) -> Future[T]:
        return self._lane.submit(call)


class ReviewStarter:
    """From an empty window to the work list; a fault of ours is said calmly."""

    def __init__(
        self, app: QApplication, make_port: Callable[[], ReviewPort], theme: Theme, desk: str
    ) -> None:
        self._app, self._make, self._theme, self._desk = app, make_port, theme, desk
        self._jobs = Jobs(_no_lane)
        self._jobs.refused.connect(self._refused)
        self._jobs.broken.connect(self._broken)
        self._keeper: ReviewKeeper | None = None
        self._calm: CalmCover | None = None
        self.window = ReviewWindow()
        self.window.on_close.append(app.quit)

    def show(self) -> None:
        """The window, at once; maximised where the screen is small."""
        screen = self._app.primaryScreen().availableGeometry()
        self.window.resize(min(1366, screen.width()), min(728, screen.height()))
        self.window.showMaximized() if screen.width() <= 1440 else self.window.show()
        self._jobs.aside(self._make, self._ready)

    def close(self) -> None:
        """Stop asking."""
        if self._keeper is not None:
            self._keeper.close()
        self._jobs.close()

    def calm(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None
    ) -> None:
        """A fault of ours: logged without values, said calmly, and the reviewer goes on."""
        from ui.app import place_of

        LOG.error("fault behind the counter: %s", place_of(error))
        if self._calm is not None:
            self._calm.cover()
        else:
            words = f"内部错误（{kind.__name__}），请联系信息人员，并提供日志。"
            self.window.starting.put("程序没能启动", words)

    def _ready(self, port: ReviewPort) -> None:
        self._keeper = ReviewKeeper(self._app, port, self._theme, self._desk)
        self._keeper.jobs.broken.connect(self._broken)
        self.window.put(self._keeper.desk)
        self._calm = CalmCover(self.window, self._keeper.desk.list.focus_in)

    def _refused(self, problem: Problem) -> None:
        self.window.starting.put(problem.title, f"{problem.cause}{problem.advice}")

    def _broken(self, error: BaseException) -> None:
        self.calm(type(error), error)


def _no_lane(call: object) -> Future[object]:
    raise RuntimeError("the hub is not there yet")
