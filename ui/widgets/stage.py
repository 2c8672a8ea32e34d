"""A page to be looked at closely: fitted, enlarged, moved, turned for the eye, and covered in places."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy

STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0)  # times as large as fitted
STEP = 0.04  # of the page, by which a key moves or sizes
NEW_BOX = QRectF(0.3, 0.45, 0.4, 0.08)
COVERING = "方向键移动，加 Shift 改大小\n空格再加一块，退格去掉\n回车盖上，Esc 不盖\n原页封存备查"
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Stage(QLabel):
    """One page. What is covered is only drawn until somebody burns it in; shares are of the page, 0 to 1."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._whole = QPixmap()
        self._turned = 0
        self._zoom = 0
        self._middle = QPointF(0.5, 0.5)
        self._from: QPointF | None = None
        self.boxes: list[QRectF] = []
        self.is_covering = False

    # --- what is shown ----------------------------------------------------------------------
    def put(self, data: bytes | None, unreadable: str = "") -> None:
        """Show a page anew, fitted and upright as it is kept; words where it is no picture."""
        image = QImage.fromData(data) if data is not None else QImage()
        self._whole = QPixmap.fromImage(image) if not image.isNull() else QPixmap()
        self._zoom, self._turned, self._middle = 0, 0, QPointF(0.5, 0.5)
        self.stop_covering()
        self.clear()
        if data is not None and image.isNull():
            self.setText(unreadable)
        self.refit()

    @property
    def is_empty(self) -> bool:
        """Whether there is no picture."""
        return self._whole.isNull()

    @property
    def zoom(self) -> float:
        """How many times as large as fitted."""
        return STEPS[self._zoom]

    def closer(self, by: int) -> None:
        """Enlarge, reduce, or (0) fit again."""
        self._zoom = max(0, min(self._zoom + by, len(STEPS) - 1)) if by else 0
        self.pan(0, 0)

    def pan(self, right: int, down: int) -> None:
        """Move what is seen, by steps of a key; never beyond the page."""
        half, step = 0.5 / self.zoom, 2 * STEP / self.zoom
        x, y = self._middle.x() + right * step, self._middle.y() + down * step
        self._middle = QPointF(min(max(x, half), 1 - half), min(max(y, half), 1 - half))
        self.refit()

    def turn(self, degrees: int) -> None:
        """Turn for the eye only; the page stays as it is kept."""
        self._turned = (self._turned + degrees) % 360
        self.closer(0)

    def refit(self) -> None:
        """Draw the part that is seen, as large as there is room."""
        room = self.size()
        if self.is_empty or room.width() <= 20 or room.height() <= 20:
            return
        page = self._whole.transformed(QTransform().rotate(self._turned)) if self._turned else self._whole
        part = page.copy(self._seen(page.size())) if self._zoom else page
        smooth = Qt.TransformationMode.SmoothTransformation
        self.setPixmap(part.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth))

    def _seen(self, page: QSize) -> QRect:
        """The part of a page that is seen, in its pixels."""
        share = 1 / self.zoom
        left, top = self._middle.x() - share / 2, self._middle.y() - share / 2
        wide, high = page.width(), page.height()
        return QRectF(left * wide, top * high, share * wide, share * high).toAlignedRect()

    # --- covering ---------------------------------------------------------------------------
    def start_covering(self) -> None:
        """One box in the middle, to be moved by keys or drawn by the mouse."""
        self._turned = 0
        self.closer(0)
        self.boxes, self.is_covering = [QRectF(NEW_BOX)], True
        self.update()

    def stop_covering(self) -> None:
        """Forget the boxes."""
        self.boxes, self.is_covering, self._from = [], False, None
        self.update()

    def add_box(self) -> None:
        """One box more, below the last."""
        last = self.boxes[-1] if self.boxes else NEW_BOX
        self.boxes.append(_inside(last.translated(0, last.height() + STEP / 2)))
        self.update()

    def drop_box(self) -> None:
        """Take the last box away."""
        if self.boxes:
            self.boxes.pop()
        self.update()

    def move_box(self, right: int, down: int, is_sizing: bool) -> None:
        """Move the last box by steps, or move its lower right corner."""
        if not self.boxes:
            return
        box, x, y = self.boxes[-1], right * STEP / 2, down * STEP / 2
        if is_sizing:
            wide, high = max(STEP / 2, box.width() + x), max(STEP / 2, box.height() + y)
            self.boxes[-1] = _inside(QRectF(box.x(), box.y(), wide, high))
        else:
            self.boxes[-1] = _inside(box.translated(x, y))
        self.update()

    def cover_key(self, key: Qt.Key, is_sizing: bool, burn: Callable[[], object]) -> bool:
        """A key while covers are laid: arrows move, with Shift they size, Space adds, Backspace takes away,
        Enter burns them in; tells whether it meant something.
        """
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Space: self.add_box,
            Qt.Key.Key_Backspace: self.drop_box,
            Qt.Key.Key_Delete: self.drop_box,
            Qt.Key.Key_Return: burn,
            Qt.Key.Key_Enter: burn,
            **{arrow: partial(self.move_box, *by, is_sizing) for arrow, by in ARROWS.items()},
        }
        if key not in acts:
            return False
        acts[key]()
        return True

    # --- drawing and the mouse --------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """The page, and over it what will be covered."""
        super().paintEvent(event)
        if not self.is_covering:
            return
        painter, drawn = QPainter(self), self._drawn()
        painter.setPen(QPen(Qt.GlobalColor.yellow, 2))
        painter.setBrush(QColor(0, 0, 0, 210))
        for box in self.boxes:
            left, top = drawn.x() + box.x() * drawn.width(), drawn.y() + box.y() * drawn.height()
            painter.drawRect(QRectF(left, top, box.width() * drawn.width(), box.height() * drawn.height()))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A box begins where the mouse goes down; the one that was only offered goes."""
        if self.is_covering:
            self._from = self._share(event.position())
            kept = [box for box in self.boxes if box != NEW_BOX]
            self.boxes = [*kept, QRectF(self._from, self._from)]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The box grows with the mouse."""
        if self._from is not None:
            self.boxes[-1] = _inside(QRectF(self._from, self._share(event.position())).normalized())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The box is done; a mere click makes none."""
        if self._from is not None and min(self.boxes[-1].width(), self.boxes[-1].height()) < STEP / 8:
            self.drop_box()
        self._from = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel enlarges; alone it moves what is seen."""
        steps = 1 if event.angleDelta().y() > 0 else -1
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.closer(steps)
        else:
            self.pan(0, -steps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture fits again."""
        super().resizeEvent(event)
        self.refit()

    def _drawn(self) -> QRectF:
        """Where the picture stands in the widget."""
        size = self.pixmap().size()
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, max(1, size.width()), max(1, size.height()))

    def _share(self, at: QPointF) -> QPointF:
        drawn = self._drawn()
        x, y = (at.x() - drawn.x()) / drawn.width(), (at.y() - drawn.y()) / drawn.height()
        return QPointF(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))


def _inside(box: QRectF) -> QRectF:
    """A box that does not leave the page."""
    wide, high = min(box.width(), 1.0), min(box.height(), 1.0)
    return QRectF(min(max(box.x(), 0.0), 1 - wide), min(max(box.y(), 0.0), 1 - high), wide, high)
