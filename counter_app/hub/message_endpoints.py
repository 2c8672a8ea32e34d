"""What a manager asks about messages to the core platform, over HTTP."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from counter_app.hub import shapes as s
from counter_app.hub.ask import Ask, Endpoint


class MessageBody(Struct, frozen=True, kw_only=True):
    """An order about one message, and why."""

    request_id: s.Id
    why: s.Words = ""
    clerk: s.ClerkBody | None = None


def _messages(ask: Ask) -> Any:
    found = ask.hall.messages(ask.query.get("all", "") != "1")
    return s.ItemsReply(items=[dict(one) for one in found])


def _order(ask: Ask) -> Any:
    b, of = ask.body, ask.path
    made = ask.hall.order_message(of["message"], of["act"], b.request_id, ask.actor(b.clerk), b.why)
    return s.DoneReply(repeated=not made)


MESSAGES: tuple[Endpoint, ...] = (
    Endpoint(
        "GET", "/v1/messages", "Messages to reconcile", "follow", _messages, None, s.ItemsReply, ("all",)
    ),
    Endpoint(
        "POST", "/v1/messages/{message}/{act}", "Ask, send again or settle", "follow", _order, MessageBody,
        s.DoneReply,
    ),
)  # fmt: skip
