"""对比: another page, or the photo of the person, beside the page that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.viewmodels.pages import Other
from ui.widgets.basic import Elided, column, show
from ui.widgets.stage import Stage

Fetch = Callable[[str, Callable[[bytes], None]], None]
UNREADABLE = "这一页无法显示。"


class ComparePane(QWidget):
    """Hidden until asked for; asked again it shows the next candidate."""

    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self._fetch = fetch
        self._at = -1
        self._wanted = ""
        self._caption = Elided("", "small")
        self.stage = Stage()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        stack = column(self, (8, 0, 0, 0), 4)
        stack.addWidget(self._caption)
        stack.addWidget(self.stage, 1)
        self.hide()

    def next(self, others: Sequence[Other]) -> bool:
        """Show the next of several, beginning anew behind the last; False where there is none."""
        if not others:
            return False
        self._at = (self._at + 1) % len(others)
        other = others[self._at]
        self._caption.put(f"对比：{other.caption}（{self._at + 1}/{len(others)}）")
        self.stage.setAccessibleName(f"对比：{other.caption}")
        self._wanted = other.ref
        self.stage.put(other.data or None, UNREADABLE)
        show(self, True)
        if other.ref:
            self._fetch(other.ref, partial(self._came, other.ref))
        return True

    def fold(self) -> bool:
        """Put it away and forget the picture; tells whether it was there."""
        was_open = not self.isHidden()
        self._at, self._wanted = -1, ""
        self.stage.put(None)
        show(self, False)
        return was_open

    def _came(self, ref: str, data: bytes) -> None:
        if ref == self._wanted and not self.isHidden():
            self.stage.put(data, UNREADABLE)
