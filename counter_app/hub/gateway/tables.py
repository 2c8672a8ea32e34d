"""Every question that changed something far away, by its serial, and the last serial used."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table, Text

from counter_app.hub.tables import metadata

# `state` is planned, unknown, done, refused, absent (looked up: not there) or settled (by a person).
gateway_calls = Table(
    "gateway_calls",
    metadata,
    Column("hall", String, primary_key=True),
    Column("serial", String, primary_key=True),
    Column("infno", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("request_id", String, nullable=False),
    Column("input", LargeBinary, nullable=False),
    Column("state", String, nullable=False),
    Column("result", String, nullable=False),
    Column("because", Text, nullable=False),
    Column("clerk", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("changed_ms", BigInteger, nullable=False),
    Index("gateway_of_subject", "hall", "subject"),
    Index("gateway_requests", "hall", "request_id"),
)
gateway_serials = Table(
    "gateway_serials",
    metadata,
    Column("hall", String, primary_key=True),
    Column("last", BigInteger, nullable=False),
)
