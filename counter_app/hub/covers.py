"""Pages of a case that the counter has covered in places: which page takes the place of which."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from counter_app.hub.case_facts import facts_of


def covers_of(connection: Connection, hall: str, case_id: str) -> Sequence[dict[str, str]]:
    """Every covered page with the page as it was first, however often it was covered: `{page, original}`."""
    first: dict[str, str] = {}
    for fact in facts_of(connection, hall, case_id, "page.masked"):
        body = fact["body"]
        first[str(body["page"])] = first.get(str(body["original"]), str(body["original"]))
    return [{"page": page, "original": original} for page, original in first.items()]
