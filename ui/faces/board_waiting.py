"""Who waits for what, and about how long: the part of a board that no call stands in."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from counter_app.services.hall.board import GroupLine
from ui.faces.boards.pieces import RIGHT, WORDS_PX, Piece, Scene, notice, split

WIDE_GROUP = 520  # from here on a group's estimate has room for another language beside it
ESTIMATE_SHARE = 0.52  # of a group's width for the Chinese then


def groups(scene: Scene, box: QRectF, u: float) -> list[Piece]:
    """Who waits for what, and about how long; only as many lines as there is room for."""
    pieces = [
        Piece(
            QRectF(box.left(), box.top(), box.width(), 64 * u),
            scene.beside("正在等候"),
            WORDS_PX * u,
            "on_board2",
        )
    ]
    top, height = box.top() + 68 * u, group_height(scene, box.width(), u)
    for line in scene.view.groups:
        if top + height > box.bottom() + 1:
            break
        pieces += _group(scene, line, QRectF(box.left(), top, box.width(), height), u)
        top += height
    return pieces


def group_height(scene: Scene, width: float, u: float) -> float:
    """How tall a group stands; one line more where another language finds no room beside the estimate."""
    return (116 + 52 * (bool(scene.tongues) and width < WIDE_GROUP * u)) * u


def groups_room(scene: Scene, box: QRectF, u: float, share: float) -> float:
    """The height that whole groups take, within a share of a box."""
    one, room = group_height(scene, box.width(), u), box.height() * share - 68 * u
    return 68 * u + one * max(0, min(len(scene.view.groups), int(room // one)))


def group_words(line: GroupLine) -> str:
    """A group in one sentence: how many wait, and about how long."""
    return f"{line.name} {line.waiting} 人等候 {wait_words(line)}".strip()


def _group(scene: Scene, line: GroupLine, box: QRectF, u: float) -> list[Piece]:
    upper, lower = split(box, 60 * u)
    lower.setHeight(50 * u)
    right = QRectF(upper)
    upper.setWidth(box.width() * 0.62)
    right.setLeft(upper.right())
    estimate = QRectF(lower)
    if scene.turned(wait_words(line)) and box.width() >= WIDE_GROUP * u:
        estimate.setWidth(box.width() * ESTIMATE_SHARE)
    return [
        Piece(upper, line.name, 46 * u, "on_board"),
        Piece(right, f"{line.waiting} 人", 52 * u, "on_board", align=RIGHT),
        Piece(estimate, wait_words(line), WORDS_PX * u, "on_board2"),
        *_told(scene, line, lower, u),
    ]


def _told(scene: Scene, line: GroupLine, estimate: QRectF, u: float) -> list[Piece]:
    """The estimate in the language whose turn it is: beside the Chinese, on a narrow board below it."""
    words = scene.turned(wait_words(line))
    if not words:
        return []
    if estimate.width() < WIDE_GROUP * u:
        below = QRectF(estimate.left(), estimate.bottom(), estimate.width(), 52 * u)
        return [Piece(below, words, WORDS_PX * u, "on_board2")]
    half = QRectF(estimate)
    half.setLeft(estimate.left() + estimate.width() * ESTIMATE_SHARE)
    return [Piece(half, words, WORDS_PX * u, "on_board2", align=RIGHT)]


def wait_words(line: GroupLine) -> str:
    """The estimate as it is said: 约等 12～20 分钟."""
    if not line.high_min:
        return "随到随办" if not line.waiting else ""
    if line.low_min >= line.high_min:
        return f"约等 {line.high_min} 分钟"
    return f"约等 {line.low_min}～{line.high_min} 分钟"


def below_calls(scene: Scene, box: QRectF, u: float) -> list[Piece]:
    """The foot of a tall board: who waits on the left, the hall's own words on the right."""
    if not scene.notice:
        return groups(scene, box, u)
    left, right = QRectF(box), QRectF(box)
    left.setWidth(box.width() * 0.44)
    right.setLeft(left.right() + 40 * u)
    return groups(scene, left, u) + notice(scene, right, u)
