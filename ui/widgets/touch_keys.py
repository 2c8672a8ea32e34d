"""Keys to touch: digits for numbers and days, and pinyin for the few words nobody can choose from a list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.viewmodels.pinyin_board import PinyinBoard
from ui.widgets.basic import column, empty, label, put_text, row
from ui.widgets.touch import LEAST, Telling, big
from ui.widgets.touch_lists import letters

DIGITS = ("123", "456", "789")
SHOWN = 8  # characters offered at once


class NumberPad(Telling):
    """Digits, a few signs, one step back. The entry is a label: there is nothing to copy or to undo."""

    def __init__(
        self,
        text: str,
        extra: str = "",
        masked: bool = False,
        longest: int = 30,
        show_as: Callable[[str], str] = str,
    ) -> None:
        super().__init__()
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # 1 2 3 in every language
        self._text, self._masked, self._longest, self._show_as = text, masked, longest, show_as
        page = column(self, gap=14)
        self._entry = label("", "entry")
        self._entry.setAccessibleName("已输入")
        self._entry.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._entry.setMinimumHeight(84)
        page.addWidget(self._entry)
        grid = QGridLayout()
        grid.setSpacing(16)
        for line, keys in enumerate((*DIGITS, f"{extra[:1] or ' '}0⌫")):
            for n, key in enumerate(keys):
                if key != " ":
                    one = big(key, partial(self.press, key), "key")
                    one.setAccessibleName("退一格" if key == "⌫" else key)
                    grid.addWidget(one, line, n)
        page.addLayout(grid)
        page.addStretch(1)
        self.draw()

    def press(self, key: str) -> None:
        """One key."""
        if key == "⌫":
            self._text = self._text[:-1]
        elif len(self._text) < self._longest:
            self._text += key
        self.draw()

    def put(self, text: str) -> None:
        """Another text, of a short cut."""
        self._text = text
        self.draw()

    @property
    def text(self) -> str:
        """What was touched so far."""
        return self._text

    def draw(self) -> None:
        """The digits as they are shown, or dots."""
        shown = "●" * len(self._text) if self._masked else self._show_as(self._text)
        put_text(self._entry, self.say(shown))


class WordPad(Telling):
    """Chinese words by pinyin: letters, then the character; and letters and digits as they are."""

    def __init__(self, text: str, longest: int = 60) -> None:
        super().__init__()
        self._text, self._typed, self._leaf, self._longest = text, "", 0, longest
        self._board = PinyinBoard()
        page = column(self, gap=12)
        self._entry: QLabel = label("", "entry", wrap=True)
        self._entry.setAccessibleName("已输入")
        page.addWidget(self._entry)
        self._spelt = label("", "strong")
        page.addWidget(self._spelt)
        self._row = row(gap=10)
        page.addLayout(self._row)
        page.addWidget(letters(self.press))
        keys = QWidget()
        keys.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        digits = row(keys, gap=10)
        for key in "1234567890":
            digits.addWidget(big(key, partial(self.put, key), "key"))
        page.addWidget(keys)
        page.addStretch(1)
        self.draw()

    def press(self, key: str) -> None:
        """A letter; one step back takes a letter, then a character."""
        if key != "⌫":
            self._typed += key.lower()
        elif self._typed:
            self._typed = self._typed[:-1]
        else:
            self._text = self._text[:-1]
        self._leaf = 0
        self.draw()

    def put(self, word: str) -> None:
        """A character was chosen."""
        if len(self._text) < self._longest:
            self._text += word
        self._typed, self._leaf = "", 0
        self.draw()

    def turn(self) -> None:
        """More characters of the same sound."""
        self._leaf += 1
        self.draw()

    @property
    def text(self) -> str:
        """What was written so far."""
        return self._text

    def draw(self) -> None:
        """What was written, and the characters of what is spelt now."""
        put_text(self._entry, self._text or self.say("（还没有写）"))
        put_text(self._spelt, self.say(f"拼音 {self._typed}" if self._typed else "按拼音，再点汉字"))
        found = self._board.find(self._typed) if self._typed else ()
        leaves = max(1, -(-len(found) // SHOWN))
        start = (self._leaf % leaves) * SHOWN
        empty(self._row)
        for one in found[start : start + SHOWN]:
            self._row.addWidget(big(one, partial(self.put, one), "key"))
        if leaves > 1:
            self._row.addWidget(big(self.say("更多"), self.turn))
        self._row.addStretch(1)
        if not found:
            self._row.addSpacing(LEAST)
