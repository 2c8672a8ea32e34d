"""What is dropped or pasted onto a material: files, or a picture somebody has copied."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

Dropped = Path | QImage


def dropped(data: QMimeData) -> tuple[Dropped, ...]:
    """The files in it, else the picture in it; () when there is nothing a material could take."""
    files = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if files:
        return files
    picture = data.imageData() if data.hasImage() else None
    return (picture,) if isinstance(picture, QImage) and not picture.isNull() else ()
