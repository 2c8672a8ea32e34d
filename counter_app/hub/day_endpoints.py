"""The questions about ratings by code, follow-ups and outages, as rows of the hub's list."""

from __future__ import annotations

from typing import Any

import msgspec

from counter_app.domain.codec import to_plain
from counter_app.domain.outages import Sorted, Way
from counter_app.hub import day_shapes as d
from counter_app.hub import shapes as s
from counter_app.hub.ask import Ask, Endpoint
from counter_app.hub.hall_day import follow_up_row


def _rate_code(ask: Ask) -> Any:
    b = ask.body
    kept = ask.hall.rate_by_code(b.request_id, b.code, b.level, tuple(b.indicators))
    return s.DoneReply(repeated=not kept)


def _follow_ups(ask: Ask) -> Any:
    today, every = ask.hall.today(), ask.query.get("all", "") == "1"
    found = ask.hall.follow_ups(not every)
    return d.FollowUpsReply(items=[_follow_up_shape(follow_up_row(one, today)) for one in found])


def _follow_up(ask: Ask) -> Any:
    b = ask.body
    made = ask.hall.follow_up(
        ask.path["id"], ask.path["act"], b.request_id, ask.actor(b.clerk), b.note, b.task
    )
    return _follow_up_shape(follow_up_row(made, ask.hall.today()))


def _sort(ask: Ask) -> Any:
    b = ask.body
    return _sorted_shape(
        ask.hall.sort(b.outage, ask.path["ticket"], Way(b.way), b.request_id, ask.actor(b.clerk), b.note)
    )


def _outage(ask: Ask) -> Any:
    found = ask.hall.sorted_in(ask.path["outage"])
    kept, redeemed = ask.hall.kept_in(ask.path["outage"])
    return d.OutageReply(items=[_sorted_shape(one) for one in found], kept=kept, redeemed=redeemed)


def _redeem(ask: Ask) -> Any:
    made = ask.hall.redeem(ask.path["code"], ask.body.request_id, ask.actor())
    return d.RedeemedReply(ticket=s.ticket_shape(made, whole=ask.whole))


def _follow_up_shape(row: Any) -> d.FollowUpShape:
    return msgspec.convert(dict(row), d.FollowUpShape)


def _sorted_shape(one: Sorted) -> d.SortedShape:
    return msgspec.convert(to_plain(one), d.SortedShape)


DAY: tuple[Endpoint, ...] = (
    Endpoint(
        "POST",
        "/v1/ratings/code",
        "An answer by a receipt's code",
        "rate",
        _rate_code,
        d.RateCodeBody,
        s.DoneReply,
    ),
    Endpoint(
        "GET",
        "/v1/follow-ups",
        "Bad answers to see to",
        "follow",
        _follow_ups,
        None,
        d.FollowUpsReply,
        ("all",),
    ),
    Endpoint(
        "POST",
        "/v1/follow-ups/{id}/{act}",
        "Call back, mend, close, once per request id",
        "follow",
        _follow_up,
        d.FollowBody,
        d.FollowUpShape,
    ),
    Endpoint(
        "GET",
        "/v1/outages/{outage}",
        "Who was offered what in an outage",
        "act",
        _outage,
        None,
        d.OutageReply,
    ),
    Endpoint(
        "POST",
        "/v1/waiting/{ticket}/way",
        "Offer a waiting person a way in an outage",
        "act",
        _sort,
        d.SortBody,
        d.SortedShape,
    ),
    Endpoint(
        "POST",
        "/v1/kept/{code}/redeem",
        "A kept number of an earlier day",
        "take",
        _redeem,
        d.RedeemBody,
        d.RedeemedReply,
    ),
)
