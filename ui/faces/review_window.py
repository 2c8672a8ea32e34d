"""The window of the desk behind the counter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from ui.faces.review import ReviewDesk
from ui.faces.side_window import SideKeeper, SideStarter, SideWindow
from ui.hall_ports import ReviewPort
from ui.theme import Theme
from ui.viewmodels.review import ReviewModel


class ReviewWindow(SideWindow[ReviewDesk]):
    """The frame of the review desk."""

    def __init__(self) -> None:
        super().__init__("一窗 · 后台审核", "读取目录，连接大厅服务，请稍候。")


class ReviewKeeper(SideKeeper):
    """Its model and its desk."""

    def __init__(self, app: QApplication, port: ReviewPort, theme: Theme, desk: str = "") -> None:
        super().__init__("review")
        self.model = ReviewModel(port, self.jobs, self.notices, desk)
        self.desk = ReviewDesk(app, self.model, theme)
        self.keep(self.model)


class ReviewStarter(SideStarter[ReviewPort]):
    """From an empty window to the work list."""

    def __init__(
        self, app: QApplication, make_port: Callable[[], ReviewPort], theme: Theme, desk: str
    ) -> None:
        def open_(port: ReviewPort) -> tuple[ReviewKeeper, ReviewDesk]:
            keeper = ReviewKeeper(app, port, theme, desk)
            return keeper, keeper.desk

        super().__init__(app, make_port, ReviewWindow(), open_, "behind the counter")
