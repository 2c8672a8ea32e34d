"""更换: which driver plays a role, and with which configuration."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from counter_app.services.device_views import DriverView, RoleView
from ui.viewmodels import device_words as words
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import Elided, button, column, empty, label, put_text, row, show
from ui.widgets.device_lists import headed
from ui.widgets.editors import TextEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.page import scrolled

MORE = "其他参数"


class ChoicePane(QWidget):
    """Drivers as toggles, the chosen one's words as lines, one button that makes it so at once."""

    def __init__(self, model: DeskModel, back: Callable[[], object]) -> None:
        super().__init__()
        self._model, self._back, self._view = model, back, RoleView("")
        self._driver = ""
        self.edits: dict[str, TextEdit] = {}
        self.toggles: dict[str, QPushButton] = {}
        self._title = Elided("", "h2")
        self._why = label("", "problem", wrap=True)
        self._drivers = QWidget()
        self._flow = FlowLayout(self._drivers, 8)
        self._lines = QWidget()
        self._column = column(self._lines, gap=8)
        self.use_button = button("启用", self.use, "primary")
        page = column(self, gap=10)
        page.addLayout(headed(self._title, button("返回设备", back)))
        inside = QWidget()
        stack = column(inside, (0, 0, 6, 0), 10)
        for part in (self._drivers, self._why, self._lines):
            stack.addWidget(part)
        stack.addStretch(1)
        page.addWidget(scrolled(inside, "参数"), 1)
        below = QWidget()
        acts = FlowLayout(below, 8)
        for made in (self.use_button, button("不用这种设备", self.leave_out)):
            acts.addWidget(made)
        page.addWidget(below)

    def put(self, view: RoleView) -> None:
        """Show what could play the role."""
        self._view = view
        self._title.put(f"更换{words.role_title(view.role)}")
        empty(self._flow)
        self.toggles = {}
        for one in view.drivers:
            name = one.title if one.available else f"{one.title}（不可用）"
            made = button(name, partial(self.pick, one.id), "toggle", f"{one.title} {one.id}")
            made.setCheckable(True)
            self.toggles[one.id] = made
            self._flow.addWidget(made)
        able = next((one.id for one in view.drivers if one.available), "")
        self.pick(view.driver if view.driver in self.toggles else able)

    def enter(self) -> None:
        """Begin with the drivers."""
        made = self.toggles.get(self._driver)
        if made is not None:
            made.setFocus(Qt.FocusReason.OtherFocusReason)

    def pick(self, driver: str) -> None:
        """Turn to one driver and its configuration."""
        self._driver = driver
        for each, made in self.toggles.items():
            made.setChecked(each == driver)
        view = next((one for one in self._view.drivers if one.id == driver), None)
        self._fill(view)
        why = f"{view.because}。{words.mend(view.because)}" if view is not None and view.because else ""
        put_text(self._why, why)
        show(self._why, bool(why))
        self.use_button.setEnabled(view is not None and view.available)

    def use(self) -> None:
        """Let the driver play the role from now on."""
        config = {key: edit.text() for key, edit in self.edits.items() if key != MORE}
        more = self.edits[MORE].text() if MORE in self.edits else ""
        for part in more.split():
            key, _, value = part.partition("=")
            config[key] = value
        self._choose(self._driver, config)

    def leave_out(self) -> None:
        """Nobody plays the role."""
        self._choose("", {})

    def _choose(self, driver: str, config: dict[str, str]) -> None:
        call = partial(self._model.counter.devices.choose, self._view.role, driver, config)
        self._model.jobs.aside(call, lambda _: self._chosen())

    def _chosen(self) -> None:
        self._back()

    def _fill(self, view: DriverView | None) -> None:
        empty(self._column)
        self.edits = {}
        for option in view.options if view is not None else ():
            self._line(option.key, option.label, option.hint, option.value)
        if view is not None:
            self._line(MORE, MORE, "名称=值，用空格分开；一般不填", "")

    def _line(self, key: str, words_: str, hint: str, value: str) -> None:
        edit = TextEdit()
        edit.setAccessibleName(words_)
        edit.setPlaceholderText(hint)
        edit.setText(value)
        name = label(words_, "label")
        name.setMinimumWidth(name.fontMetrics().horizontalAdvance("汉") * 5)
        across = row(gap=8)
        across.addWidget(name)
        across.addWidget(edit, 1)
        self.edits[key] = edit
        self._column.addLayout(across)
