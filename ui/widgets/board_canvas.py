"""The surface of a board: draws pieces, flashes what was just called, and tells when it was painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.faces.boards.pieces import Layout, Piece, Scene
from ui.theme import Theme

FLASH_MS = 500  # half a beat: once a second, far below the three a second that may harm
FLASHES = 16  # half beats: eight seconds
MOST_FONTS = 400
SMALLEST_PX = 10.0


class BoardCanvas(QWidget):
    """One board. `painted` follows each painting, once it is on the screen."""

    painted = Signal()

    def __init__(self, theme: Theme, layout: Layout) -> None:
        super().__init__()
        self.setAccessibleName("叫号屏")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.theme, self.layout_ = theme, layout
        self._scene: Scene | None = None
        self._beats: dict[str, int] = {}
        self._fonts: dict[tuple[str, float, float, float], QFont] = {}
        self._timer = QTimer(self, interval=FLASH_MS)
        self._timer.timeout.connect(self._beat)

    @property
    def scene(self) -> Scene | None:
        """What is shown."""
        return self._scene

    def put(self, scene: Scene) -> None:
        """Show another state."""
        self._scene = scene
        self.setAccessibleDescription(_heard(scene))
        self.update()

    def say(self, words: str) -> None:
        """A word instead of the sentence at the foot, until something else is shown."""
        if self._scene is not None:
            self.put(replace(self._scene, spoken=words))

    def flash(self, ticket_id: str) -> None:
        """Flash one call from now on, for some seconds."""
        self._beats[ticket_id] = FLASHES
        self._timer.start()
        self.update()

    @property
    def flashing(self) -> frozenset[str]:
        """The calls that flash now."""
        return frozenset(self._beats)

    def pieces(self) -> Sequence[Piece]:
        """What is drawn now, in drawing order."""
        if self._scene is None:
            return ()
        return self.layout_.plan(self._scene, QSizeF(self.size()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every piece, ground first."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        if self._scene is None:
            painter.fillRect(self.rect(), QColor(self.theme.colour("board")))
        seen = QRectF(event.rect())
        for piece in self.pieces():
            if piece.rect.intersects(seen):
                self._draw(painter, piece)
        painter.end()
        QTimer.singleShot(0, self, self.painted.emit)

    def _draw(self, painter: QPainter, piece: Piece) -> None:
        bright = bool(self._beats.get(piece.key, 0) % 2 == 0 and piece.key in self._beats)
        ground = "flash" if bright and not piece.text else piece.ground
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.colour(ground)))
            painter.drawRoundedRect(piece.rect, piece.radius, piece.radius)
        if not piece.text:
            return
        painter.setFont(self._font(painter.font(), piece))
        painter.setPen(QColor(self.theme.colour("on_call" if bright else piece.colour)))
        wrap = Qt.TextFlag.TextWordWrap if piece.wraps else Qt.TextFlag.TextSingleLine
        painter.drawText(piece.rect, int(piece.align) | wrap, piece.text)

    def _font(self, font: QFont, piece: Piece) -> QFont:
        """The fitted font; finding it costs more than drawing with it, and most pieces stay the same."""
        key = (piece.text, piece.px, piece.rect.width(), piece.rect.height())
        if key not in self._fonts:
            if len(self._fonts) > MOST_FONTS:
                self._fonts.clear()
            self._fonts[key] = fitted(font, piece)
        return self._fonts[key]

    def _beat(self) -> None:
        """The next half beat; only what flashes is drawn again."""
        for piece in self.pieces():
            if piece.key in self._beats:
                self.update(piece.rect.toAlignedRect().adjusted(-2, -2, 2, 2))
        self._beats = {key: left - 1 for key, left in self._beats.items() if left > 1}
        if not self._beats:
            self._timer.stop()


def fitted(font: QFont, piece: Piece) -> QFont:
    """The font of a piece, made smaller until its words fit into its place."""
    made = QFont(font)
    made.setBold(piece.is_number or piece.px > 60)
    px = piece.px
    while True:
        made.setPixelSize(max(1, round(px)))
        if px <= SMALLEST_PX or fits(made, piece):
            return made
        px *= 0.94


def fits(font: QFont, piece: Piece) -> bool:
    """Whether a piece's words keep inside its place in this font."""
    metrics = QFontMetricsF(font)
    if piece.wraps:
        room = QRectF(0, 0, piece.rect.width(), 1e6)
        box = metrics.boundingRect(room, int(piece.align) | Qt.TextFlag.TextWordWrap, piece.text)
        return box.height() <= piece.rect.height() + 1
    return (
        metrics.horizontalAdvance(piece.text) <= piece.rect.width() + 1
        and metrics.tightBoundingRect(piece.text).height() <= piece.rect.height() + 1
    )


def _heard(scene: Scene) -> str:
    """The board for a screen reader."""
    return "；".join(f"{one.number} 到 {one.window} 号窗口" for one in scene.view.shouts[:5])
