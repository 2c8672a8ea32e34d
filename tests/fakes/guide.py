"""A guide desk on a real hub, its face, and the fingers of whoever stands there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from counter_app.domain.actor import Actor
from counter_app.domain.checklist import Checklist
from counter_app.services.guide import Guide
from drivers.protocols import PrintJob
from tests.fakes.office import PlainPapers, TestOffice
from tests.fakes.stillness import until_still
from ui.faces.guide_window import GuideKeeper, GuideWindow
from ui.theme import load

GUIDE = Actor("0105", "孙玲", ("clerk", "supervisor"))


class PlainSlips(PlainPapers):
    """Slips whose bytes are their content."""

    def checklist(self, told: Checklist) -> PrintJob:
        return PrintJob("told", "一次性告知单", "r80", f"{told}".encode())


def guide_port(desk: TestOffice, actor: Actor = GUIDE) -> Guide:
    """The guide desk over the office's hub, with the office's tray as its printer."""
    office = desk.office
    return Guide(
        desk.hub,
        actor,
        desk.catalogue,
        office.region,
        desk.clock,
        PlainSlips(),
        desk.tray.print,
        is_demo=True,
    )


class Usher:
    """Presses keys and looks."""

    def __init__(self, qtbot: Any, app: QApplication, desk: TestOffice, size: tuple[int, int]) -> None:
        self.bot = qtbot
        self.keeper = GuideKeeper(app, guide_port(desk), load("light", 100))
        self.keeper.model._look.stop()  # a test looks when it wants to
        self.window = GuideWindow()
        self.window.put(self.keeper.desk)
        self.window.resize(*size)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.desk.list.setFocus()
        self.settled()

    @property
    def desk(self) -> Any:
        return self.keeper.desk

    @property
    def model(self) -> Any:
        return self.keeper.model

    def settled(self) -> None:
        """Nothing is under way."""
        until_still(self.bot, self.model.jobs)

    def look(self) -> None:
        """The hall as it is now."""
        self.model.look()
        self.settled()

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key after another, to whatever has the focus."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.desk, key, with_)
            self.settled()

    def type(self, text: str) -> None:
        """Letters and digits."""
        QTest.keyClicks(QApplication.focusWidget() or self.desk, text)
        self.settled()

    def choose(self, number: str) -> None:
        """F3, the number, Enter's place: the row is chosen."""
        self.press(Qt.Key.Key_F3)
        self.type(number)
        self.press(Qt.Key.Key_Escape)

    def reads(self) -> str:
        """Every word that can be seen."""
        found = [w.text() for w in self.window.findChildren(QLabel) if w.isVisible()]
        found += [w.text() for w in self.window.findChildren(QAbstractButton) if w.isVisible()]
        return "\n".join(found)

    def told(self) -> list[str]:
        """What the notices say."""
        return [note.title for note in self.model.notices.current]

    def close(self) -> None:
        """Everything but the office."""
        self.window.on_close.clear()
        self.keeper.close()
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()
