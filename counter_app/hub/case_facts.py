"""The facts about one case by their index; it holds no others, and a query has to say so."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select, text

from counter_app.hub.tables import ABOUT_A_CASE, envelopes

_E = envelopes.c
OF_CASES = text(ABOUT_A_CASE)
OF_CASE = and_(_E.hall == bindparam("hall"), _E.case_id == bindparam("of"), OF_CASES)
OF_A_KIND = select(_E.text).where(OF_CASE, _E.kind == bindparam("kind")).order_by(_E.at_ms, _E.seq)


def facts_of(connection: Connection, hall: str, case_id: str, kind: str) -> Sequence[Mapping[str, Any]]:
    """The envelopes of a kind about a case, in the order they arrived."""
    found = connection.execute(OF_A_KIND, {"hall": hall, "of": case_id, "kind": kind}).scalars()
    return [json.loads(one) for one in found]
