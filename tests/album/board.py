"""The board of the hall: every layout in every state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from tests.album.look import Face, Limits, Room, Shown, Style
from tests.fakes import boards
from tests.ui import checks
from ui import theme
from ui.faces.board import chosen_layout
from ui.faces.boards import pieces as p
from ui.widgets.board_canvas import BoardCanvas, fits, fitted

ROOMS = ((1920, 1080), (1080, 1920), (1366, 768))
CONTRAST = {"light": 4.5, "contrast": 7.0}
CHAPTERS = tuple(f"{layout}-{state or 'calls'}" for layout in p.layouts() for state in boards.STATES)


def show(bot: Any, app: QApplication, style: Style, room: Room, chapter: str) -> Iterator[Shown]:
    """One layout in one state."""
    layout, _, state = chapter.partition("-")
    state = "" if state == "calls" else state
    canvas = BoardCanvas(theme.load(style.theme, 100), chosen_layout(layout))
    notice = "" if layout == "table" else boards.NOTICE
    aside, tongues = "语音未启用" if state == "lost" else "", boards.TONGUES if "tongues" in state else ()
    canvas.put(boards.scene(boards.STATES[state], notice, aside, tongues))
    canvas.resize(*room)
    canvas.show()
    bot.waitExposed(canvas)
    try:
        for turn, code in enumerate(tongues or ("",)):
            canvas.put(boards.scene(boards.STATES[state], notice, aside, tongues, turn))
            name = f"{chapter}-{code}" if code else chapter
            yield Shown(name, canvas, app.processEvents, lambda: wrong_pieces(canvas, style.theme))
    finally:
        canvas.close()
        canvas.deleteLater()


def wrong_pieces(canvas: BoardCanvas, name: str) -> list[str]:
    """What cannot be read from eight metres, or stands on something else."""
    size, found = QSizeF(canvas.size()), canvas.pieces()
    texts = [piece for piece in found if piece.text]
    u = p.unit(size)
    least = {True: p.NUMBER_PX * u * 0.66, False: p.WORDS_PX * u * 0.55}
    wrong = []
    for piece in texts:
        font = fitted(QFont(canvas.font()), piece)
        if not fits(font, piece):
            wrong.append(f"clipped: {piece.text}")
        if font.pixelSize() < least[piece.is_number]:
            wrong.append(f"small words: {piece.text} {font.pixelSize()} px")
        if piece.is_number and piece.px < p.NUMBER_PX * u - 0.01:
            wrong.append(f"small number: {piece.text} {piece.px:.0f} px")
    wrong += [f"outside: {x.text or x.ground}" for x in found if not _inside(x, size)]
    wrong += [f"overlap: {one}" for one in _over(texts)]
    return wrong + [f"pale: {one}" for one in _pale(canvas, found, CONTRAST[name])]


def _inside(piece: p.Piece, size: QSizeF) -> bool:
    box = piece.rect
    return box.left() >= -1 and box.right() <= size.width() + 1 and box.bottom() <= size.height() + 1


def _over(texts: Sequence[p.Piece]) -> list[str]:
    return [
        f"{one.text} and {other.text}"
        for nth, one in enumerate(texts)
        for other in texts[nth + 1 :]
        if one.rect.adjusted(2, 8, -2, -8).intersects(other.rect.adjusted(2, 8, -2, -8))
    ]


def _pale(canvas: BoardCanvas, found: Sequence[p.Piece], least: float) -> list[str]:
    """Words too near in colour to the last ground painted under their middle."""
    wrong = []
    for nth, piece in enumerate(found):
        if not piece.text:
            continue
        under = [x.ground for x in found[: nth + 1] if x.ground and x.rect.contains(piece.rect.center())]
        ratio = checks.ratio(*(QColor(canvas.theme.colour(one)) for one in (piece.colour, under[-1])))
        if ratio < least:
            wrong.append(f"{piece.text} {ratio:.1f}")
    return wrong


FACE = Face("board", ROOMS, CHAPTERS, show, Limits(), scales=(100,))
