"""What lives as long as a kiosk: lanes, devices, the two clocks of idleness."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer

from counter_app.services.self_view import SelfView
from ui.devices import DeviceBridge
from ui.faces.kiosk import KioskFace
from ui.hall_ports import KioskPort
from ui.jobs import Jobs
from ui.theme import Theme
from ui.viewmodels.guest import Guest
from ui.viewmodels.kiosk import KioskModel

ELDER_PATIENCE = 2  # times the everyday one: 120 s instead of 60
TOUCHES = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin)


class KioskKeeper(QObject):
    """Asks whether somebody is still there, and wipes when nobody answers; both patiences in ms."""

    def __init__(
        self, port: KioskPort, first: SelfView, hall: str, theme: Theme, idle_ms: int, answer_ms: int
    ) -> None:
        super().__init__()
        self.port = port
        self.jobs = Jobs(port.run, self)
        self.model = KioskModel(port, self.jobs, first)
        self.face = KioskFace(self.model, hall, theme)
        self.bridge, self.changes = DeviceBridge(self), DeviceBridge(self)
        self.bridge.arrived.connect(self.model.take)
        self.changes.arrived.connect(self.model.adopt)
        self._patience = idle_ms
        self._idle = QTimer(self, singleShot=True, interval=idle_ms)
        self._answer = QTimer(self, singleShot=True, interval=answer_ms)
        self._idle.timeout.connect(self._nobody_touches)
        self._answer.timeout.connect(self.model.wipe)
        self.model.changed.connect(self.touch)
        self.model.covered.connect(self._covered)
        self.model.wiped.connect(self.touch)
        port.watch(self.bridge.tell)
        port.on_change(self.changes.tell)
        self.model.start()
        self.face.draw()

    @property
    def is_at_rest(self) -> bool:
        """Nobody is known, nothing is begun, nothing is set for anybody."""
        return self._is_idle and self.model.guest == Guest()

    @property
    def _is_idle(self) -> bool:
        return self.model.place == "home" and self.model.view.person is None and not self.model.cover

    def touch(self) -> None:
        """Somebody is here: the first clock begins anew."""
        if self.is_at_rest:
            self._idle.stop()
        elif self.model.cover != "still_here":
            self._idle.start(self._patience * (ELDER_PATIENCE if self.model.is_elder else 1))

    def _nobody_touches(self) -> None:
        if self._is_idle:
            self.model.wipe()  # somebody chose a language and went: there is nothing to ask about
        elif not self.is_at_rest:
            self.model.lay("still_here")

    def _covered(self) -> None:
        if self.model.cover == "still_here":
            self._idle.stop()
            self._answer.start()
        else:
            self._answer.stop()
            self.touch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any key or touch on the window counts as somebody being here."""
        if event.type() in TOUCHES:
            self.touch()
        return False

    def close(self) -> None:
        """Stop the clocks, then stop listening."""
        self._idle.stop()
        self._answer.stop()
        self.bridge.close()
        self.changes.close()
        self.jobs.close()
