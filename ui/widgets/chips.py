"""Chips side by side in one line, the most important first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.widgets.basic import label, put_text, show, style


class ChipRow(QWidget):
    """Chips side by side; those that find no room are counted in a last one with their words."""

    GAP = 6

    def __init__(self) -> None:
        super().__init__()
        self._chips: tuple[tuple[str, str], ...] = ()
        self._labels: list[QLabel] = []
        self._more = label("", "chip")
        self._more.setParent(self)
        self._more.setProperty("chip", "quiet")
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, chips: Sequence[tuple[str, str]]) -> None:
        """Show these chips: kind and words, in order of importance."""
        given = tuple(chips)
        if given == self._chips:
            return
        self._chips = given
        while len(self._labels) < len(given):
            made = label("", "chip")
            made.setParent(self)
            self._labels.append(made)
        for made, (kind, words) in zip(self._labels, given, strict=False):
            put_text(made, words)
            style(made, chip=kind)
        self._arrange()
        self.updateGeometry()

    @property
    def words(self) -> tuple[str, ...]:
        """What the chips say, also those that found no room."""
        return tuple(words for _, words in self._chips)

    def sizeHint(self) -> QSize:
        """All chips in a row."""
        used = self._labels[: len(self._chips)]
        width = sum(made.sizeHint().width() + self.GAP for made in used)
        return QSize(width, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for one chip's height."""
        style_height = self._more.sizeHint().height()
        return QSize(40, style_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Count anew what fits."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: measure again."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()
            self.updateGeometry()

    def _arrange(self) -> None:
        widths = [made.sizeHint().width() for made in self._labels[: len(self._chips)]]
        fitting = self._fitting(widths)
        x, height = 0, self._more.sizeHint().height()
        top = max(0, (self.height() - height) // 2)
        for n, made in enumerate(self._labels):
            if n < fitting:
                made.setGeometry(x, top, widths[n], height)
                x += widths[n] + self.GAP
            show(made, n < fitting)
        left_out = self._chips[fitting:]
        if left_out:
            put_text(self._more, f"＋{len(left_out)}")
            self._more.setToolTip("、".join(words for _, words in left_out))
            self._more.setAccessibleName(self._more.toolTip())
            self._more.setGeometry(x, top, self._more.sizeHint().width(), height)
        show(self._more, bool(left_out))

    def _fitting(self, widths: list[int]) -> int:
        if sum(widths) + self.GAP * max(0, len(widths) - 1) <= self.width():
            return len(widths)
        room = self.width() - self.fontMetrics().horizontalAdvance("＋99") - 16 - self.GAP
        used, count = 0, 0
        for width in widths:
            if used + width > room:
                break
            used += width + self.GAP
            count += 1
        return count
