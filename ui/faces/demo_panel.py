"""The training panel: a small second window that makes the simulated devices do things."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.ports import SimulatedAction
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column, label
from ui.widgets.page import scrolled


class DemoPanel(QWidget):
    """Any list of actions, grouped. It stands beside the desk and takes no keys from it."""

    def __init__(self, model: DeskModel, actions: Sequence[SimulatedAction]) -> None:
        super().__init__(None, Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        self.setObjectName("desk")
        self.setWindowTitle("演示设备")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        inside = QWidget()
        stack = column(inside, (0, 0, 6, 0), 4)
        for group, members in groupby(actions, key=lambda action: action.group):
            stack.addWidget(label(group, "group"))
            for action in members:
                made = button(action.title, partial(model.simulate, action), "choice")
                made.setToolTip(action.hint)
                made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                stack.addWidget(made)
        stack.addStretch(1)
        page = column(self, (10, 10, 8, 10), 6)
        page.addWidget(label("演示设备", "h3"))
        page.addWidget(label("点一下，就像有人真的插卡、亮码、取纸。", "small", wrap=True))
        page.addWidget(scrolled(inside, "演示动作"), 1)

    def beside(self, window: QWidget) -> None:
        """Stand at the right edge of the desk, inside the screen."""
        em = self.fontMetrics().height()
        width, height = round(em * 15), min(round(em * 26), window.height() - 40)
        screen = window.screen().availableGeometry()
        right = window.frameGeometry().right() + 8
        if right + width > screen.right():
            right = screen.right() - width - 12
        self.setGeometry(right, window.frameGeometry().top() + 150, width, height)
        self.show()
