"""The window of a kiosk: the whole screen, no frame, and no way out but the manager's PIN."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from counter_app.problems import Problem
from counter_app.services.self_view import SelfView
from counter_app.settings import Settings
from ui.faces.kiosk_keeper import KioskKeeper
from ui.hall_ports import KioskPort
from ui.jobs import Jobs
from ui.theme import Theme
from ui.widgets.starting import Starting

LOG = logging.getLogger("ui")


class KioskWindow(QWidget):
    """Full screen and above everything; a wish to close it is refused."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setObjectName("desk")
        self.setWindowTitle("一窗 · 自助终端")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._may_close = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.starting = Starting()
        self.starting.put("正在准备…", "读取目录，连接读卡器和大厅服务，请稍候。")
        self._column.addWidget(self.starting)
        self.keeper: KioskKeeper | None = None
        self.on_close: list[Callable[[], object]] = []

    def put(self, keeper: KioskKeeper) -> None:
        """Replace the sentence by the face."""
        self._column.removeWidget(self.starting)
        self.starting.hide()
        self.keeper = keeper
        self._column.addWidget(keeper.face)
        keeper.model.ended.connect(self.end)

    def end(self) -> None:
        """The PIN was right: wipe, then go."""
        if self.keeper is not None:
            self.keeper.model.wipe()
        self._may_close = True
        self.close()

    def offer_key(self, event: QKeyEvent) -> bool:
        """Keys of every widget below."""
        return self.keeper.face.offer_key(event) if self.keeper is not None else True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key closes a kiosk."""
        self.offer_key(event)
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only after the PIN, or before there is a face at all (it could not be opened)."""
        if not self._may_close and self.keeper is not None:
            event.ignore()
            return
        for close in self.on_close:
            close()
        super().closeEvent(event)


class KioskStarter:
    """From an empty screen to a kiosk; a fault of ours is said calmly, and the person before it wiped."""

    def __init__(
        self, app: QApplication, make_port: Callable[[], KioskPort], settings: Settings, theme: Theme
    ) -> None:
        self._app, self._make, self._settings, self._theme = app, make_port, settings, theme
        self._jobs = Jobs(_no_lane)
        self._jobs.refused.connect(self._refused)
        self._jobs.broken.connect(self._broken)
        self._port: KioskPort | None = None
        self.window = KioskWindow()
        self.window.on_close.append(app.quit)

    def show(self) -> None:
        """The whole screen, at once; also in a session of its own, where no window manager makes it so."""
        self.window.setGeometry(self.window.screen().geometry())
        self.window.showFullScreen()
        self._jobs.aside(self._made, self._ready)

    def close(self) -> None:
        """Let everything go, store last."""
        if self.window.keeper is not None:
            self.window.keeper.close()
        self._jobs.close()
        if self._port is not None:
            self._port.close()

    def calm(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None
    ) -> None:
        """A fault of ours: logged without values; nobody's work stays open on the screen."""
        from ui.app import place_of

        LOG.error("fault in the kiosk: %s", place_of(error))
        if self.window.keeper is not None:
            self.window.keeper.model.wipe()
            self.window.keeper.model.lay("calm")
        else:
            self.window.starting.put("程序没能启动", f"内部错误（{kind.__name__}），请联系信息人员。")

    def _made(self) -> tuple[KioskPort, SelfView]:
        port = self._make()
        return port, port.run(port.kiosk.leave).result()

    def _ready(self, made: tuple[KioskPort, SelfView]) -> None:
        self._port, first = made
        keeper = open_keeper(self._port, first, self._settings, self._theme)
        keeper.jobs.broken.connect(self._broken)
        self.window.put(keeper)
        handle = self.window.windowHandle()
        if handle is not None:
            handle.installEventFilter(keeper)
        self._port.settle_in()

    def _refused(self, problem: Problem) -> None:
        self.window.starting.put(problem.title, f"{problem.cause}{problem.advice}")

    def _broken(self, error: BaseException) -> None:
        self.calm(type(error), error)


def open_keeper(port: KioskPort, first: SelfView, settings: Settings, theme: Theme) -> KioskKeeper:
    """The face and its clocks over a kiosk that is ready."""
    patience = (settings.kiosk_idle_s * 1000, settings.kiosk_answer_s * 1000)
    return KioskKeeper(port, first, first.visit.hall, theme, *patience)


def _no_lane(call: object) -> Future[object]:
    raise RuntimeError("the kiosk is not there yet")
