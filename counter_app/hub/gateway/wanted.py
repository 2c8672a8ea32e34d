"""Which messages cases should have sent, read from the feed: after the decision, and never in its way.

A decision is written without asking anybody; whoever reads the feed afterwards sees that a case is done, or
that it is no longer. What had happened before a gateway was there is left alone: it was seen to by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from counter_app.catalog.model import TransactionType
from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseState
from counter_app.hub.commands import Feed
from counter_app.hub.feed import read_feed
from counter_app.hub.gateway import errands
from counter_app.hub.gateway.errands import Wanted
from counter_app.hub.gateway.tables import gateway_places
from counter_app.hub.lives import told_at_acceptance
from counter_app.hub.rows import upsert
from counter_app.hub.tables import halls

Types = Mapping[str, TransactionType]
_AT_ONCE = 200
_READER = Actor("", "", ("system",))
# A case that was done and is now one of these is not what the platform was told.
TAKEN_BACK = frozenset(
    state.value
    for state in (CaseState.REFUSED, CaseState.WITHDRAWN, CaseState.TERMINATED, CaseState.REVERSED)
)


def behind(connection: Connection, hall: str) -> bool:
    """Whether the feed goes on beyond what was read of it."""
    last = connection.execute(select(halls.c.feed_last).where(halls.c.hall == hall)).scalar()
    return last is not None and _place(connection, hall) != last


def collect(connection: Connection, hall: str, types: Types, now_ms: int) -> int:
    """Read the feed on and write down what is wanted, in one transaction; how many messages are new."""
    place, made = _place(connection, hall), 0
    if place is None:  # the first time: what is past was seen to by hand
        last = connection.execute(select(halls.c.feed_last).where(halls.c.hall == hall)).scalar_one()
        connection.execute(insert(gateway_places).values(hall=hall, last=last))
        return 0
    page = read_feed(connection, _READER, Feed(hall, place, _AT_ONCE))
    for row in page.rows:
        kind = types.get(str(row.get("type_id", "")))
        if kind is not None and kind.message is not None and "note" not in row:
            made += _wanted(connection, hall, kind, row, now_ms)
    moved = upsert(connection, gateway_places).values(hall=hall, last=page.last)
    connection.execute(moved.on_conflict_do_update(index_elements=["hall"], set_={"last": page.last}))
    return made


def _place(connection: Connection, hall: str) -> int | None:
    return connection.execute(select(gateway_places.c.last).where(gateway_places.c.hall == hall)).scalar()


def _wanted(
    connection: Connection, hall: str, kind: TransactionType, row: Mapping[str, Any], now_ms: int
) -> int:
    state = row.get("state")
    if state == CaseState.DONE.value:
        wishes = _sendings(connection, hall, kind, row)
    elif state in TAKEN_BACK:
        wishes = _cancellations(connection, hall, kind, row)
    else:
        return 0
    return sum(errands.want(connection, hall, wish, now_ms) for wish in wishes)


def _sendings(
    connection: Connection, hall: str, kind: TransactionType, row: Mapping[str, Any]
) -> list[Wanted]:
    rule = kind.message
    assert rule is not None
    told = told_at_acceptance(connection, hall, row["case_id"])
    if rule.situations and told.get("situation") not in rule.situations:
        return []
    answers = told.get("answers", {})
    fields = [key for key in rule.each if answers.get(key)] or [""]
    before = errands.of_case(connection, hall, row["case_id"])
    undone = {one.field: 0 for one in before}
    for one in before:
        undone[one.field] += bool(one.undoes)
    return [_wish(row, rule.send, field, round=undone.get(field, 0)) for field in fields]


def _cancellations(
    connection: Connection, hall: str, kind: TransactionType, row: Mapping[str, Any]
) -> list[Wanted]:
    rule = kind.message
    assert rule is not None
    before = errands.of_case(connection, hall, row["case_id"])
    undone = {one.undoes for one in before}
    sent = [one for one in before if not one.undoes and one.id not in undone]
    nth = len(before)
    return [_wish(row, rule.undo, one.field, one.id, nth) for one in sent if rule.undo]


def _wish(row: Mapping[str, Any], infno: str, field: str, undoes: str = "", round: int = 0) -> Wanted:
    return Wanted(row["case_id"], str(row["number"]), str(row["type_id"]), infno, field, undoes, round)
