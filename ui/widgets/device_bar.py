"""The banner of a lost device: the case is safe, here is how to go on, and the way to have it mended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from counter_app.problems import Problem
from counter_app.services.device_views import Way
from drivers.protocols import DeviceHealth
from ui.viewmodels import device_words as words
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import Elided, button, column, is_tight, put_text, show
from ui.widgets.flow import FlowLayout
from ui.widgets.notice_bar import announce

OWN_PAGES = ("devices", "repair")
REST_MS = 250  # a device that comes and goes is not drawn more often


class DeviceBar(QFrame):
    """One band over the page while something is lost; it takes no focus and covers nothing."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self._model = model
        self._watch = model.device_watch
        self._drawn: tuple[DeviceHealth, ...] = ()
        self._ways: tuple[Way, ...] = ()
        self._ways_of = ("", "")
        self._offered: tuple[tuple[Way, ...], bool] | None = None
        self._chosen: list[QPushButton] = []
        self.setProperty("band", "warn")
        self.setAccessibleName("设备断开")
        self._title = Elided("", "h3")
        self._words = Elided("", "label")
        self._box = QWidget()
        self._flow = FlowLayout(self._box, 8)
        act = model.act.emit
        self._repair = button("", partial(act, "repair"))
        self._devices = button("", partial(act, "devices"))
        self._away = button("知道了", self._watch.put_away, "quiet", "收起：设备断开")
        stack = column(self, (14, 8, 12, 8), 4)
        for part in (self._title, self._words, self._box):
            stack.addWidget(part)
        self._listen()
        self.hide()

    def _listen(self) -> None:
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._heard)
        self._watch.changed.connect(self._heard)
        self._watch.answered.connect(self._draw)
        self._model.page_changed.connect(self._page_changed)

    def _heard(self) -> None:
        if not self._rest.isActive() and self._watch.lost != self._drawn:
            self._draw()
            self._rest.start()

    def _draw(self) -> None:
        lost = self._watch.lost
        if lost == self._drawn:
            return
        self._drawn = lost
        self._page_changed(self._model.page)
        if not lost:
            return
        newest = lost[0]
        problem = Problem(newest.because, newest.role, newest.detail)
        more = f"　另有 {len(lost) - 1} 台" if len(lost) > 1 else ""
        name = words.role_title(newest.role)
        self._title.put(f"▲ {name}：{problem.title}，办件都在，可以接着办{more}")
        self._words.put(words.TYPED.get(newest.role, "") or f"{problem.cause}{problem.advice}")
        show(self._words, not is_tight(self))
        device = newest.role, newest.id
        if device != self._ways_of:  # of the same device again, what was offered last still stands
            self._ways, self._ways_of = (), device
        self._offer()
        announce(self, self._title.whole)
        self._model.jobs.aside(
            partial(self._model.counter.devices.ways, newest.role), partial(self._came, newest.role)
        )

    def _page_changed(self, page: str) -> None:
        """On the pages of the devices the same stands in their rows."""
        show(self, bool(self._drawn) and page not in OWN_PAGES)

    def _came(self, role: str, ways: Sequence[Way]) -> None:
        if self._drawn and self._drawn[0].role == role:
            self._ways = tuple(ways)
            self._offer()

    def _offer(self) -> None:
        """Draw the ways on; what stands there already is not built again: devices may flicker all day."""
        wanted = self._ways, is_tight(self)
        if wanted == self._offered:
            return
        self._offered = wanted
        while self._flow.takeAt(0) is not None:
            pass
        for old in self._chosen:
            old.hide()
            old.deleteLater()
        ways, tight = wanted
        shown = ways[:1] if tight else ways
        self._chosen = [button(words.way(one), partial(self._take, one), "primary") for one in shown]
        put_text(self._repair, "报修" if tight else "报修 Ctrl+Shift+B")
        put_text(self._devices, "设备" if tight else "设备 Ctrl+Shift+D")
        for one in (*self._chosen, self._repair, self._devices, self._away):
            self._flow.addWidget(one)

    def _take(self, way: Way) -> None:
        self._model.take_way(way)
