"""我认为有误: what was said at the counter against a reason of a case, for those who decide on it later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from counter_app.hub.case_facts import facts_of
from counter_app.hub.rows import to_time

_SAID = ("about", "words", "basis")


def objections_of(connection: Connection, hall: str, case_id: str) -> Sequence[Mapping[str, Any]]:
    """Every objection to a case, oldest first: `{at, about, words, basis}`; they never become fewer."""
    return [_told(fact) for fact in facts_of(connection, hall, case_id, "verdict.objected")]


def _told(envelope: Mapping[str, Any]) -> Mapping[str, Any]:
    body: Mapping[str, Any] = envelope["body"]
    return {"at": to_time(envelope["wall_ms"]).isoformat(), **{key: str(body.get(key, "")) for key in _SAID}}
