"""What a layout is made of: pieces of text and ground at their places, and the parts all layouts share.

Lengths are logical pixels. A board of 1080 lines is the measure (`unit` = 1); legible at 8 m means
that no number of a call stands smaller than `NUMBER_PX` on it (a 43" panel: 60 mm).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSizeF, Qt

from counter_app import walk
from counter_app.domain.value import Value
from counter_app.services.hall.board import BoardView, Shout
from counter_app.services.hall.sentences import written
from ui.faces.board_words import also, beside, turned

NUMBER_PX = 120  # the least a number of a call measures on a board of 1080 lines
ROW = 1.12  # a row of the list, in sizes of its number
WORDS_PX = 40  # the least anything else measures there
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter
WEEKDAYS = "一二三四五六日"
WAIT_FOR_CALL = "请留意叫号"


class Piece(Value, frozen=True):
    """A text on a ground. `colour` and `ground` are tokens of the theme, "" = none.

    `key` is the ticket that makes it flash. The text shrinks where it is too wide, and breaks its
    lines where `wraps`.
    """

    rect: QRectF
    text: str = ""
    px: float = 0
    colour: str = "on_board"
    ground: str = ""
    align: Qt.AlignmentFlag = LEFT
    key: str = ""
    is_number: bool = False
    wraps: bool = False
    radius: float = 0


class Scene(Value, frozen=True):
    """Everything a layout may draw from. `notice` is the hall's own text, one paragraph a line;
    `aside` is a small word for the staff (语音未启用), `tongues` are the hall's other languages; all but the
    call is told in one of them at a time, the `turn`th.
    """

    view: BoardView
    hall: str
    now: datetime
    notice: str = ""
    spoken: str = ""
    aside: str = ""
    tongues: tuple[str, ...] = ()
    turn: int = 0

    def turned(self, words: str) -> str:
        """A text in the language whose turn it is; "" where it has none."""
        return turned(words, self.tongues, self.turn)

    def beside(self, words: str) -> str:
        """A heading with the same in the language whose turn it is."""
        return beside(words, self.tongues, self.turn)


class Layout(Value, frozen=True):
    """One way to arrange a board. `plan` is pure: the same scene and size give the same pieces."""

    id: str
    title: str
    plan: Callable[[Scene, QSizeF], Sequence[Piece]]


def layouts() -> Mapping[str, Layout]:
    """Every layout by its id."""
    import ui.faces.boards as package

    return walk.found(package, "LAYOUT", lambda layout: layout.id)


def unit(size: QSizeF) -> float:
    """How long a line of the measure is on this board."""
    upright = size.height() > size.width()
    return min(size.width() / (1080 if upright else 1920), size.height() / (1920 if upright else 1080))


def frame(scene: Scene, size: QSizeF) -> tuple[list[Piece], QRectF]:
    """Head and foot of every board, and the room between them."""
    u = unit(size)
    tall = (116 + 68 * bool(scene.tongues)) * u
    head, foot = QRectF(0, 0, size.width(), 96 * u), QRectF(0, 0, size.width(), tall)
    foot.moveBottom(size.height())
    pieces = [Piece(QRectF(0, 0, size.width(), size.height()), ground="board"), *_head(scene, head, u)]
    pieces += _foot(scene, foot, u)
    room = QRectF(40 * u, head.bottom(), size.width() - 80 * u, foot.top() - head.bottom())
    words = lost_words(scene.view) or scene.view.closed
    if words:
        band = QRectF(0, 0, size.width(), (76 + 60 * bool(scene.turned(words))) * u)
        band.moveBottom(room.bottom())
        pieces += _band(scene, words, band, u)
        room.setBottom(band.top())
    return pieces, room.adjusted(0, 12 * u, 0, -20 * u)


def _band(scene: Scene, words: str, box: QRectF, u: float) -> list[Piece]:
    """A line of warning over the whole width, the other language below it."""
    told = scene.turned(words)
    if not told:
        return [Piece(box, words, 42 * u, "warn", "warn_bg", MIDDLE)]
    upper, lower = split(box, 70 * u)
    return [
        Piece(box, ground="warn_bg"),
        Piece(upper, words, 42 * u, "warn", align=MIDDLE),
        Piece(lower.adjusted(30 * u, 0, -30 * u, -6 * u), told, WORDS_PX * u, "warn", align=MIDDLE),
    ]


def split(box: QRectF, height: float) -> tuple[QRectF, QRectF]:
    """The upper part of a box, so high, and what is left below it."""
    upper, lower = QRectF(box), QRectF(box)
    upper.setHeight(height)
    lower.setTop(upper.bottom())
    return upper, lower


def lost_words(view: BoardView) -> str:
    """What stands on the board while the hub is away, calm, with the time of what is shown; "" otherwise."""
    if not view.lost_ms:
        return ""
    since = datetime.fromtimestamp(view.lost_ms / 1000).strftime("%H:%M")
    return f"叫号信息停在 {since}，正在重新连接，请留意窗口工作人员呼叫"


def _head(scene: Scene, box: QRectF, u: float) -> list[Piece]:
    inner = box.adjusted(40 * u, 0, -40 * u, 0)
    day = f"{scene.now:%m月%d日} 星期{WEEKDAYS[scene.now.weekday()]}　{scene.now:%H:%M}"
    day = f"{scene.aside}　{day}" if scene.aside else day
    left, right = QRectF(inner), QRectF(inner)
    left.setWidth(inner.width() * 0.58)
    right.setLeft(left.right())
    return [
        Piece(left, scene.hall, 50 * u, "on_board"),
        Piece(right, day, 44 * u, "on_board2", align=RIGHT),
    ]


def _foot(scene: Scene, box: QRectF, u: float) -> list[Piece]:
    """The call as a sentence, for whoever cannot hear it."""
    newest = scene.view.shouts[0] if scene.view.shouts else None
    words = scene.spoken or (written(newest.number, newest.window) if newest else WAIT_FOR_CALL)
    if not scene.tongues:
        return [Piece(box, words, 68 * u, "on_call", "flash", MIDDLE)]
    upper, lower = split(box, 108 * u)
    return [
        Piece(box, ground="flash"),
        Piece(upper, words, 68 * u, "on_call", align=MIDDLE),
        Piece(
            lower.adjusted(40 * u, 0, -40 * u, -10 * u),
            also(words, scene.tongues),
            50 * u,
            "on_call",
            align=MIDDLE,
        ),
    ]


def call_row(shout: Shout, box: QRectF, px: float, ground: str = "") -> list[Piece]:
    """One call in a list: the number on the left, the window on the right."""
    colour = "on_call" if ground == "call" else "missed" if shout.is_missed else "on_board"
    pad = box.height() * 0.16
    inner = box.adjusted(pad, 0, -pad, 0)
    left, right, tail = QRectF(inner), QRectF(inner), QRectF(inner)
    tail.setLeft(inner.right() - px * 1.5)
    left.setWidth((tail.left() - inner.left()) * 0.62)
    right.setLeft(left.right() + px * 0.1)
    right.setRight(tail.left() - px * 0.06)
    return [
        Piece(box, ground=ground, key=shout.ticket_id, radius=px * 0.08),
        Piece(left, shout.number, px, colour, key=shout.ticket_id, is_number=True),
        Piece(right, shout.window, px, colour, align=RIGHT, key=shout.ticket_id, is_number=True),
        *_tail(shout, tail, px, colour),
    ]


def _tail(shout: Shout, box: QRectF, px: float, colour: str) -> list[Piece]:
    """号窗口, and below it 过号 for somebody who did not come."""
    words = QRectF(box)
    words.setTop(box.center().y() - px * (0.5 if shout.is_missed else 0.25))
    words.setHeight(px * (0.5 if shout.is_missed else 0.62))
    pieces = [Piece(words, "号窗口", px * 0.48, colour, key=shout.ticket_id)]
    if shout.is_missed:
        mark = QRectF(box.left(), words.bottom() + px * 0.03, px * 0.9, px * 0.38)
        pieces.append(Piece(mark, "过号", px * 0.32, "warn", "warn_bg", MIDDLE))
    return pieces


def rows(shouts: Sequence[Shout], box: QRectF, least: float, most: int, top: str = "") -> list[Piece]:
    """As many calls as the room holds at a size legible from afar; `top` is the ticket that stands out."""
    count = max(1, min(most, int(box.height() // (least * ROW))))
    height = box.height() / count
    px = max(least, min(height * 0.76, least * 1.25))
    pieces: list[Piece] = []
    for nth, shout in enumerate(shouts[:count]):
        line = QRectF(box.left(), box.top() + nth * height, box.width(), height - height * 0.06)
        ground = "call" if shout.ticket_id == top else "board_row" if nth % 2 == 0 else ""
        pieces += call_row(shout, line, px, ground)
    return pieces


def headline(scene: Scene, box: QRectF, u: float) -> list[Piece]:
    """A word to the whole hall, in the place of the largest call; below it the other language."""
    words, told = scene.view.headline, scene.turned(scene.view.headline)
    card = Piece(box, ground="call", radius=16 * u)
    if not told:
        inner = box.adjusted(50 * u, 24 * u, -50 * u, -24 * u)
        return [card, Piece(inner, words, 84 * u, "on_call", align=MIDDLE, wraps=True)]
    inner = box.adjusted(40 * u, 14 * u, -40 * u, -14 * u)
    # Less than half: other letters stand higher, and say it in more of them.
    upper, lower = split(inner, inner.height() * 0.48)
    return [
        card,
        Piece(upper, words, 84 * u, "on_call", align=MIDDLE, wraps=True),
        Piece(lower.adjusted(0, 6 * u, 0, 0), told, 64 * u, "on_call", align=MIDDLE, wraps=True),
    ]


def headline_share(scene: Scene, share: float) -> float:
    """How much of a board's height a headline gets: more in two languages, as far as calls have room."""
    has_band = bool(scene.view.lost_ms or scene.view.closed)
    return share * (1.05 if has_band else 1.28) if scene.turned(scene.view.headline) else share


def newest(scene: Scene, box: QRectF, u: float) -> list[Piece]:
    """The call of the moment, as large as it goes; a word to the whole hall takes its place."""
    if scene.view.headline:
        return headline(scene, box, u)
    card = Piece(box, ground="call", key=newest_key(scene), radius=16 * u)
    if not scene.view.shouts:
        return [card, Piece(box, WAIT_FOR_CALL, 110 * u, "on_call", align=MIDDLE)]
    shout = scene.view.shouts[0]
    half = box.height() * 0.54
    upper = QRectF(box.left() + 40 * u, box.top() + 4 * u, box.width() - 80 * u, half)
    lower = QRectF(upper.left(), upper.bottom() - 6 * u, upper.width(), box.height() - half - 10 * u)
    return [
        card,
        Piece(upper, shout.number, half * 0.9, "on_call", align=MIDDLE, key=shout.ticket_id, is_number=True),
        Piece(
            lower,
            f"请到 {shout.window} 号窗口",
            max(NUMBER_PX * u, lower.height() * 0.66),
            "on_call",
            align=MIDDLE,
            key=shout.ticket_id,
            is_number=True,
        ),
    ]


def newest_key(scene: Scene) -> str:
    """The ticket called last, "" before the first one."""
    return scene.view.shouts[0].ticket_id if scene.view.shouts else ""


def notice(scene: Scene, box: QRectF, u: float) -> list[Piece]:
    """The hall's own words; they stand still."""
    head = QRectF(box.left(), box.top(), box.width(), 64 * u)
    body = QRectF(box.left(), head.bottom() + 6 * u, box.width(), box.bottom() - head.bottom() - 6 * u)
    return [
        Piece(head, scene.beside("温馨提示"), WORDS_PX * u, "on_board2"),
        Piece(
            body,
            scene.notice,
            48 * u,
            "on_board",
            align=Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop,
            wraps=True,
        ),
    ]
