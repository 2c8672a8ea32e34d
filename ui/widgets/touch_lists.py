"""A long list on a touch screen: leaves with two large buttons, and letters that narrow it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.services.visit_view import ChoiceView
from ui.viewmodels.choices import ChoiceIndex
from ui.widgets.basic import column, empty, label, put_text, row, show
from ui.widgets.touch import Telling, Tile, TileWords, big, tiles

LETTERS = ("ABCDEFGHI", "JKLMNOPQR", "STUVWXYZ⌫")
NARROW_FROM = 25  # choices; fewer are only leafed through


class Leaves(Telling):
    """Choices, so many on a leaf. With many of them letters stand below: 拼音首字母."""

    def __init__(
        self,
        choices: Sequence[ChoiceView],
        chosen: Sequence[str],
        take: Callable[[str], object],
        columns: int,
        rows: int,
    ) -> None:
        super().__init__()
        self._all, self._chosen, self._take = tuple(choices), set(chosen), take
        self._columns, self._room = columns, max(1, rows)
        self._index = ChoiceIndex(choices)
        self._typed, self._leaf = "", 0
        self.has_letters = len(self._all) > NARROW_FROM
        self._build()
        self.draw()

    def _build(self) -> None:
        page = column(self, gap=14)
        self._place = QWidget()
        self._grid = column(self._place)
        page.addWidget(self._place)
        page.addStretch(1)
        self._turns = row(gap=14)
        self._before = big("◀ 上一页", lambda: self.turn(-1))
        self._after = big("下一页 ▶", lambda: self.turn(1))
        for one in (self._before, self._after):
            one.setMinimumWidth(0)  # its words then, which no count beside them may squeeze
        self._count = label("", "body", wrap=True)
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._turns.addWidget(self._before)
        self._turns.addWidget(self._count, 1)
        self._turns.addWidget(self._after)
        page.addLayout(self._turns)
        if self.has_letters:
            page.addWidget(letters(self.type))

    def type(self, letter: str) -> None:
        """A letter more, or one less."""
        self._typed = self._typed[:-1] if letter == "⌫" else self._typed + letter.lower()
        self._leaf = 0
        self.draw()

    def turn(self, by: int) -> None:
        """Another leaf."""
        self._leaf += by
        self.draw()

    def toggle(self, code: str) -> None:
        """Mark or unmark one of several."""
        self._chosen ^= {code}
        self.draw()

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is marked, in the order of the list."""
        return tuple(one.code for one in self._all if one.code in self._chosen)

    def found(self) -> tuple[ChoiceView, ...]:
        """What is on all leaves together now."""
        return self._index.find(self._typed) if self._typed else self._all

    def draw(self) -> None:
        """The tiles of this leaf, and which of how many it is."""
        found, size = self.found(), self._room * self._columns
        leaves = max(1, -(-len(found) // size))
        self._leaf = max(0, min(self._leaf, leaves - 1))
        empty(self._grid)
        shown = found[self._leaf * size : (self._leaf + 1) * size]
        words = [
            TileWords(self.say(c.label), partial(self._take, c.code), is_on=c.code in self._chosen)
            for c in shown
        ]
        grid, _ = tiles(words, self._columns)
        self._grid.addLayout(grid)
        show(self._before, leaves > 1)
        show(self._after, leaves > 1)
        self._before.setEnabled(self._leaf > 0)
        self._after.setEnabled(self._leaf < leaves - 1)
        told = f"{self._leaf + 1} / {leaves} 页" if leaves > 1 else ""
        if self.has_letters:
            told = f"{self._typed.upper() or '按首字母找'}　{told}"
        put_text(self._count, self.say(told) if told else "")

    def tiles(self) -> list[Tile]:
        """The tiles on this leaf."""
        return [one for one in self._place.findChildren(Tile) if not one.isHidden()]


def letters(act: Callable[[str], object]) -> QWidget:
    """A to Z and one step back, to be touched."""
    made = QWidget()
    made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # the alphabet, in every language
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(16)
    for line, keys in enumerate(LETTERS):
        for n, key in enumerate(keys):
            one = big(key, partial(act, key), "key")
            if key == "⌫":
                one.setAccessibleName("退一格")
            grid.addWidget(one, line, n)
    return made
