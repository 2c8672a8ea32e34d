"""What the whole hall is told at once: outage, help at a window, the cover when the press is here.

The same sentences stand on the board, the kiosk and the guide desk and are spoken; a face that has lost its
hub says the outage by itself, in these very words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LOST_AFTER_S = 15  # a hub silent so long is an outage for a face that lives by it


class NoticeKind(StrEnum):
    """What is announced."""

    OUTAGE = "outage"  # 停机公告
    EMERGENCY = "emergency"  # 紧急求助
    COVER = "cover"  # 全厅遮盖


NOTICE_NAMES: dict[NoticeKind, str] = {
    NoticeKind.OUTAGE: "停机公告",
    NoticeKind.EMERGENCY: "紧急求助",
    NoticeKind.COVER: "全厅遮盖",
}
OUTAGE_WORDS = "系统暂时中断，请您先坐。您手里的号不作废，不用重新排队；工作人员会逐位询问怎么办。"
OUTAGE_VOICE = "各位群众，系统暂时中断，请您先坐。手里的号不作废，不用重新排队，工作人员会逐位询问。"
OUTAGE_OVER_WORDS = "系统已恢复，继续按号办理。谢谢您的等候。"
COVER_WORDS = "大厅正在接待来访，屏幕暂停显示办理信息，叫号照常进行。"
EMERGENCY_WORDS = "请求支援"
# who may be told what: an emergency is for staff, never for a board or a kiosk
OPEN_TO_ALL = (NoticeKind.OUTAGE, NoticeKind.COVER)
_WORDS = {
    NoticeKind.OUTAGE: (OUTAGE_WORDS, OUTAGE_VOICE),
    NoticeKind.COVER: (COVER_WORDS, ""),
    NoticeKind.EMERGENCY: (EMERGENCY_WORDS, ""),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One announcement, with who made it and when. `voice` "" is not spoken; `ended_at` "" still holds."""

    id: str
    kind: NoticeKind
    words: str
    voice: str
    at: datetime
    clerk_no: str
    clerk_name: str = ""
    window: str = ""
    note: str = ""
    ended_at: str = ""
    ended_by: str = ""
    end_note: str = ""

    @property
    def holds(self) -> bool:
        """Whether it has not been withdrawn."""
        return not self.ended_at


def words_of(kind: NoticeKind, window: str = "") -> tuple[str, str]:
    """What is shown and what is spoken ("" = nothing is)."""
    shown, spoken = _WORDS[kind]
    if kind is NoticeKind.EMERGENCY and window:
        return f"{window} 号窗口{shown}", spoken
    return shown, spoken
