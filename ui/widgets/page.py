"""What every page of the work area has in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from counter_app.services.visit_view import VisitView
from ui.viewmodels.desk import DeskModel


class PageWidget(QWidget):
    """A page: draws snapshots while it is shown, and takes the focus when it is entered."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self.model = model

    def draw(self, view: VisitView) -> None:
        """Draw a snapshot; called only while the page is shown."""

    def enter(self) -> None:
        """The page has just been shown."""

    def forget(self) -> None:
        """The visit is over: nothing of it stays behind, not even hidden."""

    @property
    def is_entering(self) -> bool:
        """Whether the page is still being made ready for what is typed next."""
        return False

    def digit(self, number: int) -> bool:
        """A digit was pressed outside an editor; tells whether it meant something here."""
        return False

    def step(self, by: int) -> bool:
        """Enter or Shift+Enter: the next or previous editor."""
        self.focusNextPrevChild(by > 0)
        return True

    def jump(self, where: str) -> bool:
        """Go to a problem's place."""
        return False


def scrolled(inside: QWidget, name: str) -> QScrollArea:
    """A vertical scroll area that follows the focus."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    return area
