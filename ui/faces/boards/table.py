"""列表: a table of the last calls over the whole board."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF

from ui.faces.boards.pieces import (
    NUMBER_PX,
    RIGHT,
    ROW,
    Layout,
    Piece,
    Scene,
    frame,
    headline,
    newest_key,
    rows,
    unit,
    wait_words,
)


def plan(scene: Scene, size: QSizeF) -> Sequence[Piece]:
    """Two columns of calls on a wide board, one on a tall one; one line says who waits."""
    pieces, room = frame(scene, size)
    u = unit(size)
    if scene.view.headline:
        above = QRectF(room.left(), room.top(), room.width(), room.height() * 0.3)
        pieces += headline(scene, above, u)
        room = room.adjusted(0, above.height() + 18 * u, 0, 0)
    across = 1 if size.height() > size.width() else 2
    deep = 62 * u if across == 2 else 66 * u * max(1, len(scene.view.groups))
    line = QRectF(room.left(), room.bottom() - deep, room.width(), deep)
    pieces.append(Piece(line, _waiting(scene, across), 44 * u, "on_board2", wraps=across == 1))
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
        Piece(QRectF(head.left(), head.top(), head.width() / 2, head.height()), "号码", 42 * u, "on_board2"),
        Piece(
            QRectF(head.center().x(), head.top(), head.width() / 2, head.height()),
            "请到",
            42 * u,
            "on_board2",
            align=RIGHT,
        ),
    ]
    return names + rows(
        scene.view.shouts[first : first + count], below, NUMBER_PX * u, count, newest_key(scene)
    )


def _waiting(scene: Scene, across: int) -> str:
    told = (f"{line.name} {line.waiting} 人等候 {wait_words(line)}".strip() for line in scene.view.groups)
    return ("　　" if across == 2 else "\n").join(told)


LAYOUT = Layout("table", "整屏列表", plan)
