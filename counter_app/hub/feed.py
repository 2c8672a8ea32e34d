"""The case feed: what happened to cases, numbered in commit order.

A database sequence hands out numbers before commit, so a reader can pass a number whose row appears
later and never see it. Here the number comes from the hall's own row, which stays locked until the
commit: whoever sees number n sees everything below.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select, text

from counter_app.domain.actor import Actor
from counter_app.domain.value import Value
from counter_app.hub.commands import Feed
from counter_app.hub.many import Many
from counter_app.hub.quick import Quick
from counter_app.hub.tables import feed, halls

_PUT = Many(feed)
_GROWN = Quick(text("UPDATE halls SET feed_last = feed_last + :more WHERE hall = :hall RETURNING feed_last"))
_SHOWN = ("feed_no", "kind", "case_id", "event_id", "device", "at_ms")


class FeedRow(Value, frozen=True):
    """One thing that happened to one case; `summary` holds number, type, state and the last turn."""

    kind: str
    case_id: str
    event_id: str
    device: str
    summary: Mapping[str, Any]


class FeedPage(Value, frozen=True):
    """A piece of the feed. Another `epoch` than last time: the hub was restored, start over from 0."""

    epoch: int
    last: int
    rows: tuple[Mapping[str, Any], ...]


def append_feed(connection: Connection, hall: str, told: Sequence[FeedRow], at_ms: int) -> None:
    """Number and write rows. Call it last in a transaction: it holds the hall's lock until the commit."""
    if not told:
        return
    grown = _GROWN.one(connection, {"hall": hall, "more": len(told)})
    assert grown is not None
    first = int(grown[0]) - len(told) + 1
    texts: dict[int, str] = {}  # most facts of a batch leave their case as they found it
    written = []
    for number, row in enumerate(told, first):
        text = texts.get(id(row.summary)) or texts.setdefault(id(row.summary), _text(row.summary))
        written.append((hall, number, row.kind, row.case_id, row.event_id, row.device, text, at_ms))
    _PUT.put(connection, written)


def _text(summary: Mapping[str, Any]) -> str:
    return msgspec.json.encode(summary, order="sorted").decode("utf-8")


def read_feed(connection: Connection, actor: Actor, command: Feed) -> FeedPage:
    """The rows after a place, oldest first, at most `limit`."""
    epoch = connection.execute(select(halls.c.feed_epoch).where(halls.c.hall == command.hall)).scalar_one()
    chosen = select(feed).where(feed.c.hall == command.hall, feed.c.feed_no > command.after)
    found = connection.execute(chosen.order_by(feed.c.feed_no).limit(command.limit)).mappings().all()
    rows = tuple({**json.loads(row["text"]), **{name: row[name] for name in _SHOWN}} for row in found)
    return FeedPage(epoch, found[-1]["feed_no"] if found else command.after, rows)
