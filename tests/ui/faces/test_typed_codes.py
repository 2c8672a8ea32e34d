"""A scanner that types, on the real window: no character of a code in a field, every typed one in its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from drivers.protocols import Scan
from drivers.scanners.keyboard_wedge import KeyboardWedge
from tests.fakes import snapshots as s
from tests.fakes.keys import CTRL, focus, press, type_
from tests.ui.conftest import Stand, quiet
from ui.faces.keeper import Keeper

CODE = "4243669509084040896099330000"
NUMBER = "11010519491231002X"
ENDS = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}
SCAN_MS, HAND_MS = 6, 83


class Keyboard:
    """Keys as the window system hands them over, with its own time stamps: no test has to wait."""

    def __init__(self, window: Any) -> None:
        self._window = window
        self._at = 10_000

    def type(self, text: str, gap: int) -> None:
        for char in text:
            self._at += gap
            key = ENDS.get(char) or Qt.Key(ord(char.upper()))
            shift = Qt.KeyboardModifier.ShiftModifier if char.isupper() else Qt.KeyboardModifier.NoModifier
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, shift, char)
                event.setTimestamp(self._at)
                QCoreApplication.sendEvent(self._window.windowHandle(), event)


class Wedged:
    """A desk with a wedge, its keyboard, and what the wedge has told."""

    def __init__(self, made: Stand, qtbot: Any) -> None:
        self.made, self._qtbot = made, qtbot
        self.told: list[Any] = []
        self.wedge = KeyboardWedge()
        self.wedge.watch(self.told.append, self.told.append)
        made.counter.keys = self.wedge
        made.window.findChild(Keeper).look()
        self.keyboard = Keyboard(made.window)
        self.told.clear()

    def settle(self) -> None:
        for _ in range(2):  # what waits for a case is played only after it has come
            self._qtbot.waitUntil(lambda: self.wedge.patience_ms is None, timeout=5000)
            quiet(self._qtbot, self.made)

    @property
    def codes(self) -> list[str]:
        return [one.text for one in self.told if isinstance(one, Scan)]

    def field(self) -> QLineEdit:
        found = next(e for e in self.made.window.findChildren(QLineEdit) if e.isVisible() and e.isEnabled())
        found.setFocus()
        found.clear()
        return found


@pytest.fixture
def wedged(stand: Any, qtbot: Any) -> Callable[..., Wedged]:
    return lambda view=s.CALLED: Wedged(stand(view), qtbot)


@pytest.mark.parametrize("ending", ["\r", "\t", "\r\r", ""])
def test_a_code_never_ends_up_in_the_field(wedged: Callable[..., Wedged], ending: str) -> None:
    desk = wedged()
    field = desk.field()
    desk.keyboard.type("12", HAND_MS)
    desk.keyboard.type(CODE[0], HAND_MS)
    desk.keyboard.type(CODE[1:] + ending, SCAN_MS)
    desk.settle()
    assert desk.codes == [CODE]
    assert field.text() == "12"
    assert QApplication.focusWidget() is field
    assert desk.made.visit.verbs("type_certno") == []  # its Enter was not the clerk's


def test_the_same_characters_typed_by_a_hand_do(wedged: Callable[..., Wedged]) -> None:
    desk = wedged()
    field = desk.field()
    desk.keyboard.type(NUMBER, HAND_MS)
    desk.settle()
    assert (field.text(), desk.codes) == (NUMBER, [])


def test_by_arrival_alone_a_code_is_known_too(wedged: Callable[..., Wedged]) -> None:
    """Keys without a stamp, as some remote desktops hand them over."""
    desk = wedged()
    field = desk.field()
    type_(CODE)
    press(Qt.Key.Key_Return)
    desk.settle()
    assert (field.text(), desk.codes) == ("", [CODE])


@pytest.mark.parametrize("view", [s.CALLED, s.KNOWN, s.FILLING, s.EMPTY])
def test_wherever_the_focus_is_a_code_presses_no_key_of_the_desk(
    wedged: Callable[..., Wedged], view: Any
) -> None:
    """Digits choose and Enter goes on where no field has the focus: not those of a code."""
    desk = wedged(view)
    asked = list(desk.made.visit.asked)
    desk.keyboard.type(CODE + "\r", SCAN_MS)
    desk.settle()
    assert desk.codes == [CODE]
    assert desk.made.visit.asked == asked


def test_a_code_scanned_into_the_palette_is_a_code(wedged: Callable[..., Wedged]) -> None:
    desk = wedged(s.FILLING)
    press(Qt.Key.Key_K, CTRL)
    desk.keyboard.type("b", HAND_MS)
    desk.keyboard.type("O", HAND_MS)
    desk.keyboard.type("W1R.a-b_C9\r", SCAN_MS)
    desk.settle()
    assert desk.codes == ["OW1R.a-b_C9"]
    assert desk.made.desk.palette_.edit.text() == "b"
    assert not desk.made.desk.palette_.isHidden()


def test_an_input_method_that_is_on_lets_a_code_through(wedged: Callable[..., Wedged]) -> None:
    """Each digit comes as the input method's own commit, full width, to the field itself."""
    desk = wedged()
    field = desk.field()
    for char in CODE:
        event = QInputMethodEvent()
        event.setCommitString(chr(ord(char) + 0xFEE0))
        QCoreApplication.sendEvent(focus(), event)
    desk.settle()
    assert (field.text(), desk.codes) == ("", [CODE])


def test_words_of_an_input_method_reach_the_field(wedged: Callable[..., Wedged]) -> None:
    desk = wedged()
    field = desk.field()
    field.setMaxLength(100)
    field.setValidator(None)  # type: ignore[arg-type]
    for preedit, commit in (("w", ""), ("wa", ""), ("wan", ""), ("", "王"), ("", "府路")):
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QCoreApplication.sendEvent(focus(), event)
    desk.settle()
    assert (field.text(), desk.codes) == ("王府路", [])


def test_keys_that_wait_for_a_case_are_not_a_scanner_when_they_are_played(
    wedged: Callable[..., Wedged], qtbot: Any
) -> None:
    desk = wedged(s.KNOWN)
    desk.made.visit.gate.clear()
    desk.made.model.do("open_case", "YD01")
    desk.keyboard.type("13806338888", HAND_MS)
    desk.keyboard.type("4", HAND_MS)
    desk.keyboard.type(CODE[1:] + "\r", SCAN_MS)
    qtbot.waitUntil(lambda: desk.wedge.patience_ms is None, timeout=5000)
    desk.made.visit.gate.set()
    desk.settle()
    assert desk.codes == [CODE]
    typed = "".join(e.text() for e in desk.made.window.findChildren(QLineEdit))
    assert CODE[3:] not in typed


def test_without_a_wedge_nothing_listens(stand: Any) -> None:
    made = stand(s.CALLED)
    keeper = made.window.findChild(Keeper)
    assert keeper.codes._places == []
    field = next(e for e in made.window.findChildren(QLineEdit) if e.isVisible())
    field.setFocus()
    QTest.keyClicks(field, "123")
    assert field.text() == "123"


def test_a_wedge_taken_out_gives_back_what_it_held(wedged: Callable[..., Wedged]) -> None:
    desk = wedged()
    field = desk.field()
    desk.keyboard.type("12", SCAN_MS)
    desk.made.counter.keys = None
    desk.made.window.findChild(Keeper).look()
    assert field.text() == "12"


def repeated(keyboard: Keyboard, window: Any, char: str, gap: int) -> None:
    """One more press of a key that the window system calls a repeat."""
    keyboard._at += gap
    key, none = Qt.Key(ord(char)), Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.KeyPress, key, none, char, True)
    event.setTimestamp(keyboard._at)
    QCoreApplication.sendEvent(window.windowHandle(), event)


def test_a_key_held_down_types_and_is_no_code(wedged: Callable[..., Wedged]) -> None:
    desk = wedged()
    field = desk.field()
    desk.keyboard.type("12", HAND_MS)
    for _ in range(12):
        repeated(desk.keyboard, desk.made.window, "2", 33)
    desk.settle()
    assert (field.text(), desk.codes) == ("1" + "2" * 13, [])


def test_a_doubled_digit_of_a_very_quick_scanner_is_no_held_key(wedged: Callable[..., Wedged]) -> None:
    """Release and press within one millisecond look like a repeat to the window system."""
    desk = wedged()
    field = desk.field()
    desk.keyboard.type("4", HAND_MS)
    desk.keyboard.type("2436", 1)
    repeated(desk.keyboard, desk.made.window, "6", 0)
    desk.keyboard.type(CODE[6:], 1)
    desk.settle()
    assert (field.text(), desk.codes) == ("", [CODE])


def test_letters_that_waited_for_a_case_are_no_code_when_they_come_all_at_once(
    wedged: Callable[..., Wedged], qtbot: Any
) -> None:
    """An input method's events bear no stamp: played back in one go they are as quick as a scanner."""
    desk = wedged(s.KNOWN)
    desk.made.visit.gate.clear()
    desk.made.model.do("open_case", "YD01")
    for char in "13806338888":
        event = QInputMethodEvent()
        event.setCommitString(char)
        QCoreApplication.sendEvent(focus(), event)
        qtbot.waitUntil(lambda: desk.wedge.patience_ms is None, timeout=5000)
    desk.made.visit.gate.set()
    desk.settle()
    assert desk.codes == []
