"""What became of the cases another hall accepted for us, told to that hall alone."""

from __future__ import annotations

from sqlalchemy import Connection, select

from counter_app.domain.actor import Actor
from counter_app.hub.case_facts import OF_CASES
from counter_app.hub.commands import Feed
from counter_app.hub.feed import FeedPage, read_feed
from counter_app.hub.tables import envelopes
from counter_app.wire.enrol import store_of_hall

_NOBODY = Actor("", "", ("system",))


def brought(connection: Connection, hall: str, device: str, after: int, limit: int = 500) -> FeedPage:
    """The feed after a place, without the rows about cases that device did not bring."""
    page = read_feed(connection, _NOBODY, Feed(hall, after, limit))
    e, asked = envelopes.c, {str(row["case_id"]) for row in page.rows}
    chosen = select(e.case_id).where(e.hall == hall, e.case_id.in_(sorted(asked)), OF_CASES)
    theirs = set(connection.execute(chosen.where(e.device == store_of_hall(device))).scalars())
    return FeedPage(page.epoch, page.last, tuple(row for row in page.rows if row["case_id"] in theirs))
