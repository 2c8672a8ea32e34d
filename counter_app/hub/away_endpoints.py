"""The two questions of another hall: taking its cases for us, and what became of them."""

from __future__ import annotations

from typing import Any

from counter_app.hub import shapes as s
from counter_app.hub import sync_shapes as ss
from counter_app.hub.ask import Ask, Endpoint, number_of
from counter_app.hub.sync_endpoints import push
from counter_app.problems import Problem
from counter_app.wire.enrol import store_of_hall

_TAKEN = ("accepted", "duplicate")


def _take(ask: Ask) -> Any:
    store = store_of_hall(ask.bearer.device)
    if any(not isinstance(one, dict) or one.get("device") != store for one in ask.body.envelopes):
        raise Problem("token-role", "device", ask.bearer.role)
    reply: s.BatchReply = push(ask)
    if reply.left:  # another hall keeps what it accepted: nothing of it need be held here
        raise Problem("device-revoked", "device")
    verdicts = [str(one["verdict"]) for one in reply.verdicts]
    taken = [one for one, said in zip(ask.body.envelopes, verdicts, strict=False) if said in _TAKEN]
    if taken:
        ask.hall.keep_brought(taken)
    return reply


def _tell(ask: Ask) -> Any:
    after = number_of(ask.query.get("after", "0"), "after")
    page = ask.hall.brought(ask.bearer.device, after)
    return ss.ReferenceReply(
        epoch=page.epoch, last=page.last, total=len(page.rows), items=[dict(row) for row in page.rows]
    )


AWAY: tuple[Endpoint, ...] = (
    Endpoint("POST", "/v1/brought", "Cases accepted elsewhere", "bring", _take, s.BatchBody, s.BatchReply),
    Endpoint(
        "GET", "/v1/brought", "What became of them", "bring", _tell, None, ss.ReferenceReply, ("after",)
    ),
)
