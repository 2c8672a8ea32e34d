"""列表: a table of the last calls over the whole board."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF

from ui.faces.board_waiting import group_words
from ui.faces.boards.pieces import (
    NUMBER_PX,
    RIGHT,
    ROW,
    Layout,
    Piece,
    Scene,
    frame,
    headline,
    headline_share,
    newest_key,
    rows,
    unit,
)


def plan(scene: Scene, size: QSizeF) -> Sequence[Piece]:
    """Two columns of calls on a wide board, one on a tall one; one line says who waits."""
    pieces, room = frame(scene, size)
    u = unit(size)
    if scene.view.headline:
        above = QRectF(
            room.left(),
            room.top(),
            room.width(),
            room.height() * (0.3 if size.width() > size.height() else headline_share(scene, 0.3)),
        )
        pieces += headline(scene, above, u)
        room = room.adjusted(0, above.height() + 18 * u, 0, 0)
    across = 1 if size.height() > size.width() else 2
    lines = _waiting(scene, across)
    deep = 62 * u if across == 2 and len(lines) == 1 else 66 * u * len(lines)
    for nth, words in enumerate(lines):
        each = deep / len(lines)
        line = QRectF(room.left(), room.bottom() - deep + nth * each, room.width(), each)
        pieces.append(Piece(line, words, 44 * u, "on_board2"))
    room = room.adjusted(0, 0, 0, -deep - 12 * u)
    gap = 48 * u
    width = (room.width() - gap * (across - 1)) / across
    head = 62 * u
    each = max(1, int((room.height() - head) // (NUMBER_PX * u * ROW)))
    for nth in range(across):
        box = QRectF(room.left() + nth * (width + gap), room.top(), width, room.height())
        pieces += _column(scene, box, u, nth * each, each)
    return pieces


def _column(scene: Scene, box: QRectF, u: float, first: int, count: int) -> list[Piece]:
    head = QRectF(box.left() + 20 * u, box.top(), box.width() - 40 * u, 56 * u)
    below = box.adjusted(0, 62 * u, 0, 0)
    names = [
        Piece(
            QRectF(head.left(), head.top(), head.width() / 2, head.height()),
            scene.beside("号码"),
            42 * u,
            "on_board2",
        ),
        Piece(
            QRectF(head.center().x(), head.top(), head.width() / 2, head.height()),
            scene.beside("请到"),
            42 * u,
            "on_board2",
            align=RIGHT,
        ),
    ]
    return names + rows(
        scene.view.shouts[first : first + count], below, NUMBER_PX * u, count, newest_key(scene)
    )


def _waiting(scene: Scene, across: int) -> list[str]:
    """Who waits, in one line where there is room; below it, or below each, the other language."""
    said = [(group_words(line), scene.turned(group_words(line))) for line in scene.view.groups]
    if across == 1:
        return [words for pair in said for words in pair if words] or [""]
    return [line for line in ("　　".join(filter(None, one)) for one in zip(*said, strict=True)) if line] or [
        ""
    ]


LAYOUT = Layout("table", "整屏列表", plan)
