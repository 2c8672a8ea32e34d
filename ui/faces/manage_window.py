"""The window of the manager's desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from ui.faces.manage import ManageDesk
from ui.faces.side_window import SideKeeper, SideStarter, SideWindow
from ui.hall_ports import ManagePort
from ui.theme import Theme
from ui.viewmodels.manage import ManageModel


class ManageWindow(SideWindow[ManageDesk]):
    """The frame of the manager's desk."""

    def __init__(self) -> None:
        super().__init__("一窗 · 大厅管理", "连接大厅服务，请稍候。")


class ManageKeeper(SideKeeper):
    """Its model and its desk; `folder` takes the tables that are exported."""

    def __init__(self, app: QApplication, port: ManagePort, theme: Theme, folder: Path) -> None:
        super().__init__("manage")
        self.model = ManageModel(port, self.jobs, self.notices)
        self.desk = ManageDesk(app, self.model, theme, folder)
        self.keep(self.model)

    def close(self, last: Callable[[], None] | None = None) -> None:
        """Deliver nothing more; orders given still reach the hub. `last` lets go of it, on its lane."""
        self.stop()
        if last is not None:
            self._lane.submit(last)
        self._lane.shutdown(wait=last is not None)


class ManageStarter(SideStarter[ManagePort]):
    """From an empty window to the live hall."""

    def __init__(
        self, app: QApplication, make_port: Callable[[], ManagePort], theme: Theme, folder: Path
    ) -> None:
        def open_(port: ManagePort) -> tuple[ManageKeeper, ManageDesk]:
            keeper = ManageKeeper(app, port, theme, folder)
            return keeper, keeper.desk

        super().__init__(app, make_port, ManageWindow(), open_, "in the manager's desk")
