"""What a board may have to show: calls, lines, a hub that is away, an outage."""

from __future__ import annotations

from datetime import datetime

from counter_app.domain.notices import COVER_WORDS, OUTAGE_WORDS
from counter_app.services.hall.board import BoardView, GroupLine, Shout
from counter_app.services.hall.orders import CLOSES
from ui.faces.boards import pieces as p

NOTICE = (
    "请携带本人有效身份证件和医保卡。\n"
    "老年人、残疾人、孕产妇、军人可到引导台优先取号。\n"
    "过号后请到引导台恢复，无需重新排队。"
)
CALLS = (("A012", "3"), ("B108", "12"), ("A011", "1"), ("C003", "5"), ("A010", "综合2"), ("A009", "4"))
MORE = (("B107", "12"), ("A008", "3"), ("A007", "1"), ("A006", "7"), ("A1005", "40"), ("A004", "2"))
SHOUTS = tuple(
    Shout(f"t{nth}", number, window, 1000 - nth, 5, 1, nth == 3)
    for nth, (number, window) in enumerate(CALLS + MORE)
)
GROUPS = (GroupLine("综合服务", 17, 12, 25), GroupLine("待遇支付", 6, 5, 10), GroupLine("单位业务", 0))
VIEW = BoardView(SHOUTS, GROUPS)
NOW = datetime(2026, 11, 23, 10, 24)
LOST = int(NOW.timestamp() * 1000)
TONGUES = ("ug", "en")  # of the hall, in the state of that name
STATES = {
    "": VIEW,
    "empty": BoardView(groups=GROUPS),
    "lost": BoardView(SHOUTS, GROUPS, lost_ms=LOST),
    "outage": BoardView(SHOUTS, GROUPS, OUTAGE_WORDS),
    "tongues": VIEW,
    "tongues-lost": BoardView(SHOUTS, GROUPS, lost_ms=LOST, closed=CLOSES[2]),
    "tongues-outage": BoardView(SHOUTS, GROUPS, OUTAGE_WORDS),
    "tongues-outage-closed": BoardView(SHOUTS, GROUPS, OUTAGE_WORDS, closed=CLOSES[1]),
    "tongues-cover": BoardView(SHOUTS, GROUPS, COVER_WORDS, closed=CLOSES[0]),
}


def scene(
    view: BoardView, notice: str = NOTICE, aside: str = "", tongues: tuple[str, ...] = (), turn: int = 0
) -> p.Scene:
    """A board in the middle of a morning."""
    return p.Scene(view, "日照市政务服务中心医保大厅", NOW, notice, "", aside, tongues, turn)
