"""Whose facts are whose, which hub is the hall's, reference data by scope, and doubts that were settled.

Like `tables`, whose metadata they join.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table, Text

from counter_app.hub.tables import metadata

# Every life of a hall's hub: two names raised each but the first. `feed_epoch` of `halls` is the newest.
hub_epochs = Table(
    "hub_epochs",
    metadata,
    Column("hall", String, primary_key=True),
    Column("epoch", BigInteger, primary_key=True, autoincrement=False),
    Column("first", String, nullable=False),
    Column("second", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
# A hub that was shown a newer epoch of itself takes nothing any more.
fences = Table(
    "fences",
    metadata,
    Column("hall", String, primary_key=True),
    Column("epoch", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
# The store of a device (the `device` of its facts) belongs to whoever first told facts of it.
device_owners = Table(
    "device_owners",
    metadata,
    Column("hall", String, primary_key=True),
    Column("device", String, primary_key=True),
    Column("member", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
settled_doubts = Table(
    "settled_doubts",
    metadata,
    Column("hall", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("way", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("clerk", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
# What may be used up once, by a keyed or plain digest: an invoice, a yearly choice.
used_up = Table(
    "used_up",
    metadata,
    Column("hall", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("case_id", String, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
)
# The newest word about each thing of a scope; `text` is sealed by the hub's own key.
reference = Table(
    "reference",
    metadata,
    Column("hall", String, primary_key=True),
    Column("scope", String, primary_key=True),
    Column("entity", String, primary_key=True),
    Column("feed_no", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index("reference_in_order", "hall", "scope", "feed_no", unique=True),
)
reference_heads = Table(
    "reference_heads",
    metadata,
    Column("hall", String, primary_key=True),
    Column("scope", String, primary_key=True),
    Column("last", BigInteger, nullable=False),
)
# Sealed packages of records that came by stick; each counts once.
imports = Table(
    "imports",
    metadata,
    Column("hall", String, primary_key=True),
    Column("package_id", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("device", String, nullable=False),
    Column("carrier", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
