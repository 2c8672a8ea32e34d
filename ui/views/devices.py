"""设备: every device of the desk, tried, exchanged and kept as a profile, without leaving the case."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from counter_app.services.device_views import DevicesView
from ui.registry import Page
from ui.viewmodels import device_words as words
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column, is_tight, label, put_text, row, show
from ui.widgets.device_choice import ChoicePane
from ui.widgets.device_lists import DriversPane, FoundBox
from ui.widgets.device_profiles import ProfilesPane
from ui.widgets.device_rows import RoleRow
from ui.widgets.flow import FlowLayout
from ui.widgets.page import PageWidget, scrolled

LOOK_MS = 1500  # how often the rows are looked at while the page is shown


class DevicesPage(PageWidget):
    """The list of roles; beside it, one at a time: another device, the drivers, the profiles."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self.view = DevicesView()
        self.role = ""  # the device meant by 报修
        self.rows: dict[str, RoleRow] = {}
        self._title = label("设备", "h2")
        self._said = label("", "soft", wrap=True)
        self._repairs = label("", "strong", wrap=True)
        self.found = FoundBox(self.take_found)
        self.choice = ChoicePane(model, self.back)
        self.drivers = DriversPane(self.back)
        self.profiles = ProfilesPane(model, self.back)
        self._inside = QWidget()
        inside = column(self._inside, (0, 0, 6, 0), 8)
        self._rows = column(gap=8)
        self._repairs.hide()
        inside.addWidget(self._repairs)
        inside.addLayout(self._rows)
        inside.addWidget(self.found)
        inside.addStretch(1)
        self._home = QWidget()
        self._stack = QStackedLayout()
        self._lay_out()
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._glance)
        self._look.start()

    def _lay_out(self) -> None:
        page = column(self, (20, 16, 18, 14), 8)
        page.addLayout(self._stack)
        home = column(self._home, gap=8)
        head = row(gap=8)
        head.addWidget(self._title, 1)
        head.addWidget(button("返回 Esc", partial(self.model.go, aside="")))
        home.addLayout(head)
        home.addWidget(self._said)
        actions = QWidget()
        flow = FlowLayout(actions, 8)
        for made in (
            button("重新查找", partial(self.fetch, True)),
            button("配置", self.open_profiles, name="设备配置：保存、使用、带到别的窗口"),
            button("驱动清单", self.open_drivers),
            button("报修", partial(self.model.act.emit, "repair"), name="报修 Ctrl+Shift+B"),
        ):
            flow.addWidget(made)
        home.addWidget(actions)
        self._area = scrolled(self._inside, "设备")
        home.addWidget(self._area, 1)
        for pane in (self._home, self.choice, self.drivers, self.profiles):
            self._stack.addWidget(pane)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence gives way where text is large and the window small."""
        super().resizeEvent(event)
        show(self._said, not is_tight(self))

    def enter(self) -> None:
        """Look for what is plugged in each time the page is opened."""
        self._stack.setCurrentWidget(self._home)
        self.fetch(True)
        if self.rows:
            self._stand(self._first_row())

    def digit(self, number: int) -> bool:
        """A digit goes to the row of that number and tries it."""
        rows = list(self.rows.values())
        if self._stack.currentWidget() is not self._home or not 1 <= number <= len(rows):
            return False
        self._stand(rows[number - 1])
        if rows[number - 1].try_button.isEnabled():
            rows[number - 1].test()
        return True

    def fetch(self, search: bool = False) -> None:
        """Look at everything again."""
        put_text(self._said, "正在查找设备……" if search else self._said.text())
        self.model.jobs.aside(partial(self.model.counter.device_page, search), self._came)

    def back(self) -> None:
        """From a pane to the list."""
        self._stack.setCurrentWidget(self._home)
        self.fetch()
        meant = self.rows.get(self.role) or self._first_row()
        self._stand(meant)

    def open_choice(self, role: str) -> None:
        """Another device for a role."""
        self.role = role
        view = next(each for each in self.view.roles if each.role == role)
        self.choice.put(view)
        self._stack.setCurrentWidget(self.choice)
        self.choice.enter()

    def open_profiles(self) -> None:
        """The named profiles."""
        self.profiles.put(self.view.profiles, self.view.in_use)
        self._stack.setCurrentWidget(self.profiles)
        self.profiles.enter()

    def open_drivers(self) -> None:
        """Every driver, and why one cannot be used."""
        self.drivers.put(self.view.drivers)
        self._stack.setCurrentWidget(self.drivers)
        self.drivers.enter()

    def take_found(self, role: str, driver: str, config: Mapping[str, Any]) -> None:
        """Use a device that was found for a role, at once."""
        self.role = role
        call = partial(self.model.counter.devices.choose, role, driver, config)
        self.model.jobs.aside(call, lambda _: self.fetch())

    # --- what comes back --------------------------------------------------------------------
    def _came(self, view: DevicesView) -> None:
        self.view = view
        troubled = sum(each.state == "bad" for each in view.roles)
        name = f"配置“{view.in_use}”" if view.in_use else "没有使用命名配置"
        state = f"，{troubled} 台不能用" if troubled else ""
        put_text(self._said, f"{name}{state}。按数字键试一台；换设备不影响手上的件。")
        put_text(self._repairs, "\n".join(words.repair(one) for one in view.repairs))
        show(self._repairs, bool(view.repairs))
        fresh = [each.role for each in view.roles] != list(self.rows)
        if fresh:
            self._build(view)
        for role in view.roles:
            self.rows[role.role].put(role)
        self.found.put(view.found)
        if fresh and self.rows and self.model.page == "devices":
            self._stand(self._first_row())

    def _build(self, view: DevicesView) -> None:
        for old in self.rows.values():
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = {}
        for nth, role in enumerate(view.roles, 1):
            change, meant = partial(self.open_choice, role.role), partial(self._meant, role.role)
            self.rows[role.role] = RoleRow(self.model, nth, role.role, change, meant)
            self._rows.addWidget(self.rows[role.role])

    def _first_row(self) -> RoleRow:
        """The one that needs somebody, else the first."""
        rows = list(self.rows.values())
        return next((each for each in rows if each.view.state == "bad"), rows[0])

    def _stand(self, row: RoleRow) -> None:
        """Put the focus on a row, and the row where it can be seen."""
        row.try_button.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(row))

    def _meant(self, role: str) -> None:
        self.role = role

    def _glance(self) -> None:
        if self.isVisible() and self.rows and self._stack.currentWidget() is self._home:
            self.model.jobs.aside(self.model.counter.devices.roles, self._glanced)

    def _glanced(self, roles: object) -> None:
        if not isinstance(roles, tuple):
            return
        for view in roles:
            if view.role in self.rows:
                self.rows[view.role].put(view)


PAGE = Page("devices", "设备", DevicesPage)
