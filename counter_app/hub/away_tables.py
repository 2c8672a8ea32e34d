"""Cases that are away at another hall, and how far both sides are. They join `tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from counter_app.hub.tables import metadata

away = Table(
    "away",
    metadata,
    Column("hall", String, primary_key=True),
    Column("case_id", String, primary_key=True),
    Column("place", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
# What has to be told there, in order of `no`; `text` is what is sent, the same each time, "" until it was
# put together; `verdict` is what the other hall said, "" while it waits.
away_facts = Table(
    "away_facts",
    metadata,
    Column("hall", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("place", String, nullable=False),
    Column("no", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("verdict", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index("away_facts_waiting", "hall", "place", "verdict", "no"),
)
# Per place the end of our own chain there and how far its feed was read; place "" is our own feed.
away_places = Table(
    "away_places",
    metadata,
    Column("hall", String, primary_key=True),
    Column("place", String, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("prev_hash", String, nullable=False),
    Column("feed_epoch", BigInteger, nullable=False),
    Column("feed_no", BigInteger, nullable=False),
)
