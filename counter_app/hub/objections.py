"""我认为有误: what was said at the counter against a reason of a case, for those who decide on it later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from counter_app.hub.rows import to_time
from counter_app.hub.tables import envelopes

_E = envelopes.c
_OF_CASE = (
    select(_E.text)
    .where(_E.hall == bindparam("hall"), _E.case_id == bindparam("of"), _E.kind == "verdict.objected")
    .order_by(_E.at_ms, _E.seq)
)
_SAID = ("about", "words", "basis")


def objections_of(connection: Connection, hall: str, case_id: str) -> Sequence[Mapping[str, Any]]:
    """Every objection to a case, oldest first: `{at, about, words, basis}`; they never become fewer."""
    texts = connection.execute(_OF_CASE, {"hall": hall, "of": case_id}).scalars()
    return [_told(json.loads(text)) for text in texts]


def _told(envelope: Mapping[str, Any]) -> Mapping[str, Any]:
    body: Mapping[str, Any] = envelope["body"]
    return {"at": to_time(envelope["wall_ms"]).isoformat(), **{key: str(body.get(key, "")) for key in _SAID}}
