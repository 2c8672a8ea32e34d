"""The day from the opening check to the balance with keys alone: no mouse, no widget reached by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from counter_app.services.day.state import day_of
from counter_app.sync.drain import drain
from tests.fakes import snapshots as s
from tests.fakes.office import TestOffice, open_office
from tests.ui.conftest import quiet

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data")
    yield opened
    opened.close()


class Hands:
    """Ten fingers on the keyboard of one desk."""

    def __init__(self, made: Any, qtbot: Any, office: TestOffice) -> None:
        self.made, self._qtbot, self._office = made, qtbot, office

    @property
    def at(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    @property
    def place(self) -> str:
        """Where the keys go, as a screen reader says it."""
        return self.at.accessibleName() or getattr(self.at, "text", str)()

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.at, key)
            quiet(self._qtbot, self.made)

    def write(self, words: str) -> None:
        """Words, as an input method hands them over, and the Enter that leads on."""
        assert isinstance(self.at, QLineEdit), self.place
        typed = QInputMethodEvent()
        typed.setCommitString(words)
        QApplication.sendEvent(self.at, typed)
        self.press(ENTER)

    def send(self) -> None:
        drain(self._office.store, self._office.hub, self._office.store.settle)

    def said(self) -> list[str]:
        return [one.title for one in self.made.model.notices.current]


@pytest.fixture
def hands(stand: Callable[..., Any], qtbot: Any, office: TestOffice) -> Hands:
    made = stand(s.EMPTY)
    made.model.counter.visit = office.visit
    made.model.do("view")
    quiet(qtbot, made)
    return Hands(made, qtbot, office)


def turn(hands: Hands, command: str) -> None:
    hands.made.desk.actions_.run(command)
    quiet(hands._qtbot, hands.made)


def test_a_whole_day_by_keys(hands: Hands, office: TestOffice) -> None:
    number = office.hub.take("r1").number
    turn(hands, "day_open")
    _look_at_everything(hands)
    assert hands.place == "另一人"
    hands.press(ENTER, ENTER)  # nobody signs: it is said, and the line waits for the number
    assert (hands.said(), hands.place) == (["此栏必填"], "另一人")
    hands.write("0301")
    assert hands.place == "两人签名，开班"
    hands.press(ENTER)
    assert hands.said() == ["已开班"]
    state = day_of(office.store, office.office.today())
    assert [(one.item, one.note) for one in state.checks.values() if not one.ok] == [
        ("power", "UPS 告警，已报修")
    ]

    turn(hands, "day_hand")
    hands.write("0318")
    hands.write("钥匙在抽屉")
    assert hands.place == "交接给接手人"
    hands.press(ENTER)
    assert hands.said() == ["已交接"]
    assert office.visit.office.actor.clerk_no == "0318"

    turn(hands, "day_close")
    assert hands.place == f"说明 {number}"
    hands.press(ENTER)
    hands.write("已离开，联系不上")
    assert hands.place == f"记下原因：{number}"
    hands.press(ENTER)
    hands.send()
    assert hands.place == "复核人"
    hands.write("0301")
    assert hands.place == "两人签名，扎账打印"
    hands.press(ENTER)
    assert hands.said() == ["已扎账"]
    state = day_of(office.store, office.office.today())
    assert [one.no for one in state.closed_by] == ["0318", "0301"]


def _look_at_everything(hands: Hands) -> None:
    """Enter on each; one is not in order: its words first, then the same key again."""
    hands.press(ENTER)
    assert hands.place == "电源、UPS、网络：正常"
    hands.press(TAB, ENTER)
    assert "电源" in getattr(hands.at, "placeholderText", str)()
    hands.write("UPS 告警，已报修")
    assert hands.place == "电源、UPS、网络：不正常"
    hands.press(ENTER)
    while hands.place.endswith("：正常"):
        hands.press(ENTER)


def test_a_block_of_numbers_is_taken_by_keys(hands: Hands) -> None:
    turn(hands, "day_hand")
    for _ in range(2):
        QTest.keyClick(hands.at, TAB, Qt.KeyboardModifier.ShiftModifier)
    assert hands.place == "起号"
    hands.write("Y0001")
    hands.write("Y0010")
    assert hands.place == "领用"
    hands.press(ENTER)
    assert hands.said() == ["已登记"]
