"""Pages of a case that the counter has covered in places: which page takes the place of which."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from counter_app.hub.tables import envelopes

_E = envelopes.c
_OF_CASE = (
    select(_E.text)
    .where(_E.hall == bindparam("hall"), _E.case_id == bindparam("of"), _E.kind == "page.masked")
    .order_by(_E.at_ms, _E.seq)
)


def covers_of(connection: Connection, hall: str, case_id: str) -> Sequence[dict[str, str]]:
    """Every covered page with the page as it was first, however often it was covered: `{page, original}`."""
    first: dict[str, str] = {}
    for text in connection.execute(_OF_CASE, {"hall": hall, "of": case_id}).scalars():
        body = json.loads(text)["body"]
        first[str(body["page"])] = first.get(str(body["original"]), str(body["original"]))
    return [{"page": page, "original": original} for page, original in first.items()]
