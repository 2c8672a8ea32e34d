"""When a device was reported lost, and what it sent afterwards. They join `tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table, Text

from counter_app.hub.tables import metadata

# The moment the hall gave a device up: what it signed from then on is nobody's word.
device_reports = Table(
    "device_reports",
    metadata,
    Column("hall", String, primary_key=True),
    Column("device", String, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
)
# `member` is the device that sent, `device` the store whose facts they are; `state` is "" while nobody has
# decided, then `released` or `discarded`. What was settled together is one `lot`.
held_records = Table(
    "held_records",
    metadata,
    Column("hall", String, primary_key=True),
    Column("member", String, primary_key=True),
    Column("digest", String, primary_key=True),
    Column("lot", BigInteger, nullable=False),
    Column("device", String, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("wall_ms", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
# The first of the two people who let a lot in.
held_orders = Table(
    "held_orders",
    metadata,
    Column("hall", String, primary_key=True),
    Column("lot_id", String, primary_key=True),
    Column("clerk", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
