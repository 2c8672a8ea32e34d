"""大字: one call as large as it goes, the last ones below it, who waits beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF

from counter_app.services.hall.board import Shout
from ui.faces.board_waiting import below_calls, groups, groups_room
from ui.faces.boards.pieces import (
    NUMBER_PX,
    Layout,
    Piece,
    Scene,
    frame,
    headline_share,
    newest,
    notice,
    rows,
    unit,
)


def plan(scene: Scene, size: QSizeF) -> Sequence[Piece]:
    """Beside one another on a wide board, below one another on a tall one."""
    pieces, room = frame(scene, size)
    u = unit(size)
    if size.height() > size.width():
        return pieces + _tall(scene, room, u)
    left = QRectF(room.left(), room.top(), room.width() * 0.64, room.height())
    right = QRectF(left.right() + 48 * u, room.top(), room.right() - left.right() - 48 * u, room.height())
    card = QRectF(left.left(), left.top(), left.width(), left.height() * headline_share(scene, 0.47))
    below = QRectF(left.left(), card.bottom() + 18 * u, left.width(), left.bottom() - card.bottom() - 18 * u)
    pieces += newest(scene, card, u) + rows(_rest(scene), below, NUMBER_PX * u, 4)
    return pieces + _beside(scene, right, u)


def _tall(scene: Scene, room: QRectF, u: float) -> list[Piece]:
    card = QRectF(room.left(), room.top(), room.width(), room.height() * headline_share(scene, 0.3))
    foot = QRectF(room.left(), room.top() + room.height() * 0.74, room.width(), room.height() * 0.26)
    below = QRectF(room.left(), card.bottom() + 18 * u, room.width(), foot.top() - card.bottom() - 42 * u)
    return newest(scene, card, u) + rows(_rest(scene), below, NUMBER_PX * u, 5) + below_calls(scene, foot, u)


def _beside(scene: Scene, box: QRectF, u: float) -> list[Piece]:
    if not scene.notice:
        return groups(scene, box, u)
    used = groups_room(scene, box, u, 0.62)
    upper = QRectF(box.left(), box.top(), box.width(), used)
    lower = QRectF(box.left(), upper.bottom() + 20 * u, box.width(), box.bottom() - upper.bottom() - 20 * u)
    return groups(scene, upper, u) + notice(scene, lower, u)


def _rest(scene: Scene) -> Sequence[Shout]:
    return scene.view.shouts if scene.view.headline else scene.view.shouts[1:]


LAYOUT = Layout("big", "大字加最近叫号", plan)
