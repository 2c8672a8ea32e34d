"""好差评: one answer per case, given by the citizen; the clerk neither gives, sees nor reopens it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from sqlalchemy import Connection, func, insert, select

from counter_app.domain.actor import Actor
from counter_app.domain.ratings import BAD, LEVELS, NOT_RATED
from counter_app.hub import follow_ups
from counter_app.hub.cases import rated
from counter_app.hub.commands import Rate
from counter_app.hub.rows import to_ms
from counter_app.hub.tables import ratings
from counter_app.problems import Problem

_FOR_EVER = 2**62


def rate(connection: Connection, actor: Actor, command: Rate) -> bool:
    """Keep an answer; False when the same request was kept before. The bottom two open a follow-up.

    After 未评 one real answer may still come (by QR). Raises Problem `already-rated`,
    `rating-level`, `request-reused`.
    """
    if command.level not in (NOT_RATED, *LEVELS):
        raise Problem("rating-level", "level", str(command.level))
    digest = _digest(command)
    mine = ratings.c.hall == command.hall
    before = select(ratings.c.digest).where(mine, ratings.c.request_id == command.request_id)
    known = connection.execute(before).scalar_one_or_none()
    if known is not None:
        if known != digest:
            raise Problem("request-reused", "request_id", command.request_id)
        return False
    answers = select(func.max(ratings.c.level)).where(mine, ratings.c.case_id == command.case_id)
    best = connection.execute(answers).scalar_one()
    if best is not None and (best > NOT_RATED or command.level == NOT_RATED):
        raise Problem("already-rated", "case", command.case_id)
    values = {
        "request_id": command.request_id,
        "case_id": command.case_id,
        "level": command.level,
        "indicators": json.dumps(command.indicators, ensure_ascii=False),
        "follow_up": "open" if command.level in BAD else "",
        "digest": digest,
    }
    connection.execute(insert(ratings).values(hall=command.hall, at_ms=to_ms(command.at), **values))
    if command.level in BAD:
        follow_ups.opened(connection, command, command.terms, command.calendar)
    if command.level != NOT_RATED:
        rated(connection, command.hall, command.case_id, command.request_id, command.at)
    return True


def counted(
    connection: Connection, hall: str, first_ms: int = 0, until_ms: int = _FOR_EVER
) -> Mapping[int, int]:
    """How often each level was given; 未评 stands under 0 and only where no answer followed.

    Given from `first_ms` on and before `until_ms` (ms since 1970).
    """
    best = (
        select(func.max(ratings.c.level).label("level"))
        .where(ratings.c.hall == hall, ratings.c.at_ms >= first_ms, ratings.c.at_ms < until_ms)
        .group_by(ratings.c.case_id)
        .subquery()
    )
    found = connection.execute(select(best.c.level, func.count()).group_by(best.c.level))
    return {int(level): int(count) for level, count in found}


def _digest(command: Rate) -> str:
    text = json.dumps([command.case_id, command.level, command.indicators], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
