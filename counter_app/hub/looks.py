"""Looks at what is masked: written down before anything is opened (access.read behind the counter)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from counter_app.domain.actor import Actor
from counter_app.hub import lives
from counter_app.hub.commands import Opened
from counter_app.hub.rows import to_ms
from counter_app.hub.tables import looks
from counter_app.problems import Problem

_L = looks.c


def opened(connection: Connection, actor: Actor, command: Opened) -> bool:
    """Write a look down, once per id; tells whether it is new.

    Raises Problem `not-found` (no such case), `actor-unnamed` (nobody to write down).
    """
    if not actor.clerk_no:
        raise Problem("actor-unnamed", "actor", "查看完整信息")
    found = lives.found(connection, command.hall, command.case_id)
    if found is None:
        raise Problem("not-found", "case", command.case_id)
    known = select(_L.look_id).where(_L.hall == command.hall, _L.look_id == command.look_id)
    if connection.execute(known).first() is not None:
        return False
    row = {"hall": command.hall, "look_id": command.look_id, "case_id": found.life.case_id}
    said = {"what": command.what, "clerk": actor.clerk_no, "at_ms": to_ms(command.at)}
    connection.execute(insert(looks).values(**row, **said))
    return True


def looks_of(connection: Connection, hall: str, case_id: str) -> Sequence[Mapping[str, Any]]:
    """Every look at a case, oldest first: `{id, what, clerk, at_ms}`."""
    asked = select(_L.look_id, _L.what, _L.clerk, _L.at_ms)
    rows = connection.execute(
        asked.where(_L.hall == hall, _L.case_id == case_id).order_by(_L.at_ms, _L.look_id)
    )
    return [{"id": r.look_id, "what": r.what, "clerk": r.clerk, "at_ms": r.at_ms} for r in rows]
