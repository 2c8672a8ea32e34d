"""公告: the last calls on the left, the hall's own words on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF

from ui.faces.board_waiting import below_calls, groups, groups_room
from ui.faces.boards.pieces import (
    NUMBER_PX,
    Layout,
    Piece,
    Scene,
    frame,
    headline,
    headline_share,
    newest_key,
    notice,
    rows,
    unit,
)


def plan(scene: Scene, size: QSizeF) -> Sequence[Piece]:
    """The calls get the greater part; on a tall board the words stand below."""
    pieces, room = frame(scene, size)
    u = unit(size)
    if size.height() > size.width():
        calls = QRectF(room.left(), room.top(), room.width(), room.height() * 0.6)
        words = QRectF(
            room.left(), calls.bottom() + 30 * u, room.width(), room.bottom() - calls.bottom() - 30 * u
        )
    else:
        calls = QRectF(room.left(), room.top(), room.width() * 0.6, room.height())
        words = QRectF(
            calls.right() + 60 * u, room.top(), room.right() - calls.right() - 60 * u, room.height()
        )
    if scene.view.headline:
        above = QRectF(calls.left(), calls.top(), calls.width(), calls.height() * headline_share(scene, 0.36))
        pieces += headline(scene, above, u)
        calls = calls.adjusted(0, above.height() + 18 * u, 0, 0)
    pieces += rows(scene.view.shouts, calls, NUMBER_PX * u, 8, newest_key(scene))
    if size.height() > size.width():
        return pieces + below_calls(scene, words, u)
    used = groups_room(scene, words, u, 0.5)
    upper = QRectF(words.left(), words.top(), words.width(), used)
    lower = words.adjusted(0, used + 24 * u, 0, 0)
    return pieces + groups(scene, upper, u) + notice(scene, lower, u)


LAYOUT = Layout("notice", "叫号加公告栏", plan)
