"""What did not fit when facts came in, as cases for a person: listed, looked at, settled with a reason.

A doubt never changes a fact and is never decided by the program: somebody says which way it went, and
what has to be put right is put right by new facts (冲正, 补正, 重新核验).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from counter_app.domain.actor import Actor
from counter_app.domain.exceptions import KINDS, WAYS
from counter_app.domain.value import Value
from counter_app.hub.rows import to_ms, to_time, upsert
from counter_app.hub.sync_tables import settled_doubts
from counter_app.hub.tables import cases, doubts, envelopes
from counter_app.problems import Problem

_MOST = 500
_D, _S = doubts.c, settled_doubts.c


class Settle(Value, frozen=True):
    """How a doubt was settled: `way` is one of `domain.exceptions.WAYS`."""

    hall: str
    at: datetime
    event_id: str
    code: str
    way: str
    why: str


def exceptions_of(connection: Connection, hall: str, open_only: bool = True) -> Sequence[Mapping[str, Any]]:
    """Doubts, the oldest first, with the case they are about and how they were settled."""
    joined = doubts.outerjoin(
        settled_doubts, (_S.hall == _D.hall) & (_S.event_id == _D.event_id) & (_S.code == _D.code)
    ).outerjoin(cases, (cases.c.hall == _D.hall) & (cases.c.case_id == _D.subject))
    shown = (_S.way, _S.why, _S.clerk, cases.c.number, cases.c.type_id, cases.c.state, cases.c.device)
    chosen = select(doubts, *shown).select_from(joined).where(_D.hall == hall)
    if open_only:
        chosen = chosen.where(_S.way.is_(None))
    found = connection.execute(chosen.order_by(_D.at_ms, _D.event_id).limit(_MOST)).mappings()
    return [_told(row) for row in found]


def settle(connection: Connection, actor: Actor, command: Settle) -> bool:
    """Say how a doubt was settled; False when it was settled so before.

    Raises Problem `not-found`, `exception-way`, `reason-needed`, `actor-unnamed`, `exception-settled`.
    """
    if command.way not in WAYS:
        raise Problem("exception-way", "way", command.way)
    named_with_reason(actor, command)
    return conclude(connection, actor, command)


def named_with_reason(actor: Actor, command: Settle) -> None:
    """Raises Problem `reason-needed`, `actor-unnamed`."""
    if not command.why.strip():
        raise Problem("reason-needed", "why", "处置说明")
    if not actor.clerk_no.strip():
        raise Problem("actor-unnamed", "clerk")


def conclude(connection: Connection, actor: Actor, command: Settle) -> bool:
    """Write down how a doubt was settled, once. Raises Problem `not-found`, `exception-settled`."""
    place = {"hall": command.hall, "event_id": command.event_id, "code": command.code}
    here = [doubts.c[name] == value for name, value in place.items()]
    if connection.execute(select(_D.code).where(*here)).first() is None:
        raise Problem("not-found", "exception", command.event_id)
    values = {"way": command.way, "why": command.why.strip(), "clerk": actor.clerk_no}
    made = upsert(connection, settled_doubts).values(**place, **values, at_ms=to_ms(command.at))
    if connection.execute(made.on_conflict_do_nothing()).rowcount:
        return True
    there = [settled_doubts.c[name] == value for name, value in place.items()]
    before = connection.execute(select(_S.way, _S.why, _S.clerk).where(*there)).one()
    if tuple(before) != tuple(values.values()):
        raise Problem("exception-settled", "exception", str(before.clerk))
    return False


def accepted_by(connection: Connection, event_id: str) -> str:
    """The device whose fact raised a doubt."""
    return str(
        connection.execute(select(envelopes.c.device).where(envelopes.c.event_id == event_id)).scalar()
    )


def _told(row: Mapping[Any, Any]) -> dict[str, Any]:
    kind = KINDS.get(row["code"])
    return {
        "event_id": row["event_id"],
        "code": row["code"],
        "title": kind.title if kind is not None else "记录与其他记录不一致",
        "task": kind.task if kind is not None else "请对照原件核实。",
        "case_id": row["subject"] if row["number"] else "",
        "number": row["number"] or "",
        "type": row["type_id"] or "",
        "state": row["state"] or "",
        "device": row["device"] or "",
        "detail": row["detail"],
        "at": to_time(row["at_ms"]).isoformat(),
        "way": row["way"] or "",
        "why": row["why"] or "",
        "clerk": row["clerk"] or "",
    }
