"""The manager's window over a hall in the middle of a morning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.documents.hall_files import write
from counter_app.domain.actor import Actor
from counter_app.services.managing import Managing
from counter_app.sync.remote_manage import RemoteManage
from tests.fakes.hall import Hall
from tests.fakes.stand import gone
from tests.fakes.stillness import until_still
from tests.hub.envelopes import accepted
from tests.hub.stores import clerk
from ui.faces.manage_window import ManageKeeper, ManageWindow
from ui.widgets.dress import dress

TYPES = {
    "YD01": "异地安置退休人员备案",
    "MT01": "门诊慢特病认定（即时申请病种）",
    "MT02": "门诊慢特病待遇认定",
    "MT05": "住院期间院内流转认定复审",
}
Key = Qt.Key


class Place:
    """One manager's window over one hall."""

    def __init__(self, window: ManageWindow, keeper: ManageKeeper, hall: Hall, folder: Path) -> None:
        self.window, self.keeper, self.hall, self.folder = window, keeper, hall, folder
        self.desk, self.model = keeper.desk, keeper.model

    def press(self, key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def facts(self, kind: str) -> list[Any]:
        return [fact for fact in self.hall.hub.said(self.hall.hub.today()) if fact["kind"] == kind]

    def words(self) -> str:
        found = [w for w in self.desk.orders.findChildren(QLabel) if w.isVisible()]
        return "\n".join(w.text() for w in found)


def fill(hall: Hall) -> None:
    """A morning: three windows at work, people waiting, one paused, one calling for help."""
    for nth in range(16):
        hall.clock.tick(90 + nth % 7 * 60)
        hall.serve_at(f"w{nth % 3 + 6}", 60 * (3 + nth % 8))
    for nth in range(8):
        hall.take(("general", "benefit")[nth % 2], "elderly" if nth % 3 == 0 else "")
        hall.clock.tick(70)
    first = hall.call("w1")
    hall.act(first, "serve")
    hall.clock.tick(25 * 60)
    hall.act(hall.call("w2"), "serve")
    hall.call("w3")
    hall.hub.pause("w4", clerk("w4"), "设备检修")
    hall.act(hall.call("w5"), "miss")
    hall.hub.say("h1", "help.asked", clerk("w2"), "老人不会用自助机，要人帮忙", "自助机 1")
    for window, name in (("w1", "陈静"), ("w2", "周衡")):
        day, manager = hall.hub.today(), clerk("", "supervisor")
        hall.hub.plan_shift(f"s{window}", day, window, f"03{window[1:]}7", name, "08:30", "12:00", manager)
    odd(hall)
    hall.clock.tick(120)


def odd(hall: Hall) -> None:
    """Two counters without a line took the same matter; an invoice came a second time."""
    bill = {"answers": {"invoices": [{"invo_code": "037001", "invo_no": "88123456", "amount": 100}]}}
    for seq, device in ((1, "K7Q"), (2, "M3P")):
        fact = accepted(seq, f"261123-001-{device}-000{seq}-A", blind="b", device=device, more=bill)
        hall.hub.push([fact])


def settle(bot: Any, made: Place) -> None:
    until_still(bot, made.keeper.jobs)


@contextmanager
def places(bot: Any, app: QApplication, hall: Hall, folder: Path) -> Iterator[Callable[..., Place]]:
    """`make(size, scale, theme)` opens a window that is closed at the end."""
    opened: list[Place] = []

    def make(size: tuple[int, int] = (1366, 728), scale: int = 100, theme: str = "light") -> Place:
        hub = RemoteManage(f"http://127.0.0.1:{hall.port}", hall.token("manage"))
        port = Managing(hub, Actor("0301", "李晨", ("clerk", "supervisor")), hall.clock, TYPES, write)
        keeper = ManageKeeper(app, port, dress(app, theme, scale), folder)
        window = ManageWindow()
        window.put(keeper.desk)
        window.resize(*size)
        window.show()
        bot.waitExposed(window)
        window.activateWindow()
        made = Place(window, keeper, hall, folder)
        opened.append(made)
        settle(bot, made)
        return made

    try:
        yield make
    finally:
        for one in opened:
            one.keeper.close(one.keeper.model.port.hub.close)  # type: ignore[attr-defined]
            one.window.close()
            one.window.deleteLater()
        gone(app)
        dress(app, "light", 100)
        app.processEvents()
