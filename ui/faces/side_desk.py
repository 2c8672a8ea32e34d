"""What the desks beside the counter share: keys first, the strip of keys, the help, the cover, the looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QSizePolicy, QWidget

from ui import keymap, theme
from ui.faces.desk import chord_of
from ui.theme import Theme
from ui.widgets.basic import band, button, label, put_text, row
from ui.widgets.cover import PrivacyCover
from ui.widgets.dress import dress
from ui.widgets.help import HelpOverlay

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class SideDesk(QWidget):
    """Everything below the window frame. Keys come here first (`offer_key`).

    A desk builds its widgets between `__init__` and `furnish`, and says where the focus goes (`focus_in`),
    what a digit chooses, where the help stands and about which page, what is restyled and what Esc closes.
    """

    face = ""  # the file of `resources/help`

    def __init__(self, app: QApplication, dressed: Theme, keys: Sequence[keymap.Key]) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.app, self.theme = app, dressed
        self._key_rows = tuple(keys)
        self._keys = keymap.table(self._key_rows)

    def furnish(self, model: Any, digits: str, actions: Mapping[str, Callable[[], object]]) -> None:
        """Help, cover and the table of actions, once the widgets are there."""
        self.help = HelpOverlay(model, self, self._key_rows, digits, self.face)
        self.cover = PrivacyCover(self)
        self._table: dict[str, Callable[[], object]] = {**self._looks(), **actions}
        model.act.connect(self.act)

    def _looks(self) -> dict[str, Callable[[], object]]:
        return {
            "help": self.toggle_help,
            "lock": self.cover.spread_now,
            "larger": partial(self._scale, 1),
            "smaller": partial(self._scale, -1),
            "normal_size": partial(self._scale, 0),
            "theme": lambda: self.restyle(theme.other(self.theme.name), self.theme.scale),
            "close": self.close_one,
        }

    # --- what each desk says ----------------------------------------------------------------
    def focus_in(self) -> None:
        """Give the focus to where the work is."""
        raise NotImplementedError

    def digit(self, number: int) -> bool:
        """Choose by a digit; tells whether there was something to choose."""
        raise NotImplementedError

    def help_top(self) -> int:
        """Where the help begins, in px from the top."""
        raise NotImplementedError

    def help_page(self) -> str:
        """What the help is about now."""
        raise NotImplementedError

    def close_one(self) -> None:
        """Esc."""
        raise NotImplementedError

    def restyled(self) -> None:
        """Another theme or size, or another window: what is sized by hand follows."""

    # --- keys -------------------------------------------------------------------------------
    def offer_key(self, event: QKeyEvent) -> bool:
        """Do what a key means; False leaves it to the widget that has it."""
        chord = chord_of(event)
        if self.cover.isVisible():
            if chord == "Return":
                self.cover.hide()
                self.focus_in()
            return True
        key = self._keys.get(chord)
        if key is not None:
            return True if event.isAutoRepeat() else self.act(key.action)
        return self._is_choice(event) and self.digit(int(event.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys nobody below wanted."""
        if not self.offer_key(event):
            super().keyPressEvent(event)

    def _is_choice(self, event: QKeyEvent) -> bool:
        text, focus = event.text(), QApplication.focusWidget()
        if event.modifiers() not in _PLAIN or event.isAutoRepeat():
            return False
        is_typing = isinstance(focus, QLineEdit) and not focus.isReadOnly()
        return len(text) == 1 and text.isascii() and text.isdecimal() and not is_typing

    def act(self, action: str) -> bool:
        """Carry an action of the key table out; tells whether it is known."""
        do = self._table.get(action)
        if do is not None:
            do()
        return do is not None

    def strip(self, *more: QWidget) -> QFrame:
        """The function keys along the foot."""
        made = QFrame()
        made.setObjectName("keys")
        made.setAccessibleName("功能键")
        line = row(made, (10, 4, 10, 4), 5)
        for key in keymap.strip(self._key_rows):
            one = button(f"{key.chord} {key.strip}", partial(self.act, key.action), "key")
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            one.setToolTip(key.label)
            one.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            line.addWidget(one, 1)
        for part in more:
            line.addWidget(part)
        return made

    def toggle_help(self) -> None:
        """F1: show the help of what is shown, or fold it."""
        if not self.help.fold():
            self.help.open(self.help_top(), self.help_page())

    # --- looks ------------------------------------------------------------------------------
    def restyle(self, name: str, scale: int) -> None:
        """Another theme or text size, at once, with everything kept."""
        self.theme = dress(self.app, name, scale)
        self.restyled()

    def _scale(self, by: int) -> None:
        self.restyle(self.theme.name, theme.step(self.theme.scale, by))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is sized by hand, and the cover, follow the window."""
        super().resizeEvent(event)
        self.resized()
        if self.cover.isVisible():
            self.cover.spread()

    def resized(self) -> None:
        """The window has another size."""


def words_band(text: str) -> tuple[QFrame, QLabel]:
    """A warning over the panes, and the label its words stand in."""
    made = band("warn")
    words = label("", "label", wrap=True)
    put_text(words, text)
    row(made, (12, 6, 12, 6), 8).addWidget(words, 1)
    return made, words
