"""The window of the guide desk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from ui.faces.guide import GuideDesk
from ui.faces.side_window import SideKeeper, SideStarter, SideWindow
from ui.hall_ports import GuidePort
from ui.theme import Theme
from ui.viewmodels.guide import GuideModel


class GuideWindow(SideWindow[GuideDesk]):
    """The frame of the guide desk."""

    def __init__(self) -> None:
        super().__init__("一窗 · 引导台", "读取目录，连接大厅服务，请稍候。")


class GuideKeeper(SideKeeper):
    """Its model and its desk."""

    def __init__(self, app: QApplication, port: GuidePort, theme: Theme) -> None:
        super().__init__("guide")
        self.model = GuideModel(port, self.jobs, self.notices)
        self.desk = GuideDesk(app, self.model, theme)
        self.keep(self.model)


class GuideStarter(SideStarter[GuidePort]):
    """From an empty window to the list of numbers."""

    def __init__(self, app: QApplication, make_port: Callable[[], GuidePort], theme: Theme) -> None:
        def open_(port: GuidePort) -> tuple[GuideKeeper, GuideDesk]:
            keeper = GuideKeeper(app, port, theme)
            return keeper, keeper.desk

        super().__init__(app, make_port, GuideWindow(), open_, "at the guide desk")
