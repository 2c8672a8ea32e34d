"""A kiosk on a real store and hub, its face, and the finger of a citizen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from counter_app.bootstrap import Parts
from counter_app.kiosk import KioskCounter
from counter_app.kiosk_opening import joined, kiosk_actor
from counter_app.seals.pin import hashed
from counter_app.services.visit import Visit
from counter_app.settings import Settings
from drivers.protocols import CardEvent
from drivers.room import DeviceRoom
from tests.fakes.office import TestOffice, open_office
from tests.fakes.stillness import until_still
from ui.faces.kiosk_window import KioskWindow, open_keeper
from ui.theme import load
from ui.widgets.ink import InkField
from ui.widgets.touch import Tile

PIN = "135790"
MORE = ("其他事情", "下一页 ▶")  # where an older person, with fewer choices on a page, looks further
PIN_HASH = hashed(PIN)


class Ears:
    """A voice that keeps what it was given to say."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.hushed = 0
        self.paces: list[int] = []
        self.tongues: list[str] = []

    def pace(self, percent: int) -> None:
        self.paces.append(percent)

    def say(self, words: str, tongue: str = "", instead: str = "") -> None:
        self.said.append(words)
        self.tongues.append(tongue)

    def hush(self) -> None:
        self.hushed += 1

    def close(self) -> None:
        self.hushed += 1


class TrayRoom(DeviceRoom):
    """No devices but the office's tray."""

    def __init__(self, office: TestOffice) -> None:
        super().__init__({})
        self._tray = office.tray

    def print(self, job: Any) -> Any:
        return self._tray.print(job)


def kiosk_office(folder: Path, catalogue: Any = None, clock: Any = None) -> TestOffice:
    """An office whose actor is the machine."""
    opened = open_office(folder, catalogue, clock)
    opened.office = replace(opened.office, actor=kiosk_actor("Z1"), window="Z1")
    opened.visit = Visit(opened.office)
    return opened


def open_port(desk: TestOffice, ears: Ears | None = None) -> KioskCounter:
    """The joined kiosk; closing it closes its lanes, not the office."""
    parts = Parts(desk.office, TrayRoom(desk), (), hub=desk.hub, folder=desk.folder)
    return joined(parts, desk.folder, PIN_HASH, ears)


class Citizen:
    """Touches what has the words, holds cards before readers, and looks."""

    def __init__(self, qtbot: Any, desk: TestOffice, size: tuple[int, int], **settings: Any) -> None:
        self.bot, self.desk, self.ears = qtbot, desk, Ears()
        self.port = open_port(desk, self.ears)
        self.settings = Settings(**{"window": "Z1", **settings})
        first = self.port.run(self.port.kiosk.leave).result()
        self.keeper = open_keeper(self.port, first, self.settings, load("light", 100))
        self.window = KioskWindow()
        self.window.put(self.keeper)
        self.window.resize(*size)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.settled()

    @property
    def model(self) -> Any:
        return self.keeper.model

    @property
    def face(self) -> Any:
        return self.keeper.face

    def settled(self) -> None:
        """Nothing is under way and everything is laid out."""
        until_still(self.bot, self.model.jobs)

    def tell(self, event: object) -> None:
        """A device says something."""
        self.keeper.bridge.tell(event)
        QApplication.processEvents()
        self.settled()

    def card(self, key: str = "li_guifang") -> None:
        """A card goes in."""
        self.tell(self.desk.card(key))

    def pull(self) -> None:
        """The card comes out."""
        self.tell(CardEvent("removed", "R"))

    def buttons(self) -> list[QAbstractButton]:
        """What can be touched now."""
        top: QWidget = self.face.cover if not self.face.cover.isHidden() else self.window
        return [b for b in top.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]

    def touch(self, words: str) -> None:
        """Touch the button with these words in it; an older person finds most of them behind 其他事情."""
        found = self._with(words)
        for way in MORE if words not in MORE else ():
            while not found and self._with(way):
                self.touch(way)
                found = self._with(words)
        exact = [b for b in found if words in (b.text(), b.accessibleName())]
        assert found, f"{words} not in {self.reads()}"
        QTest.mouseClick((exact or found)[0], Qt.MouseButton.LeftButton)
        self.settled()

    def _with(self, words: str) -> list[QAbstractButton]:
        return [b for b in self.buttons() if words in f"{b.text()}|{b.accessibleName()}"]

    def write_name(self) -> None:
        """A finger writes something in the field."""
        field = self.face.page.findChild(InkField)
        left, middle = QPoint(60, field.height() // 2), field.width() // 2
        QTest.mousePress(field, Qt.MouseButton.LeftButton, pos=left)
        for x in range(80, middle, 20):
            QTest.mouseMove(field, QPoint(x, field.height() // 2 + (x % 60) - 30))
        QTest.mouseRelease(field, Qt.MouseButton.LeftButton)
        self.settled()

    def go_on_and_sign(self) -> None:
        """The first of what is offered, page after page, and a name where one is wanted."""
        while self.model.place in ("question", "sign"):
            if self.model.place == "sign":
                self.write_name()
                self.touch("签好了")
                continue
            self.tiles()[0].click()
            self.settled()

    def digits(self, text: str) -> None:
        """Touch digits one by one."""
        for one in text:
            self.touch(one)

    def reads(self) -> str:
        """Every word on the screen."""
        labels = [w.text() for w in self.window.findChildren(QLabel) if w.isVisible()]
        return "\n".join([*labels, *(b.text() or b.accessibleName() for b in self.buttons())])

    def tiles(self) -> list[Tile]:
        """The tiles of the page."""
        return [one for one in self.face.page.findChildren(Tile) if one.isVisible()]

    def photo(self, name: str, folder: Path) -> None:
        """A picture of the window."""
        folder.mkdir(exist_ok=True)
        self.window.grab().save(str(folder / f"kiosk-{name}.png"), "PNG", 80)  # 80: quick, not small

    def close(self) -> None:
        """Everything but the office."""
        self.keeper.close()
        self.window.on_close.clear()
        self.window._may_close = True
        self.window.close()
        self.window.deleteLater()
        self.port.close()
        QApplication.processEvents()


def desk_case(citizen: Citizen) -> Any:
    """The case at the kiosk as the store of the visit has it."""
    case = citizen.port.kiosk.visit.state.case()
    assert case is not None
    return case


Make = Callable[..., Citizen]
