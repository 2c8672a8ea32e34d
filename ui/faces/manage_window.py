"""The window of the manager's desk: there at once, later with the hall in it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from counter_app.problems import Problem
from ui.faces.manage import ManageDesk
from ui.hall_ports import ManagePort
from ui.jobs import Jobs
from ui.notices import Notices
from ui.theme import Theme
from ui.viewmodels.manage import ManageModel
from ui.widgets.cover import CalmCover
from ui.widgets.starting import Starting

LEAST = (1280, 672)
LOG = logging.getLogger("ui")
T = TypeVar("T")


class ManageWindow(QWidget):
    """The frame: one sentence first, then the desk."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setWindowTitle("一窗 · 大厅管理")
        self.setMinimumSize(*LEAST)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.starting = Starting()
        self.starting.put("正在准备…", "连接大厅服务，请稍候。")
        self._column.addWidget(self.starting)
        self.desk: ManageDesk | None = None
        self.on_close: list[Callable[[], None]] = []

    def put(self, desk: ManageDesk) -> None:
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
        """Nothing is unsaved: what was ordered is at the hub."""
        for close in self.on_close:
            close()
        super().closeEvent(event)


class ManageKeeper(QObject):
    """Holds what lives as long as the window: the lane to the hub, the jobs, the model."""

    def __init__(self, app: QApplication, port: ManagePort, theme: Theme, folder: Path) -> None:
        super().__init__()
        self._lane = ThreadPoolExecutor(1, thread_name_prefix="lane-manage")
        self.jobs = Jobs(self._submit, self)
        self.notices = Notices(self)
        self.model = ManageModel(port, self.jobs, self.notices)
        self.desk = ManageDesk(app, self.model, theme, folder)
        self.jobs.refused.connect(self.model.refused)
        self.model.start()

    def close(self, last: Callable[[], None] | None = None) -> None:
        """Deliver nothing more; `last` lets go of the hub on the lane that asked it."""
        self.model.stop()
        self.jobs.close()
        if last is not None:
            self._lane.submit(last)
        self._lane.shutdown(wait=last is not None)

    def _submit(self, call: Callable[[], T]) -> Future[T]:
        return self._lane.submit(call)


class ManageStarter:
    """From an empty window to the live hall; a fault of ours is said calmly."""

    def __init__(
        self, app: QApplication, make_port: Callable[[], ManagePort], theme: Theme, folder: Path
    ) -> None:
        self._app, self._make, self._theme, self._folder = app, make_port, theme, folder
        self._jobs = Jobs(_no_lane)
        self._jobs.refused.connect(self._refused)
        self._jobs.broken.connect(self._broken)
        self._keeper: ManageKeeper | None = None
        self._calm: CalmCover | None = None
        self.window = ManageWindow()
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
        """A fault of ours: logged without values, said calmly, and the manager goes on."""
        from ui.app import place_of

        LOG.error("fault in the manager's desk: %s", place_of(error))
        if self._calm is not None:
            self._calm.cover()
        else:
            words = f"内部错误（{kind.__name__}），请联系信息人员，并提供日志。"
            self.window.starting.put("程序没能启动", words)

    def _ready(self, port: ManagePort) -> None:
        self._keeper = ManageKeeper(self._app, port, self._theme, self._folder)
        self._keeper.jobs.broken.connect(self._broken)
        desk = self._keeper.desk
        self.window.put(desk)
        self._calm = CalmCover(self.window, lambda: desk.page.focus_in())

    def _refused(self, problem: Problem) -> None:
        self.window.starting.put(problem.title, f"{problem.cause}{problem.advice}")

    def _broken(self, error: BaseException) -> None:
        self.calm(type(error), error)


def _no_lane(call: object) -> Future[object]:
    raise RuntimeError("the hub is not there yet")
