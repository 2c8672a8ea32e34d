"""A field to write a name in, with a pen, a finger or a mouse; what was written leaves as a picture."""

from __future__ import annotations

import time
from itertools import pairwise

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QImageWriter, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

Touch = tuple[int, int, int, int]
MOST_TOUCHES = 20_000
LEAST_INK = 120.0  # px of line below which nobody has written a name
TALLEST = 360  # px of the picture that is kept
MARGIN = 12
FULL = 1023


class InkField(QWidget):
    """Keeps strokes in memory only; `wipe` forgets them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("签名区")
        self._strokes: list[list[Touch]] = []
        self._began = 0.0
        self._pen_down = False

    @property
    def is_written(self) -> bool:
        """Whether there is enough for a name."""
        return self._length() >= LEAST_INK

    def strokes(self) -> tuple[tuple[Touch, ...], ...]:
        """Lines of (x, y, ms since the first touch, pressure)."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    def wipe(self) -> None:
        """Forget everything."""
        self._strokes.clear()
        self._pen_down = False
        self.update()
        self.changed.emit()

    def picture(self) -> bytes:
        """What was written as a PNG, black on white, cut to its ink; b"" when nothing was."""
        if not self._strokes:
            return b""
        box = self._box()
        scale = min(1.0, TALLEST / box.height())
        image = QImage(
            round(box.width() * scale), max(1, round(box.height() * scale)), QImage.Format.Format_Grayscale8
        )
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        painter.translate(-box.topLeft())
        self._draw(painter, QColor("black"))
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        return bytes(buffer.data().data())

    # --- what Qt tells ----------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A finger or a mouse begins a stroke."""
        self._begin(event.position(), FULL)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        self._go_on(event.position(), FULL)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends."""
        self._pen_down = False

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen, with its pressure."""
        pressure = round(event.pressure() * FULL)
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position(), pressure)
        elif event.type() == QEvent.Type.TabletMove and event.pressure() > 0:
            self._go_on(event.position(), pressure)
        elif event.type() == QEvent.Type.TabletRelease:
            self._pen_down = False
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, its base line and the ink."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        painter.fillRect(self.rect(), QColor("white"))
        painter.setPen(QPen(palette.mid().color(), 3))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.setPen(QPen(palette.mid().color(), 2, Qt.PenStyle.DashLine))
        base = round(self.height() * 0.78)
        painter.drawLine(24, base, self.width() - 24, base)
        self._draw(painter, QColor("black"))
        painter.end()

    # --- inside -----------------------------------------------------------------------------
    def _begin(self, at: QPointF, pressure: int) -> None:
        if not self._strokes:
            self._began = time.monotonic()
        self._pen_down = True
        self._strokes.append([self._touch(at, pressure)])
        self.update()
        self.changed.emit()

    def _go_on(self, at: QPointF, pressure: int) -> None:
        if self._pen_down and sum(map(len, self._strokes)) < MOST_TOUCHES:
            self._strokes[-1].append(self._touch(at, pressure))
            self.update()
            self.changed.emit()

    def _touch(self, at: QPointF, pressure: int) -> Touch:
        x = max(0, min(self.width(), round(at.x())))
        y = max(0, min(self.height(), round(at.y())))
        return x, y, round((time.monotonic() - self._began) * 1000), pressure

    def _length(self) -> float:
        return sum(
            abs(b[0] - a[0]) + abs(b[1] - a[1]) for stroke in self._strokes for a, b in pairwise(stroke)
        )

    def _box(self) -> QRectF:
        across = [t[0] for stroke in self._strokes for t in stroke]
        down = [t[1] for stroke in self._strokes for t in stroke]
        box = QRectF(QPointF(min(across), min(down)), QPointF(max(across), max(down)))
        return box.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)

    def _draw(self, painter: QPainter, colour: QColor) -> None:
        for stroke in self._strokes:
            if len(stroke) == 1:
                painter.setPen(QPen(colour, 6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawPoint(stroke[0][0], stroke[0][1])
            for a, b in pairwise(stroke):
                width = 3 + 4 * b[3] / FULL
                painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawLine(a[0], a[1], b[0], b[1])
