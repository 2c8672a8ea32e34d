"""G: devices, the hall's service, what waits for it, the pack in force, the clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from PySide6.QtWidgets import QFrame

from counter_app.services.visit_view import VisitView
from ui.viewmodels.status import device_chips, visit_chips
from ui.widgets.basic import label, put_text, row
from ui.widgets.chips import ChipRow

DAYS = "一二三四五六日"
HALL = timezone(timedelta(hours=8))  # one zone in the whole country, no summer time


class StatusBar(QFrame):
    """Trouble first, so that it is still seen where room is short."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAccessibleName("状态")
        self._devices: tuple[tuple[str, bool, str], ...] = ()
        self._view: VisitView | None = None
        self._chips = ChipRow()
        self._pack = label("", "small")
        self._clock = label("", "small")
        line = row(self, (10, 2, 12, 2), 12)
        line.addWidget(self._chips, 1)
        line.addWidget(self._pack)
        line.addWidget(self._clock)
        self.tick()

    def draw(self, view: VisitView) -> None:
        """Draw what changed."""
        self._view = view
        put_text(self._pack, f"目录 {view.pack}" if view.pack else "")
        self._draw()

    def put_devices(self, states: object) -> None:
        """The devices' states as the counter told them."""
        if isinstance(states, (tuple, list)):
            self._devices = tuple(states)
            self._draw()

    def tick(self) -> None:
        """Once a second; redrawn once a minute."""
        now = datetime.now(HALL)
        put_text(self._clock, f"{now:%m-%d} 周{DAYS[now.weekday()]} {now:%H:%M}")

    def _draw(self) -> None:
        chips = list(device_chips(self._devices))
        if self._view is not None:
            chips += visit_chips(self._view)
        chips.sort(key=lambda chip: {"err": 0, "warn": 1}.get(chip[0], 2))
        self._chips.put(chips)
