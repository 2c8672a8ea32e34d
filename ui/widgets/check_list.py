"""The list of 核对: names and values in columns. Its labels are kept for the next case, without their words.

Qt's Python binding takes a reference to None for each kind of call that a new widget gets, some sixteen
before it is seen, and gives none back. A list made anew for each case was a third of what a day added.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QPushButton, QWidget

from counter_app.domain.value import Value
from ui.widgets.basic import button, label, put_text, style

LINES_AT_ONCE = 6
END = 300  # a line of the list below everything a case can say
KEPT = 48  # of each kind of part; what one long case had more is freed with it
TOP = Qt.AlignmentFlag.AlignTop
TOP_RIGHT = TOP | Qt.AlignmentFlag.AlignRight
Part = TypeVar("Part", QLabel, QPushButton)


class CheckLine(Value, frozen=True):
    """A name and what is said of it; `mend` is the field 改 goes back to, `sign` a chip's kind and words."""

    name: str
    words: str
    is_wide: bool = True
    mend: str = ""
    label: str = ""
    sign: tuple[str, str] = ("", "")


class _Kept(Generic[Part]):
    """Parts of one kind: taken one after another, put away all at once."""

    def __init__(self, make: Callable[[int], Part]) -> None:
        self._make: Callable[[int], Part] = make
        self._made: list[Part] = []
        self._taken = 0

    def take(self, text: str) -> Part:
        """The next part, with these words."""
        if self._taken == len(self._made):
            self._made.append(self._make(self._taken))
        self._taken += 1
        part = self._made[self._taken - 1]
        put_text(part, text)
        return part

    def put_away(self, layout: QLayout) -> None:
        """Hide them, without a word."""
        for part in self._made[: self._taken]:
            layout.removeWidget(part)
            part.hide()
            put_text(part, "")
            part.setAccessibleName("")
        for part in self._made[KEPT:]:
            part.deleteLater()
        del self._made[KEPT:]
        self._taken = 0


class CheckList(QWidget):
    """Fills itself a few lines per turn of the event loop, so that nothing stalls."""

    mended = Signal(str)  # the field that somebody wants to go back to

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(5)
        self._grid.setRowStretch(END, 1)  # what is there already stands at the top, while more comes
        self._columns, self._at = 2, (0, 0)
        self._waiting: list[CheckLine] = []
        self._places: list[str] = []  # of the fields that the mending buttons go back to
        self._names = _Kept(lambda nth: self._words("soft", TOP_RIGHT))
        self._values = _Kept(lambda nth: self._words("value"))
        self._mends = _Kept(lambda nth: button("", partial(self._mend, nth), "link"))
        self._chips = _Kept(lambda nth: label("", "chip", parent=self))

    def fill(self, lines: Sequence[CheckLine]) -> None:
        """Show these lines and no other."""
        self.clear()
        self._columns = 2 if self.width() >= self.fontMetrics().height() * 30 else 1
        self._waiting = list(lines)
        for place in range(self._columns):
            self._grid.setColumnStretch(place * 3 + 1, 1)
        self._add_some()

    def clear(self) -> None:
        """Show nothing; no word stays, not even hidden."""
        self._waiting, self._places, self._at = [], [], (0, 0)
        for kept in (self._names, self._values, self._mends, self._chips):
            kept.put_away(self._grid)

    def _add_some(self) -> None:
        now, self._waiting = self._waiting[:LINES_AT_ONCE], self._waiting[LINES_AT_ONCE:]
        for line in now:
            self._add(line)
        if self._waiting:
            QTimer.singleShot(0, self, self._add_some)

    def _words(self, role: str, align: Qt.AlignmentFlag | None = None) -> QLabel:
        made = label("", role, wrap=True, parent=self)
        if align is not None:
            made.setAlignment(align)
        return made

    def _mend(self, nth: int) -> None:
        self.mended.emit(self._places[nth])

    def _add(self, line: CheckLine) -> None:
        """One line of the list in the next free place."""
        down, place = self._at
        if line.is_wide and place:
            down, place = down + 1, 0
        at, span = place * 3, self._columns * 3 - 2 if line.is_wide else 1
        name, words = self._names.take(line.name), self._values.take(line.words)
        name.setFixedWidth(round(self.fontMetrics().height() * 5.2))
        self._grid.addWidget(name, down, at, TOP)
        self._grid.addWidget(words, down, at + 1, 1, span, TOP)
        name.show()
        words.show()
        last = self._last(line)
        if last is not None:
            end = self._columns * 3 - 1 if line.is_wide else at + 2
            self._grid.addWidget(last, down, end, TOP_RIGHT)
            last.show()
        full = line.is_wide or place + 1 >= self._columns
        self._at = (down + 1, 0) if full else (down, place + 1)

    def _last(self, line: CheckLine) -> QWidget | None:
        """改, or how it stands with a material, at the end of a line."""
        if line.mend:
            self._places.append(line.mend)
            mend = self._mends.take("改")
            mend.setAccessibleName(f"改 {line.label}")
            return mend
        kind, words = line.sign
        if not words:
            return None
        chip = self._chips.take(words)
        style(chip, chip=kind)
        return chip
