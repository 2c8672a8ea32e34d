"""What is being said: on top of the work area, never in the way of a key."""

from __future__ import annotations

from functools import partial
from typing import Any, Protocol

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QWidget

from ui.notices import Notice, Notices
from ui.widgets.basic import button, column, empty, label, row, show

SYMBOL = {"err": "✕", "ok": "✓", "warn": "▲", "info": "●"}


class Speaking(Protocol):
    """A model that has something to say and takes a keymap action."""

    notices: Notices
    act: Any


class NoticeBar(QWidget):
    """One band per notice; Esc takes them away."""

    def __init__(self, model: Speaking) -> None:
        super().__init__()
        self._model = model
        self._notices: Notices = model.notices
        self._drawn: tuple[Notice, ...] = ()
        self._column = column(self, (12, 8, 12, 0), 6)
        self._notices.changed.connect(self._draw)
        self.hide()

    def _draw(self) -> None:
        current = self._notices.current
        if current == self._drawn:
            return
        fresh = [notice for notice in current if notice not in self._drawn]
        self._drawn = current
        empty(self._column)
        for notice in current:
            self._column.addWidget(self._band(notice))
        show(self, bool(current))
        for notice in fresh:
            announce(self, f"{notice.title}。{notice.text}")

    def _band(self, notice: Notice) -> QFrame:
        box = QFrame()
        box.setProperty("band", notice.kind)
        line = row(box, (12, 6, 6, 6), 8)
        words = column(gap=1)
        words.addWidget(label(f"{SYMBOL.get(notice.kind, '●')} {notice.title}", "h3", wrap=True))
        if notice.text:
            words.addWidget(label(notice.text, "label", wrap=True))
        line.addLayout(words, 1)
        line.addWidget(
            button("知道了", partial(self._model.act.emit, "close"), "quiet", f"收起：{notice.title}")
        )
        return box


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say it, where this Qt can (6.8 and later)."""
    try:
        from PySide6.QtGui import QAccessibleAnnouncementEvent
    except ImportError:
        return
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
