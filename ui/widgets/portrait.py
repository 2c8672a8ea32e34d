"""The photo of a document, beside the person it belongs to."""

from __future__ import annotations

import base64
import binascii

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.drawing import draw_picture, draw_silhouette


class Portrait(QWidget):
    """The place of the photo: the picture when there is one, else a calm silhouette."""

    def __init__(self, side: int = 58) -> None:
        super().__init__()
        self._side = side
        self._picture: object | None = None
        self._data = ""
        self._employer = False
        self.setAccessibleName("照片")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def put(self, photo: str, employer: bool = False) -> None:
        """Show a photo given as base64 text; "" shows the silhouette."""
        if (photo, employer) == (self._data, self._employer):
            return
        self._data, self._employer = photo, employer
        self._picture = _picture(photo) if photo else None
        self.update()

    def sizeHint(self) -> QSize:
        """A passport picture's shape."""
        scale = self.fontMetrics().height() / 20
        return QSize(round(self._side * 0.82 * scale), round(self._side * scale))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than it is meant to be."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture or the silhouette in the theme's colours."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._picture is not None:
            draw_picture(painter, self.rect(), self._picture)
        else:
            draw_silhouette(painter, self.rect(), self.palette(), self._employer)
        painter.end()


def _picture(photo: str) -> object | None:
    try:
        raw = base64.b64decode(photo, validate=True)
    except (binascii.Error, ValueError):
        return None
    image = QImage.fromData(raw)
    return None if image.isNull() else image
