"""Invented pages as a document camera would hand them over."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

_LINES = ("医疗机构：示例市人民医院", "姓名：张某某　　住院号：00000000", "入院 2026-10-08　出院 2026-10-21")


def page_picture(title: str = "住院费用结算单", width: int = 1240, height: int = 1754) -> bytes:
    """A page with a title and ruled lines, as JPEG; whoever calls has an application."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#f7f5ef"))
    painter = QPainter(image)
    font = painter.font()
    font.setPixelSize(64)
    painter.setFont(font)
    painter.drawText(QRect(0, 90, width, 100), Qt.AlignmentFlag.AlignCenter, title)
    font.setPixelSize(34)
    painter.setFont(font)
    for nth, line in enumerate(_LINES):
        painter.drawText(110, 290 + nth * 70, line)
    painter.setPen(QPen(QColor("#9aa"), 2))
    for y in range(520, height - 160, 72):
        painter.drawLine(110, y, width - 110, y)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", 85)  # type: ignore[call-overload]
    return bytes(buffer.data().data())
