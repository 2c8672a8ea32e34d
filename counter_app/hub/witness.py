"""What a device asks of the hub as witness: its signature over how far the device's chain is here."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from counter_app.hub.ask import Ask, Endpoint
from counter_app.problems import Problem


class HeadReply(Struct, frozen=True, kw_only=True):
    """The signed head; empty where nothing can be signed."""

    paper: dict[str, Any]


def _head(ask: Ask) -> Any:
    store = ask.query.get("device", "")
    if not store:
        raise Problem("body-broken", "device", "请写明设备 device")
    return HeadReply(paper=dict(ask.hall.signed_head(store)))


WITNESS: tuple[Endpoint, ...] = (
    Endpoint("GET", "/v1/heads/signed", "A chain's signed head", "push", _head, None, HeadReply, ("device",)),
)
