"""What lives as long as a desk: the way to the lanes, the devices, the timers, the idle lock."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from counter_app.problems import Problem
from counter_app.services.visit_view import VisitView
from drivers.protocols import DeviceHealth
from ui.devices import DeviceBridge
from ui.faces.desk import Desk
from ui.faces.typed_codes import TypedCodes
from ui.jobs import Jobs
from ui.notices import Notices
from ui.ports import CounterPort
from ui.theme import Theme
from ui.viewmodels.desk import DeskModel

if TYPE_CHECKING:
    from ui.faces.citizen_side import CitizenSide

LOOK_SOON_MS = 150  # after a device said how it is; together, where several do or one flickers
LOOK_MS = 4_000  # how often devices and the line are looked at


class Keeper(QObject):
    """Holds what lives as long as the desk: jobs, devices, timers; and locks an idle screen."""

    def __init__(
        self, app: QApplication, counter: CounterPort, first: VisitView, theme: Theme, lock_s: int
    ) -> None:
        super().__init__()
        self.counter = counter
        self.jobs = Jobs(counter.run, self)
        self.bridge = DeviceBridge(self)
        self.changes = DeviceBridge(self)
        self.notices = Notices(self)
        self.model = DeskModel(counter, self.jobs, self.notices, first)
        self.desk = Desk(app, self.model, theme)
        self.citizen: CitizenSide | None = None
        self.codes = TypedCodes(app, self.desk, self.desk.held)
        self._lock_s = lock_s
        self.touched = time.monotonic()
        self.jobs.refused.connect(self._refuse)
        self.bridge.arrived.connect(self._told)
        self.bridge.arrived.connect(self.model.device_watch.hear)
        self.model.devices.connect(self.model.device_watch.see)
        self.changes.arrived.connect(self.model.adopt)
        counter.watch(self.bridge.tell)
        counter.on_change(self.changes.tell)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)
        self._look.start()
        self._look_soon = QTimer(self, singleShot=True, interval=LOOK_SOON_MS)
        self._look_soon.timeout.connect(self.model.look_at_devices)
        self._look_at_devices()

    def look(self) -> None:
        """Devices, the line, and whether anybody is still here."""
        self._look_at_devices()
        if self.jobs.under_way <= 1:
            self.model.do("refresh_line")
        patience = self._lock_s * (5 / 3 if self.model.view.visit_open else 1)
        if self._lock_s and time.monotonic() - self.touched > patience and not self.model.view.locked:
            self.desk.lock()

    def join_citizen(self, app: QApplication, wish: str) -> CitizenSide:
        """Put the citizen's screen beside the desk; `wish` is the setting `citizen_screen`."""
        from ui.faces.citizen_side import CitizenSide  # once the desk is up: no card waits for it

        self.citizen = CitizenSide(app, self.model, self.desk.theme, self.desk, wish)
        self.desk.citizen = self.citizen
        return self.citizen

    def ask_citizens(self) -> None:
        """Have answers read on a customer screen, and every finished visit rated; no key starts either."""
        from ui.faces.asked_check import AskedCheck
        from ui.faces.asked_rating import AskedRating

        AskedCheck(self.desk, self)
        AskedRating(self.model, self.desk.asking, self)

    def _refuse(self, problem: Problem) -> None:
        """A refusal about who it is belongs on the cover, every other one into the window."""
        if not self.desk.lock_cover.refuse(problem):
            self.notices.refuse(problem)

    def _look_at_devices(self) -> None:
        self.model.look_at_devices()
        self.codes.follow(self.counter.key_scanner())

    def _told(self, event: object) -> None:
        self.model.do("take", event)
        if isinstance(event, DeviceHealth):
            if not self._look_soon.isActive():
                self._look_soon.start()
            self.codes.follow(self.counter.key_scanner())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any key or click on the window's surface counts as somebody being here."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
            self.touched = time.monotonic()
        return False

    def close(self) -> None:
        """Hand over what is typed, then stop listening."""
        self.model.close()
        self._look.stop()
        self._look_soon.stop()
        if self.citizen is not None:
            self.citizen.end()
        self.codes.follow(None)
        self.bridge.close()
        self.changes.close()
        self.jobs.close()


def keep_desk(
    app: QApplication, counter: CounterPort, first: VisitView, theme: Theme, lock_s: int = 0
) -> Keeper:
    """Join the desk to a counter whose first snapshot is known."""
    keeper = Keeper(app, counter, first, theme, lock_s)
    keeper.desk.first()
    if first.notices:  # said before there was a screen, such as a pack that was refused
        keeper.notices.adopt(first.notices)
    return keeper
