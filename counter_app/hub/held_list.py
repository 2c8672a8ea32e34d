"""What the two people who decide about a lost device's records may see of them: acts, times, masked names.

Nothing leaves the hub whole: a name is masked here, and no answer of a form is told at all. It is a list to
hold against the papers; none of it is counted anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from counter_app.domain import masks
from counter_app.hub.held import in_time, lot_named
from counter_app.hub.held_tables import held_records
from counter_app.hub.rows import to_time
from counter_app.problems import Problem

MOST = 500  # lines of a list somebody compares with papers
_H = held_records.c


def shown(connection: Connection, hall: str, lot_id: str) -> Sequence[Mapping[str, Any]]:
    """The undecided records of a lot by the time they were signed at, at most `MOST`.

    `{id, kind, at, number, type, type_name, person, early}`; `person` is masked, `early` says that it was
    signed before the report. Raises Problem `not-found`.
    """
    lot = lot_named(hall, lot_id)
    if lot is None:
        raise Problem("not-found", "exception", lot_id)
    mine = (_H.hall == hall, _H.member == lot.member, _H.lot == lot.nth, _H.state == "")
    chosen = select(_H.digest, _H.text).where(*mine)
    ordered = chosen.order_by(_H.wall_ms, _H.device, _H.epoch, _H.seq, _H.digest)
    facts = [(row.digest, json.loads(row.text)) for row in connection.execute(ordered)]
    matters = _matters(fact for _, fact in facts)
    early = set(in_time(connection, lot).digests)
    return [_line(digest, fact, matters, digest in early) for digest, fact in facts[:MOST]]


def _matters(facts: Any) -> dict[str, Mapping[str, Any]]:
    """What the fact that opened a case says of it: the later ones name neither person nor matter."""
    found: dict[str, Mapping[str, Any]] = {}
    for fact in facts:
        body = fact.get("body")
        if isinstance(body, Mapping) and body.get("type_id") and fact.get("case_id"):
            found.setdefault(str(fact["case_id"]), body)
    return found


def _line(digest: str, fact: Mapping[str, Any], matters: Mapping[str, Any], early: bool) -> dict[str, Any]:
    told = fact.get("body")
    body: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    of: Mapping[str, Any] = matters.get(str(fact.get("case_id")), body)
    return {
        "id": digest,
        "kind": str(fact.get("kind", "")),
        "at": to_time(fact["wall_ms"]).isoformat(),
        "number": str(body.get("number") or of.get("number") or ""),
        "type": str(of.get("type_id") or ""),
        "type_name": str(of.get("type_name") or ""),
        "person": masks.name(str(of.get("principal_name") or "")),
        "early": early,
    }
