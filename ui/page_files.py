"""Files as pages of a material: pictures and PDF become JPEG of a size that is kept; covers are burnt in.

Runs on a worker. Nothing is written beside the file: a PDF goes through a pipe, so its name, which may be
somebody's, stands in no list of processes.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from counter_app.problems import Problem

MOST_BYTES = 1 << 20  # of one page, as the visit takes it
MOST_PAGES = 60
SIZES = (3508, 2480, 1754)  # px of the longer side: A4 at 300, 212 and 150 dpi
LARGEST_FILE = 64 << 20  # bytes
QUALITIES = (85, 60, 40)
TOOL = "pdftoppm"
PATIENCE_S = 60.0


def pages_of(file: Path) -> tuple[bytes, ...]:
    """The pages of a picture or a PDF as JPEG. Raises Problem `page-file`, `page-file-tool`."""
    try:
        data = file.read_bytes() if file.stat().st_size <= LARGEST_FILE else b""
    except OSError as error:
        raise Problem("page-file", "file", file.suffix) from error
    return _pdf(data, file.suffix) if data.startswith(b"%PDF-") else (_picture(data, file.suffix),)


def jpeg(image: QImage) -> bytes:
    """A picture as JPEG no larger than a page may be. Raises Problem `page-file`."""
    for longest in SIZES:
        flat = _flat(image, longest)
        for quality in QUALITIES:
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            flat.save(buffer, "JPEG", quality)  # type: ignore[call-overload]
            if 0 < buffer.size() <= MOST_BYTES:
                return bytes(buffer.data().data())
    raise Problem("page-file", "file", "JPEG")


def _flat(image: QImage, longest: int) -> QImage:
    """A picture on white, neither side longer than so many px."""
    if max(image.width(), image.height()) > longest:
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio, smooth)
    made = QImage(image.size(), QImage.Format.Format_RGB32)
    made.fill(QColor("white"))
    painter = QPainter(made)
    painter.drawImage(0, 0, image)
    painter.end()
    return made


def blackened(data: bytes, boxes: Sequence[QRectF]) -> bytes:
    """A page with black boxes over parts of it, given as shares of its width and height (0 to 1).

    Nothing of what lies under a box is in the answer. Raises Problem `page-file`.
    """
    image = QImage.fromData(data).convertToFormat(QImage.Format.Format_RGB32)
    if image.isNull():
        raise Problem("page-file", "file", "JPEG")
    painter = QPainter(image)
    for box in boxes:
        wide, high = image.width(), image.height()
        whole = QRectF(box.x() * wide, box.y() * high, box.width() * wide, box.height() * high)
        painter.fillRect(whole.toAlignedRect(), QColor("black"))
    painter.end()
    return jpeg(image)


def _picture(data: bytes, suffix: str) -> bytes:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    image = _read(buffer)
    if image.isNull():
        raise Problem("page-file", "file", suffix)
    return jpeg(image)


def _read(buffer: QBuffer) -> QImage:
    """The picture in a buffer; the caller holds it, because a reader must be gone before what it reads."""
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)  # a telephone says how it was held
    return reader.read()


def _pdf(data: bytes, suffix: str) -> tuple[bytes, ...]:
    pages: list[bytes] = []
    while len(pages) < MOST_PAGES:
        page = _pdf_page(data, len(pages) + 1, suffix)
        if not page:
            break
        pages.append(_picture(page, suffix))
    if not pages:
        raise Problem("page-file", "file", suffix)
    return tuple(pages)


def _pdf_page(data: bytes, nth: int, suffix: str) -> bytes:
    """One page of a PDF, b"" behind the last."""
    command = [TOOL, "-jpeg", "-r", "150", "-f", str(nth), "-l", str(nth), "-"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=False, timeout=PATIENCE_S)
    except FileNotFoundError as error:
        raise Problem("page-file-tool", "file", TOOL) from error
    except subprocess.TimeoutExpired as error:
        raise Problem("page-file", "file", suffix) from error
    return done.stdout if done.returncode == 0 else b""
