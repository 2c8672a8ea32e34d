"""Contact sheets: many pages on one picture, each with its name, to be looked at side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

ACROSS = 5
CELL = QSize(384, 240)
WORDS = 22  # px under each page for its name


def sheet(pages: Sequence[Path], target: Path) -> None:
    """One picture of all pages, as PNG."""
    rows = -(-len(pages) // ACROSS)
    image = QImage(ACROSS * CELL.width(), rows * (CELL.height() + WORDS), QImage.Format.Format_RGB32)
    image.fill(QColor("#55606e"))
    painter = QPainter(image)
    font = QFont("Noto Sans CJK SC")
    font.setPixelSize(13)
    painter.setFont(font)
    painter.setPen(QColor("#ffffff"))
    for nth, page in enumerate(pages):
        left, top = nth % ACROSS * CELL.width(), nth // ACROSS * (CELL.height() + WORDS)
        _place(
            painter, QImage(str(page)), QRect(left, top, CELL.width(), CELL.height()).adjusted(4, 4, -4, -2)
        )
        words = QRect(left + 6, top + CELL.height(), CELL.width() - 12, WORDS)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, page.stem)
    painter.end()
    target.parent.mkdir(parents=True, exist_ok=True)
    assert image.save(str(target), "PNG", 60)  # type: ignore[call-overload]


def _place(painter: QPainter, picture: QImage, box: QRect) -> None:
    small = picture.scaled(
        box.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    painter.drawImage(box.center() - small.rect().center(), small)
