"""The training panel: a small second window that makes the simulated devices do things."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from ui.ports import SimulatedAction
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column
from ui.widgets.page import scrolled
from ui.widgets.task_list import TaskList

OPEN_AT_FIRST = 2  # the machine that gives numbers and the card reader: how every visit begins


class DemoGroup(QWidget):
    """One simulated device; what can be done to it is built when its name is first pressed."""

    def __init__(self, model: DeskModel, title: str, actions: Sequence[SimulatedAction]) -> None:
        super().__init__()
        self._model, self._title, self._actions = model, title, actions
        self.head = button("", self.switch, "fold", title)
        self.head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside: QWidget | None = None
        self._stack = column(self, (0, 0, 0, 0), 3)
        self._stack.addWidget(self.head)
        self._tell(False)

    def switch(self) -> None:
        """Open or fold it."""
        if self.inside is None:
            self.inside = self._built()
            self._stack.addWidget(self.inside)
            self.inside.hide()
        folded = self.inside.isHidden()
        self.inside.setVisible(folded)
        self._tell(folded)

    def _built(self) -> QWidget:
        made = QWidget()
        stack = column(made, (0, 0, 0, 4), 3)
        for action in self._actions:
            one = button(action.title, partial(self._model.simulate, action), "demo")
            one.setToolTip(action.hint)
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            stack.addWidget(one)
        return made

    def _tell(self, is_open: bool) -> None:
        self.head.setText(f"{'▾' if is_open else '▸'} {self._title}")


class DemoPanel(QWidget):
    """Any list of actions, grouped. It stands beside the desk and takes no keys from it."""

    def __init__(self, model: DeskModel, actions: Sequence[SimulatedAction]) -> None:
        flags = (
            Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        super().__init__(None, flags)
        self.setObjectName("demo")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("演示设备")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        inside = QWidget()
        stack = column(inside, (0, 0, 6, 0), 3)
        self.groups: dict[str, DemoGroup] = {}
        for title, members in groupby(actions, key=lambda action: action.group):
            self.groups[title] = DemoGroup(model, title, tuple(members))
            stack.addWidget(self.groups[title])
        for group in list(self.groups.values())[:OPEN_AT_FIRST]:
            group.switch()
        stack.addStretch(1)
        self._put(scrolled(inside, "演示动作"), model)

    def _put(self, devices: QWidget, model: DeskModel) -> None:
        """The devices; in a training behind the tasks. Above them the line that folds them away."""
        self._page = column(self, (10, 8, 8, 8), 4)
        self.head = button("", self.switch, "fold", "演示设备")
        self.head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body = self._tasks_before(devices, model) if model.view.training else devices
        self._page.addWidget(self.head)
        self._page.addWidget(self.body, 1)
        self._tell()

    def switch(self) -> None:
        """Fold the devices away, so that what lies under them can be read, or show them again."""
        self.body.setVisible(self.body.isHidden())
        self._tell()
        self._stand()

    def _tell(self) -> None:
        words = "演示设备：点一下就像真的" if not self.body.isHidden() else "演示设备"
        self.head.setText(f"{'▸' if self.body.isHidden() else '▾'} {words}")

    def _tasks_before(self, devices: QWidget, model: DeskModel) -> QWidget:
        self.setWindowTitle("培训：任务和设备")
        self.tasks = TaskList(model)
        both = QTabWidget()
        both.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        both.tabBar().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        both.addTab(scrolled(self.tasks, "培训任务"), "任务")
        both.addTab(devices, "设备")
        return both

    def beside(self, window: QWidget) -> None:
        """Stand right of the desk where the screen has room, else over the tray's empty lower part."""
        self._window = window
        self._stand()
        self.show()

    def _stand(self) -> None:
        """Folded it is one line beside the state of the devices, where nothing else is written."""
        window, em = self._window, self.fontMetrics().height()
        width, height = round(em * 11.4), round(em * 17)
        frame, screen = window.frameGeometry(), window.screen().availableGeometry()
        right = frame.right() + 8
        is_aside = right + width <= screen.right()
        if self.body.isHidden():
            low = self.minimumSizeHint().height()
            left, top = (right, frame.top() + 60) if is_aside else (frame.center().x(), frame.bottom() - low)
            self.setGeometry(left, top, width, low)
        elif is_aside:
            self.setGeometry(right, frame.top() + 60, width, min(round(em * 30), frame.height() - 60))
        else:
            self.setGeometry(frame.left() + 10, frame.bottom() - height - round(em * 4.2), width, height)
