"""The questions of a hall's manager, as rows of the hub's list."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from msgspec import Meta, Struct

from counter_app.hub import hall_shapes as hs
from counter_app.hub import shapes as s
from counter_app.hub.ask import Ask, Endpoint, asked_day, day_of

Clock = Annotated[str, Meta(pattern="^[0-2][0-9]:[0-5][0-9]$")]


class ShiftBody(Struct, frozen=True, kw_only=True):
    """One person at one window from `start` to `end` of a day."""

    request_id: s.Id
    day: date
    window: s.Id
    clerk: s.Id
    name: s.Short = ""
    start: Clock
    end: Clock
    why: s.Words = ""
    by: s.ClerkBody | None = None


class DropBody(Struct, frozen=True, kw_only=True):
    """A shift that will not be, and why."""

    request_id: s.Id
    day: date
    why: s.Words
    by: s.ClerkBody | None = None


def _statistics(ask: Ask) -> Any:
    today = ask.hall.today().isoformat()
    first, last = (day_of(ask.query.get(name, today)) for name in ("first", "last"))
    return hs.PlainReply(item=dict(ask.hall.statistics(first, last)))


def _shifts(ask: Ask) -> Any:
    return s.ItemsReply(items=[dict(one) for one in ask.hall.shifts(asked_day(ask))])


def _plan(ask: Ask) -> Any:
    b = ask.body
    kept = ask.hall.plan_shift(
        b.request_id, b.day, b.window, b.clerk, b.name, b.start, b.end, ask.actor(b.by), b.why
    )
    return s.DoneReply(repeated=not kept)


def _drop(ask: Ask) -> Any:
    b = ask.body
    kept = ask.hall.drop_shift(b.request_id, b.day, ask.path["shift"], ask.actor(b.by), b.why)
    return s.DoneReply(repeated=not kept)


MANAGE: tuple[Endpoint, ...] = (
    Endpoint(
        "GET",
        "/v1/statistics",
        "Sums of a span",
        "arrange",
        _statistics,
        None,
        hs.PlainReply,
        ("first", "last"),
    ),
    Endpoint("GET", "/v1/shifts", "Who sits where on a day", "act", _shifts, None, s.ItemsReply, ("day",)),
    Endpoint("POST", "/v1/shifts", "Plan a shift", "arrange", _plan, ShiftBody, s.DoneReply),
    Endpoint("POST", "/v1/shifts/{shift}/drop", "Take a shift back", "arrange", _drop, DropBody, s.DoneReply),
)
