"""A plot of a table: one bar a line, its value beside it; read aloud it is the table's own words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from counter_app.domain.value import Value
from counter_app.services.hall.tables import HallTable
from ui.theme import Theme

MOST_BARS = 24
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Bar(Value, frozen=True):
    """One bar: its label, its length, and a mark further out (0 = none)."""

    label: str
    value: int
    mark: int = 0


def bars_of(table: HallTable) -> tuple[Bar, ...]:
    """The bars of a table without its sum; where nothing was measured there is no length."""
    shown = table.lines[:-1] if len(table.lines) > 1 else table.lines
    at, mark = table.bars.value, table.bars.second
    return tuple(
        Bar(str(line[0]), _number(line[at]), _number(line[mark]) if mark is not None else 0)
        for line in shown[:MOST_BARS]
    )


class BarPlot(QWidget):
    """Bars lie, so that long names can be read; nothing is said by colour alone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._table: HallTable | None = None
        self.bars: tuple[Bar, ...] = ()

    def put(self, table: HallTable) -> None:
        """Draw another table."""
        self._table, self.bars = table, bars_of(table)
        self.setAccessibleName(f"{table.title}图")
        told = "，".join(f"{bar.label} {bar.value} {table.bars.unit}" for bar in self.bars)
        self.setAccessibleDescription(told or "没有数据")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line a bar, and one for the names."""
        return QSize(320, self._line() * (len(self.bars) + 1) + 8)

    def minimumSizeHint(self) -> QSize:
        """All bars, however narrow."""
        return QSize(220, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names on the left, bars from one line on, values at their ends."""
        if self._table is None:
            return
        painter = QPainter(self)
        line = self._line()
        self._head(painter, QRectF(4, 0, self.width() - 8, line))
        metrics = painter.fontMetrics()
        names = min(
            self.width() * 0.42, max((metrics.horizontalAdvance(b.label) for b in self.bars), default=0)
        )
        most = max((max(bar.value, bar.mark) for bar in self.bars), default=0)
        tail = metrics.horizontalAdvance("00000") + 8
        room = max(20.0, self.width() - names - tail - 24)
        for nth, bar in enumerate(self.bars):
            top = line * (nth + 1)
            words = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, int(names) + 2)
            self._text(painter, QRectF(4, top, names + 4, line), words, "text", _RIGHT)
            box = QRectF(names + 14, top + line * 0.18, room * bar.value / most if most else 0, line * 0.64)
            self._bar(painter, box, bar, room / most if most else 0)
        painter.setPen(QColor(self.theme.colour("border")))
        painter.drawLine(int(names + 14), line, int(names + 14), line * (len(self.bars) + 1))

    def _head(self, painter: QPainter, box: QRectF) -> None:
        assert self._table is not None
        bars = self._table.bars
        words = f"▬ {bars.value_name}（{bars.unit}）"
        if bars.second is not None:
            words += f"　┃ {bars.second_name}"
        self._text(painter, box, words if self.bars else "这段时间没有数据", "text2", _LEFT)

    def _bar(self, painter: QPainter, box: QRectF, bar: Bar, scale: float) -> None:
        painter.fillRect(box, QColor(self.theme.colour("primary")))
        end = box.right()
        if bar.mark:
            at = box.left() + bar.mark * scale
            painter.setPen(QPen(QColor(self.theme.colour("text")), 3))
            painter.drawLine(int(at), int(box.top()), int(at), int(box.bottom()))
            end = max(end, at)
        value = QRectF(end + 6, box.top() - 4, self.width() - end - 6, box.height() + 8)
        self._text(painter, value, str(bar.value), "text", _LEFT)

    def _text(self, painter: QPainter, box: QRectF, words: str, colour: str, side: Qt.AlignmentFlag) -> None:
        painter.setPen(QColor(self.theme.colour(colour)))
        painter.drawText(box, int(side), words)

    def _line(self) -> int:
        return round(self.fontMetrics().height() * 1.35)


def _number(cell: str | int) -> int:
    return cell if isinstance(cell, int) else 0
