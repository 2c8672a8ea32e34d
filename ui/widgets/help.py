"""F1: the keys that work everywhere, drawn from the one table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import keymap
from ui.keymap import Key
from ui.widgets.basic import column, label, row
from ui.widgets.notice_bar import Speaking
from ui.widgets.overlay import Overlay
from ui.widgets.page import scrolled

GROUPS = ("办理", "填写", "身份", "叫号", "随时")
MORE = "Ctrl+K 后输入 ? 查键，> 找命令，< 外来件，! 待核；Ctrl+E 看本件判断的依据；>xgn 看新功能。"


class HelpOverlay(Overlay):
    """Covers the work area only; Esc or F1 folds it. Its many labels are made when it is first opened."""

    def __init__(
        self, model: Speaking, window: QWidget, keys: tuple[Key, ...] = keymap.KEYS, more: str = MORE
    ) -> None:
        super().__init__(window, partial(model.act.emit, "close"))
        self._keys, self._more = keys, more

    def _build(self) -> None:
        stack = column(self, (18, 12, 16, 12), 8)
        head = row(gap=8)
        head.addWidget(label("快捷键", "h2"), 1)
        head.addWidget(self.close_button)
        stack.addLayout(head)
        inside = QWidget()
        columns = row(inside, (0, 0, 6, 0), 20)
        for names in (GROUPS[:1], GROUPS[1:2], GROUPS[2:4], GROUPS[4:]):
            below = column(gap=4)
            for name in (name for name in names if any(key.group == name for key in self._keys)):
                below.addSpacing(6)
                below.addWidget(label(name, "group"))
                below.addLayout(_table(name, self._keys))
            below.addStretch(1)
            columns.addLayout(below, 1)
        stack.addWidget(scrolled(inside, "快捷键表"), 1)
        stack.addWidget(label(self._more, "small", wrap=True))

    def open(self, below: int) -> None:
        """Show over the work area."""
        if self.layout() is None:
            self._build()
        window = self.window()
        width = min(window.width() - 40, round(self.fontMetrics().height() * 64))
        self.setGeometry((window.width() - width) // 2, below, width, window.height() - below - 20)
        self.rise()


def _table(group: str, keys: tuple[Key, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for line, (chord, words) in enumerate(lines(group, keys)):
        grid.addWidget(label(chord, "key"), line, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(words, "label", wrap=True), line, 1)
    return grid


def lines(group: str, keys: tuple[Key, ...] = keymap.KEYS) -> tuple[tuple[str, str], ...]:
    """Chord and words of a group; nine alike keys make one line."""
    found: dict[str, str] = {}
    for key in keys:
        if key.group != group:
            continue
        if key.action.startswith(("field_", "case_")):
            chord = key.chord[:-1] + "1…9"
            found[chord] = key.label.replace(key.chord[-1], "n").replace(" n ", " n ")
        else:
            found[key.chord.replace("Return", "Enter")] = key.label
    return tuple(found.items())
