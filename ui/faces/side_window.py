"""What the windows of review, guide desk and manager share: there at once, later with the work in them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from counter_app.problems import Problem
from ui.faces.side_desk import SideDesk
from ui.jobs import Jobs
from ui.notices import Notices
from ui.widgets.cover import CalmCover
from ui.widgets.starting import Starting

LEAST = (1280, 672)
LOG = logging.getLogger("ui")
T = TypeVar("T")
PortT = TypeVar("PortT")
DeskT = TypeVar("DeskT", bound=SideDesk)


class SideWindow(QWidget, Generic[DeskT]):
    """The frame: one sentence first, then the desk."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setWindowTitle(title)
        self.setMinimumSize(*LEAST)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.starting = Starting()
        self.starting.put("正在准备…", words)
        self._column.addWidget(self.starting)
        self.desk: DeskT | None = None
        self.on_close: list[Callable[[], object]] = []

    def put(self, desk: DeskT) -> None:
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
        """Nothing is unsaved: what was done is at the hub."""
        for close in self.on_close:
            close()
        super().closeEvent(event)


class SideModel(Protocol):
    """What a keeper needs of the model behind a desk."""

    def start(self) -> None:
        """Begin to ask."""

    def stop(self) -> None:
        """Ask no more."""

    def refused(self, problem: Any) -> None:
        """Something was refused."""


class SideKeeper(QObject):
    """Holds what lives as long as the window: the lane to the hub, the jobs. `keep` adds the model."""

    def __init__(self, lane: str) -> None:
        super().__init__()
        self._lane = ThreadPoolExecutor(1, thread_name_prefix=f"lane-{lane}")
        self.jobs = Jobs(self._submit, self)
        self.notices = Notices(self)
        self._kept: SideModel | None = None

    def keep(self, model: SideModel) -> None:
        """Start the model, once its desk is there to hear it."""
        self._kept = model
        self.jobs.refused.connect(model.refused)
        model.start()

    def stop(self) -> None:
        """Deliver nothing more."""
        if self._kept is not None:
            self._kept.stop()
        self.jobs.close()

    def close(self) -> None:
        """Deliver nothing more; what is under way at the hub ends by itself."""
        self.stop()
        self._lane.shutdown(wait=False, cancel_futures=True)

    def _submit(self, call: Callable[[], T]) -> Future[T]:
        return self._lane.submit(call)


class SideStarter(Generic[PortT]):
    """From an empty window to the work; a fault of ours is said calmly, and the work goes on.

    `make_port` is slow and runs on a worker; `open_` then makes the keeper with its desk.
    """

    def __init__(
        self,
        app: QApplication,
        make_port: Callable[[], PortT],
        window: SideWindow[Any],
        open_: Callable[[PortT], tuple[SideKeeper, SideDesk]],
        place: str,
    ) -> None:
        self._app, self._make, self._open, self._place = app, make_port, open_, place
        self._jobs = Jobs(_no_lane)
        self._jobs.refused.connect(self._refused)
        self._jobs.broken.connect(self._broken)
        self._keeper: SideKeeper | None = None
        self._calm: CalmCover | None = None
        self.window = window
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
        """A fault of ours: logged without values, said calmly."""
        from ui.app import place_of

        LOG.error("fault %s: %s", self._place, place_of(error))
        if self._calm is not None:
            self._calm.cover()
        else:
            words = f"内部错误（{kind.__name__}），请联系信息人员，并提供日志。"
            self.window.starting.put("程序没能启动", words)

    def _ready(self, port: PortT) -> None:
        self._keeper, desk = self._open(port)
        self._keeper.jobs.broken.connect(self._broken)
        self.window.put(desk)
        self._calm = CalmCover(self.window, desk.focus_in)

    def _refused(self, problem: Problem) -> None:
        self.window.starting.put(problem.title, f"{problem.cause}{problem.advice}")

    def _broken(self, error: BaseException) -> None:
        self.calm(type(error), error)


def _no_lane(call: object) -> Future[object]:
    raise RuntimeError("the hub is not there yet")
