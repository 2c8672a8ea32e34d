"""Following the line's facts as they happen, without ever passing one that commits later."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal_column, select
from starlette.concurrency import run_in_threadpool

from counter_app.hub.hall import HallHub
from counter_app.hub.tables import line_facts, tickets

_LIMIT = 200
_LOOK_S = 0.2  # facts written by another process of the hub show up this late at most
_ALIVE_S = 15.0
_FACTS = (
    select(line_facts, tickets.c.number, tickets.c.group, tickets.c.state)
    .outerjoin(
        tickets, (tickets.c.hall == line_facts.c.hall) & (tickets.c.ticket_id == line_facts.c.ticket_id)
    )
    .where(line_facts.c.hall == bindparam("hall"), line_facts.c.fact_no > bindparam("after"))
    .order_by(line_facts.c.fact_no)
    .limit(_LIMIT)
)
# On PostgreSQL a lower number may still be uncommitted; its transaction is not below the horizon then.
_SETTLED = _FACTS.where(
    literal_column("line_facts.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
)


def facts_after(connection: Connection, hall: str, after: int) -> Sequence[Mapping[str, Any]]:
    """The facts after a number, oldest first; no person, no note. What is said to the hall has its words."""
    query = _SETTLED if connection.dialect.name == "postgresql" else _FACTS
    shown = ("fact_no", "ticket_id", "kind", "at_ms", "window", "number", "group", "state")
    rows = connection.execute(query, {"hall": hall, "after": after}).mappings()
    return [{name: row[name] for name in shown if row[name] is not None} | _said(dict(row)) for row in rows]


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    if row["ticket_id"]:
        return {}
    return {"text": row["why"], "data": json.loads(row["data"])}


def last_fact(connection: Connection, hall: str) -> int:
    """The number of the newest fact: where somebody starts who wants only what is to come."""
    newest = select(func.max(line_facts.c.fact_no)).where(line_facts.c.hall == hall)
    return int(connection.execute(newest).scalar_one() or 0)


class Bell:
    """Wakes those who follow when this process has written something."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Something happened. Called on the loop's own thread."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Wait for the next ring, or so long."""
        event = self._event
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return


async def stream(
    hall: HallHub, after: int | None, bell: Bell, stopping: asyncio.Event
) -> AsyncIterator[bytes]:
    """Server-sent events: what was missed, then what happens; a comment now and then keeps it open.

    The first one says nothing but where the events stand, so that whoever loses the line at once loses
    nothing else. A number beyond them belongs to another store: it is followed from here on.
    """
    newest = await run_in_threadpool(_read, hall, last_fact)
    after = newest if after is None else min(after, newest)
    yield f": hello\nid: {after}\n\n".encode()
    quiet = 0.0
    while not stopping.is_set():
        facts = await run_in_threadpool(_read, hall, facts_after, after)
        for fact in facts:
            after = fact["fact_no"]
            body = json.dumps(fact, ensure_ascii=False, separators=(",", ":"))
            yield f"id: {after}\nevent: {fact['kind']}\ndata: {body}\n\n".encode()
        quiet = 0.0 if facts else quiet + _LOOK_S
        if quiet >= _ALIVE_S:
            quiet = 0.0
            yield b": still here\n\n"
        if len(facts) < _LIMIT:
            await bell.wait(_LOOK_S)


def _read(hall: HallHub, look: Any, *more: Any) -> Any:
    with hall.database.read() as connection:
        return look(connection, hall.hall, *more)
