"""What the hub still has to be told. Rows change state and are never deleted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from counter_app.services.ports import OutboxCount
from counter_app.storage import tables as t

WAITING, ACKNOWLEDGED, SET_ASIDE = "waiting", "acknowledged", "set_aside"
# What a verdict makes of a row; `retry_later` and anything unknown leave it waiting.
_BECOMES = {"accepted": ACKNOWLEDGED, "duplicate": ACKNOWLEDGED, "conflict": SET_ASIDE, "rejected": SET_ASIDE}
# Facts have no index by event id (it would cost a page in every commit); what is open is short.
_UNSETTLED = (
    select(t.facts.c.entry, t.facts.c.event_id)
    .join(t.outbox, t.outbox.c.entry == t.facts.c.entry)
    .where(t.outbox.c.state != ACKNOWLEDGED)
    .order_by(t.outbox.c.entry)
)
_SETTLE = (
    update(t.outbox)
    .where(t.outbox.c.entry == bindparam("of"), t.outbox.c.state != ACKNOWLEDGED)
    .values(state=bindparam("to"), note=bindparam("code"))
)


def count(connection: Connection) -> OutboxCount:
    """Totals by state; `oldest` is the UTC moment the oldest waiting row was written."""
    c = t.outbox.c
    # Entries are dense and never deleted: the last one is how many there are, however many that is.
    total = connection.execute(select(func.max(c.entry))).scalar_one() or 0
    open_rows = select(c.state, func.count(), func.min(c.added_ms)).where(c.state != ACKNOWLEDGED)
    found = {
        state: (number, oldest) for state, number, oldest in connection.execute(open_rows.group_by(c.state))
    }
    waiting, oldest_ms = found.get(WAITING, (0, None))
    set_aside = found.get(SET_ASIDE, (0, None))[0]
    oldest = "" if oldest_ms is None else datetime.fromtimestamp(oldest_ms / 1000, UTC).isoformat()
    return OutboxCount(waiting, total - waiting - set_aside, set_aside, oldest)


def waiting(connection: Connection, limit: int) -> Sequence[Mapping[str, Any]]:
    """Unacknowledged envelopes, oldest first; one that was set aside holds nobody up."""
    asked = (
        select(t.facts.c.envelope)
        .join(t.outbox, t.outbox.c.entry == t.facts.c.entry)
        .where(t.outbox.c.state == WAITING)
        .order_by(t.outbox.c.entry)
        .limit(limit)
    )
    return [json.loads(text) for text in connection.execute(asked).scalars()]


def settle(connection: Connection, verdicts: Iterable[Mapping[str, Any]]) -> None:
    """Note verdicts; an acknowledgement is final."""
    meant = {one["event_id"]: one for one in verdicts if one["verdict"] in _BECOMES}
    told = []
    for entry, event_id in connection.execute(_UNSETTLED):
        if event_id in meant:
            one = meant.pop(event_id)
            told.append({"of": entry, "to": _BECOMES[one["verdict"]], "code": str(one.get("code", ""))})
        if not meant:
            break
    if told:
        connection.execute(_SETTLE, told)


def reopen(connection: Connection, ends: Mapping[int, int]) -> int:
    """Have acknowledged facts wait again that lie above what a hub has of their epoch; how many.

    A hub that took over may lack what the one before had confirmed; what it has after all it calls
    `duplicate`. An epoch it has never heard of is offered whole.
    """
    c, f = t.outbox.c, t.facts.c
    epochs = connection.execute(select(f.epoch).distinct()).scalars().all()
    again = 0
    for epoch in epochs:
        lost = select(f.entry).where(f.epoch == epoch, f.seq > ends.get(epoch, 0))
        open_again = update(t.outbox).where(c.state == ACKNOWLEDGED, c.entry.in_(lost))
        again += connection.execute(open_again.values(state=WAITING, note="offered-again")).rowcount
    return again
