"""Rating by the code of a receipt: known by its digest, good once and until its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from counter_app.domain.actor import Actor
from counter_app.domain.ratings import NOT_RATED, checked
from counter_app.domain.value import Value
from counter_app.hub import ratings
from counter_app.hub.commands import Rate
from counter_app.hub.day_commands import RateByCode
from counter_app.hub.day_tables import rating_codes
from counter_app.hub.rows import HALL_TIME, upsert
from counter_app.hub.tables import cases
from counter_app.hub.tables import ratings as given
from counter_app.problems import Problem
from counter_app.seals.rating_codes import digest, taken_out

_LONGEST = 128


class Invited(Value, frozen=True):
    """What a code is about: the case, its number and type, and whether somebody has answered."""

    hall: str
    case_id: str
    number: str
    type_id: str
    until: date
    is_answered: bool


def invited(connection: Connection, hall: str, envelope: Mapping[str, Any]) -> None:
    """Take in the fact `rating.invited` of a device: the digest of a code and what it is about."""
    body = envelope["body"]
    told = {name: str(body.get(name, ""))[:_LONGEST] for name in ("digest", "number", "until")}
    case_id = str(envelope.get("case_id") or "")
    if len(told["digest"]) == 64 and case_id:
        made = upsert(connection, rating_codes).values(
            hall=hall, case_id=case_id, at_ms=envelope["wall_ms"], **told
        )
        connection.execute(made.on_conflict_do_nothing())


def about(connection: Connection, scanned: str, hall: str = "") -> Invited:
    """What a scanned code is about, in one hall or wherever it is known.

    Raises Problem `rating-code` (none of ours), `rating-soon` (ours, but its fact has not come).
    """
    code = taken_out(scanned)
    if not code:
        raise Problem("rating-code", "code", "不是本系统单据上的评价码")
    r = rating_codes.c
    chosen = select(rating_codes).where(r.digest == digest(code))
    found = connection.execute(chosen.where(r.hall == hall) if hall else chosen).first()
    if found is None:
        raise Problem("rating-soon", "code")
    kind = select(cases.c.type_id).where(cases.c.hall == found.hall, cases.c.case_id == found.case_id)
    best = select(func.max(given.c.level)).where(given.c.hall == found.hall, given.c.case_id == found.case_id)
    answered = (connection.execute(best).scalar() or 0) > NOT_RATED
    type_id = connection.execute(kind).scalar() or ""
    until = date.fromisoformat(found.until)
    return Invited(found.hall, found.case_id, found.number, type_id, until, answered)


def rate_by_code(connection: Connection, actor: Actor, command: RateByCode) -> bool:
    """Keep an answer given by code; False when the same request was kept before.

    Raises Problem `rating-code` (none of ours, or too old), `rating-soon`, `rating-level`,
    `rating-indicator`, `already-rated`, `request-reused`.
    """
    found = about(connection, command.code, command.hall)
    ticked = checked(command.level, command.indicators)
    if command.at.astimezone(HALL_TIME).date() > found.until:
        raise Problem("rating-code", "code", f"评价码已于 {found.until.isoformat()} 到期")
    answer = Rate(
        command.hall,
        command.at,
        command.request_id,
        found.case_id,
        command.level,
        ticked,
        command.terms,
        command.calendar,
    )
    return ratings.rate(connection, actor, answer)
