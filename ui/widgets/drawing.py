"""Pictures drawn by hand: silhouettes, and the large signs of the idle page."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPalette, QPen


def draw_picture(painter: QPainter, place: QRect, picture: object) -> None:
    """The photo, cut to the place's shape."""
    assert isinstance(picture, QImage)
    clip = QPainterPath()
    clip.addRoundedRect(QRectF(place), 4, 4)
    painter.setClipPath(clip)
    size = picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    target = QRect(0, 0, size.width(), size.height())
    target.moveCenter(place.center())
    painter.drawImage(target, picture)


def draw_silhouette(painter: QPainter, place: QRect, palette: QPalette, employer: bool) -> None:
    """A head and shoulders, or a house for an employer."""
    box = QRectF(place)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
    painter.drawRoundedRect(box, 4, 4)
    painter.setBrush(palette.color(QPalette.ColorRole.Mid))
    if employer:
        _house(painter, box)
        return
    clip = QPainterPath()
    clip.addRoundedRect(box, 4, 4)
    painter.setClipPath(clip)
    w, h = box.width(), box.height()
    painter.drawEllipse(QPointF(w * 0.5, h * 0.38), w * 0.21, w * 0.24)
    painter.drawEllipse(QPointF(w * 0.5, h * 1.02), w * 0.38, h * 0.36)


def _house(painter: QPainter, box: QRectF) -> None:
    w, h = box.width(), box.height()
    painter.drawRect(QRectF(w * 0.24, h * 0.22, w * 0.52, h * 0.62))
    painter.setBrush(QColor(255, 255, 255, 200))
    for line in range(3):
        for place in range(2):
            painter.drawRect(QRectF(w * (0.32 + 0.22 * place), h * (0.3 + 0.17 * line), w * 0.14, h * 0.09))


def draw_sign(painter: QPainter, box: QRectF, sign: str, colour: QColor) -> None:
    """A line drawing of one way to say who somebody is: card, code, number, bell."""
    pen = QPen(colour, max(2.0, box.width() / 22))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    {"card": _card, "code": _code, "number": _number, "bell": _bell}[sign](painter, box)


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.left() + box.width() * x, box.top() + box.height() * y)


def _card(painter: QPainter, box: QRectF) -> None:
    painter.drawRoundedRect(QRectF(_at(box, 0.08, 0.22), _at(box, 0.92, 0.78)), 4, 4)
    painter.drawRoundedRect(QRectF(_at(box, 0.18, 0.36), _at(box, 0.36, 0.52)), 2, 2)
    painter.drawLine(_at(box, 0.18, 0.66), _at(box, 0.52, 0.66))
    painter.drawLine(_at(box, 0.6, 0.42), _at(box, 0.82, 0.42))
    painter.drawLine(_at(box, 0.6, 0.54), _at(box, 0.82, 0.54))


def _code(painter: QPainter, box: QRectF) -> None:
    for x, y in ((0.14, 0.14), (0.58, 0.14), (0.14, 0.58)):
        painter.drawRoundedRect(QRectF(_at(box, x, y), _at(box, x + 0.28, y + 0.28)), 2, 2)
        painter.drawPoint(_at(box, x + 0.14, y + 0.14))
    for x, y in ((0.6, 0.6), (0.72, 0.72), (0.86, 0.6), (0.6, 0.86), (0.86, 0.86)):
        painter.drawPoint(_at(box, x, y))


def _number(painter: QPainter, box: QRectF) -> None:
    painter.drawRoundedRect(QRectF(_at(box, 0.06, 0.26), _at(box, 0.94, 0.74)), 4, 4)
    for n in range(5):
        painter.drawPoint(_at(box, 0.18 + 0.16 * n, 0.42))
    painter.drawLine(_at(box, 0.28, 0.6), _at(box, 0.72, 0.6))


def _bell(painter: QPainter, box: QRectF) -> None:
    path = QPainterPath(_at(box, 0.2, 0.7))
    path.cubicTo(_at(box, 0.34, 0.56), _at(box, 0.2, 0.2), _at(box, 0.5, 0.2))
    path.cubicTo(_at(box, 0.8, 0.2), _at(box, 0.66, 0.56), _at(box, 0.8, 0.7))
    path.closeSubpath()
    painter.drawPath(path)
    painter.drawLine(_at(box, 0.44, 0.82), _at(box, 0.56, 0.82))
