"""Editors made of buttons: yes or no, and any of several."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from counter_app.services.visit_view import ChoiceView
from ui.widgets.basic import Button, dispatch
from ui.widgets.flow import FlowLayout


class ToggleButton(Button):
    """One of the buttons; arrows walk, a digit presses, Enter leaves to the next field."""

    def __init__(self, text: str, owner: Toggles) -> None:
        super().__init__(text)
        self._owner = owner
        self.setProperty("kind", "toggle")
        self.setCheckable(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with arrows, press with digits and y/n, leave the rest to the desk."""
        if self._owner.take_key(self, event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            dispatch(self, event)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The group was entered."""
        super().focusInEvent(event)
        if not self._owner.is_gone:
            self._owner.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The button was left; the group may still have the focus."""
        super().focusOutEvent(event)
        if not self._owner.is_gone:  # Qt takes the focus from a button whose group is half destroyed
            self._owner.left.emit()


class Toggles(QWidget):
    """A row of toggle buttons with the same face as the one-line editors."""

    typed = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(self, many: bool) -> None:
        super().__init__()
        self.many = many
        self.composing = False
        self.is_gone = False
        self._choices: tuple[ChoiceView, ...] = ()
        self._buttons: list[ToggleButton] = []
        self._flow = FlowLayout(self, 6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def let_go(self) -> None:
        """Tell nobody anything any more: the row is given back."""
        self.is_gone = True

    def set_choices(self, choices: tuple[object, ...]) -> None:
        """What may be pressed."""
        given = tuple(c for c in choices if isinstance(c, ChoiceView))
        if given == self._choices:
            return
        self._choices = given
        for old in self._buttons:
            self._flow.removeWidget(old)
            old.deleteLater()
        self._buttons = [self._made(choice) for choice in given]
        if self._buttons:
            self.setFocusProxy(self._buttons[0])

    def put(self, value: str, display: str = "") -> None:
        """Press what the value says."""
        codes = set(value.split(",")) if value else set()
        for choice, made in zip(self._choices, self._buttons, strict=True):
            if made.isChecked() != (choice.code in codes):
                made.setChecked(choice.code in codes)

    def value(self) -> str:
        """The codes pressed, separated by commas."""
        pairs = zip(self._choices, self._buttons, strict=True)
        return ",".join(choice.code for choice, made in pairs if made.isChecked())

    def set_tag(self, words: str) -> None:
        """Buttons carry no small word."""

    def setReadOnly(self, fixed: bool) -> None:
        """Nothing can be pressed."""
        for made in self._buttons:
            made.setEnabled(not fixed)

    def setAccessibleName(self, name: str) -> None:
        """Name every button after its question."""
        super().setAccessibleName(name)
        for choice, made in zip(self._choices, self._buttons, strict=True):
            made.setAccessibleName(f"{name}：{choice.label}")

    def take_key(self, at: ToggleButton, event: QKeyEvent) -> bool:
        """Arrows, digits, y and n."""
        place = self._buttons.index(at)
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if event.key() in steps and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._buttons[(place + steps[Qt.Key(event.key())]) % len(self._buttons)].setFocus()
            return True
        wanted = event.text().lower()
        for n, (choice, made) in enumerate(zip(self._choices, self._buttons, strict=True), 1):
            if wanted and (
                wanted in choice.hint.split() or wanted == choice.code or (self.many and wanted == str(n))
            ):
                made.click()
                made.setFocus()
                return True
        return False

    def _made(self, choice: ChoiceView) -> ToggleButton:
        made = ToggleButton(choice.label, self)
        made.clicked.connect(partial(self._pressed, made))
        self._flow.addWidget(made)
        return made

    def _pressed(self, made: QPushButton) -> None:
        if not self.many:
            for other in self._buttons:
                other.setChecked(other is made)
        self.typed.emit(self.value())
