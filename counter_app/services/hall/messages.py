"""对账: messages to the core platform that are not done, as a manager sees and settles them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.domain.messages import STATES
from counter_app.domain.value import Value
from counter_app.services.hall.orders import Offer

RESENDS = ("已查明对方没有登记", "已按对方说明改正", "已与核心系统值班人员核对")
SETTLES = ("已在核心系统人工办理", "电话核对，对方已登记", "本件不需要登记", "已转信息人员处理")


class MessageRow(Value, frozen=True):
    """One message. `kind` says how urgent it looks: err, warn or nothing; nobody is named."""

    id: str
    number: str
    type: str
    title: str
    state: str
    state_name: str
    said: str
    task: str
    at: str
    serial: str = ""
    kind: str = ""


def message_row(plain: Mapping[str, Any], types: Mapping[str, str]) -> MessageRow:
    """A row as the hub tells it; one of a state we do not know yet says what the hub calls it."""
    state = str(plain["state"])
    kind = {"refused": "err", "absent": "err", "unknown": "warn"}.get(state, "")
    names = ("id", "number", "title", "state_name", "said", "task", "at", "serial")
    told = {name: str(plain[name]) for name in names}
    return MessageRow(type=types.get(str(plain["type"]), str(plain["type"])), state=state, kind=kind, **told)


def for_message(row: MessageRow) -> tuple[Offer, ...]:
    """What may be ordered about a message in its state; sending again only where the hub allows it."""
    about = f"{row.number[-8:]} {row.title}".strip()
    asked = Offer("ask_message", _ASKS.get(row.state, "立即查询"), row.id, about, needs_why=False)
    again = Offer("resend_message", "重发", row.id, about, reasons=RESENDS, hint="为什么可以重发")
    by_hand = Offer("settle_message", "人工办结", row.id, about, reasons=SETTLES, hint="核对和办理的情况")
    offers = {"ask": asked, "resend": again, "settle": by_hand}
    known = STATES.get(row.state)
    return tuple(offers[act] for act in known.acts) if known is not None else (by_hand,)


_ASKS = {"waiting": "立即发送"}
