"""F1: the page that is shown in its own words, and the keys that work everywhere from the one table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from counter_app.late import late
from ui import keymap
from ui.keymap import Key
from ui.widgets.basic import column, empty, label, put_text, row
from ui.widgets.notice_bar import Speaking
from ui.widgets.overlay import Overlay
from ui.widgets.page import scrolled

if TYPE_CHECKING:
    from ui import page_help
    from ui.page_help import PageHelp
    from ui.widgets import help_page
else:
    page_help = late("ui.page_help")
    help_page = late("ui.widgets.help_page")

GROUPS = ("办理", "填写", "身份", "叫号", "随时")
MORE = "Ctrl+K 后输入 ? 查键，> 找命令，< 外来件，! 待核；Ctrl+E 看本件判断的依据；>xgn 看新功能。"


class HelpOverlay(Overlay):
    """Covers the work area only; Esc or F1 folds it. Its many labels are made when it is first opened.

    `face` names the file of `resources/help` with the pages' own words.
    """

    def __init__(
        self,
        model: Speaking,
        window: QWidget,
        keys: tuple[Key, ...] = keymap.KEYS,
        more: str = MORE,
        face: str = "desk",
    ) -> None:
        super().__init__(window, partial(model.act.emit, "close"))
        self._keys, self._more, self._face = keys, more, face
        self._title = label("", "h2")
        self._title.setParent(self)
        self._page = column(gap=0)  # what belongs to the page that is shown
        self._area: QScrollArea | None = None

    def _build(self) -> QScrollArea:
        stack = column(self, (18, 12, 16, 12), 8)
        head = row(gap=8)
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        stack.addLayout(head)
        inside = QWidget()
        below = column(inside, (0, 0, 6, 0), 8)
        below.addLayout(self._page)
        below.addWidget(label("到处都一样的键", "h3"))
        columns = row(gap=20)
        for names in (GROUPS[:1], GROUPS[1:2], GROUPS[2:4], GROUPS[4:]):
            columns.addLayout(self._column(names), 1)
        below.addLayout(columns)
        area = scrolled(inside, "帮助")
        stack.addWidget(area, 1)
        stack.addWidget(label(self._more, "small", wrap=True))
        return area

    def _column(self, groups: Sequence[str]) -> QVBoxLayout:
        made = column(gap=4)
        for name in groups:
            if any(key.group == name for key in self._keys):
                made.addSpacing(6)
                made.addWidget(label(name, "group"))
                made.addLayout(help_page.key_lines(lines(name, self._keys)))
        made.addStretch(1)
        return made

    def open(self, below: int, page: str) -> None:
        """Show over the work area, with the words of a page first."""
        if self._area is None:
            self._area = self._build()
        self._put(page_help.help_for(self._face, page))
        window = self.window()
        width = min(window.width() - 40, round(self.fontMetrics().height() * 64))
        self.setGeometry((window.width() - width) // 2, below, width, window.height() - below - 20)
        self.rise()
        self._area.verticalScrollBar().setValue(0)

    def _put(self, told: PageHelp | None) -> None:
        empty(self._page)
        put_text(self._title, f"帮助：{told.title}" if told is not None else "快捷键")
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(told.about if told is not None else "")
        if told is not None:
            self._page.addWidget(help_page.help_card(told))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys read on; all others are the desk's."""
        by = {
            Qt.Key.Key_Down: 0.1,
            Qt.Key.Key_Up: -0.1,
            Qt.Key.Key_PageDown: 0.8,
            Qt.Key.Key_PageUp: -0.8,
        }.get(Qt.Key(event.key()))
        if by is None or self._area is None:
            super().keyPressEvent(event)
        else:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + round(by * bar.pageStep()))


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
