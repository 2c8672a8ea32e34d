"""揭开遮盖: why somebody behind the counter has to see what the counter covered on a page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from ui.widgets.basic import button, label, row, show
from ui.widgets.editors import TextEdit

WHY = "为什么要看遮盖的内容（会记在本件的查看记录里）"


class LiftBar(QFrame):
    """Hidden until asked for; Enter hands the reason over."""

    def __init__(self, lift: Callable[[str], None]) -> None:
        super().__init__()
        self.setProperty("band", "warn")
        self._give = lift
        self._why = TextEdit()
        self._why.setAccessibleName(WHY)
        self._why.setPlaceholderText(WHY)
        self._why.returnPressed.connect(self._go)
        line = row(self, (12, 6, 8, 6), 8)
        line.addWidget(label("理由", "label"))
        line.addWidget(self._why, 1)
        line.addWidget(button("留痕并揭开　回车", self._go, "primary"))
        self.hide()

    def ask(self) -> None:
        """Ask for the reason."""
        self._why.clear()
        show(self, True)
        self._why.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fold(self) -> bool:
        """Ask no longer; tells whether it did."""
        was_open = not self.isHidden()
        self._why.clear()
        show(self, False)
        return was_open

    def _go(self) -> None:
        why = self._why.text().strip()
        if why:
            self._give(why)
