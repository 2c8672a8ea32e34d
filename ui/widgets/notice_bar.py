"""What is being said: on top of the work area, never in the way of a key."""

from __future__ import annotations

from functools import partial
from typing import Any, Protocol

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QWidget

from ui.notices import Notice, Notices
from ui.widgets.basic import button, column, label, row, show

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
        self._bands: dict[Notice, QFrame] = {}
        self._column = column(self, (12, 8, 12, 0), 6)
        self._notices.changed.connect(self._draw)
        self.hide()

    def _draw(self) -> None:
        current = self._notices.current
        if current == self._drawn:
            return
        fresh = [notice for notice in current if notice not in self._drawn]
        self._drawn = current
        self._put(current)
        show(self, bool(current))
        for notice in fresh:
            announce(self, f"{notice.title}。{notice.text}")

    def _put(self, current: tuple[Notice, ...]) -> None:
        """Let what stands there already stand: a device in trouble may have something to say all day."""
        bands = dict(self._bands)
        self._bands = {one: bands.pop(one) if one in bands else self._band(one) for one in current}
        for gone in bands.values():
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, band in enumerate(self._bands.values()):
            if self._column.indexOf(band) != place:
                self._column.insertWidget(place, band)

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
