"""What the whole hall is told at once: outage, help at a window, the cover when the press is here.

The same sentences stand on the board, the kiosk and the guide desk and are spoken; a face that has lost its
hub says the outage by itself, in these very words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from counter_app.domain.value import Value

LOST_AFTER_S = 15  # a hub silent so long is an outage for a face that lives by it
OUTAGE_WORDS = "系统暂时中断，请您先坐。您手里的号不作废，不用重新排队；工作人员会逐位询问怎么办。"
OUTAGE_VOICE = "各位群众，系统暂时中断，请您先坐。手里的号不作废，不用重新排队，工作人员会逐位询问。"
OUTAGE_OVER_WORDS = "系统已恢复，继续按号办理。谢谢您的等候。"
COVER_WORDS = "大厅正在接待来访，屏幕暂停显示办理信息，叫号照常进行。"
OUTAGE, OUTAGE_OVER = "outage.announced", "outage.ended"
EMERGENCY, EMERGENCY_OVER = "emergency.pressed", "emergency.ended"
COVER, COVER_OVER = "cover.on", "cover.off"
_ENDS = {OUTAGE_OVER: OUTAGE, EMERGENCY_OVER: EMERGENCY, COVER_OVER: COVER}


class Word(Value, frozen=True):
    """Something said to the hall that still holds. `id` is what ends it; `is_local`: only this desk knows."""

    id: str
    kind: str
    at: str
    clerk_no: str = ""
    clerk_name: str = ""
    window: str = ""
    text: str = ""
    is_local: bool = False


class HallNow(Value, frozen=True):
    """What holds in the hall at this moment."""

    outage: Word | None = None
    cover: Word | None = None
    helps: tuple[Word, ...] = ()


def hall_now(said: Iterable[Mapping[str, Any]]) -> HallNow:
    """Fold what was said to a hall, oldest first, into what still holds.

    Each is `{no, kind, at, clerk, window, why, data}` as the hub tells it; `data.id` names it, else its
    number; `local` marks what the hub never heard. Whatever ends an outage or a cover ends every one.
    """
    held: dict[str, Word] = {}
    for one in said:
        kind, data = str(one["kind"]), one.get("data") or {}
        name = str(data.get("id") or one.get("no", ""))
        if kind in (OUTAGE, EMERGENCY, COVER):
            held.setdefault(name, _word(name, kind, one, data))
        elif kind in _ENDS:
            gone = [k for k, word in held.items() if word.kind == _ENDS[kind] and _ended(word, kind, name)]
            for key in gone:
                del held[key]
    return _now(held.values())


def still_held(told: HallNow, before: HallNow, known: frozenset[str]) -> HallNow:
    """What the hub tells, with what only this desk knows: the hub never heard of it, so it cannot end it."""

    def own(word: Word | None) -> Word | None:
        return word if word is not None and word.is_local and word.id not in known else None

    helps = (*told.helps, *(word for word in before.helps if own(word)))
    return HallNow(told.outage or own(before.outage), told.cover or own(before.cover), helps)


def help_words(window: str) -> str:
    """What staff read when somebody presses for help."""
    return f"{window} 号窗口请求支援" if window else "请求支援"


def _ended(word: Word, kind: str, name: str) -> bool:
    return kind != EMERGENCY_OVER or word.id == name


def _now(held: Iterable[Word]) -> HallNow:
    found = list(held)
    first = {kind: next((w for w in found if w.kind == kind), None) for kind in (OUTAGE, COVER)}
    return HallNow(first[OUTAGE], first[COVER], tuple(w for w in found if w.kind == EMERGENCY))


def _word(name: str, kind: str, one: Mapping[str, Any], data: Mapping[str, Any]) -> Word:
    return Word(
        name,
        kind,
        str(one.get("at", "")),
        str(one.get("clerk", "")),
        str(data.get("name", "")),
        str(one.get("window", "")),
        str(one.get("why", "")),
        bool(one.get("local", False)),
    )
