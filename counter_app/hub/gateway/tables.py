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
# What a case has for the platform. `state` counts while nothing was sent under `request_id`: waiting,
# refused (it could not even be put together), settled, dropped; then the call's does. `told` is the state
# the feed was told last; `next_ms` when somebody may look at it again, NEVER once nothing is left to do.
gateway_errands = Table(
    "gateway_errands",
    metadata,
    Column("hall", String, primary_key=True),
    Column("errand_id", String, primary_key=True),
    Column("case_id", String, nullable=False),
    Column("number", String, nullable=False),
    Column("type_id", String, nullable=False),
    Column("infno", String, nullable=False),
    Column("field", String, nullable=False),
    Column("undoes", String, nullable=False),
    Column("request_id", String, nullable=False),
    Column("state", String, nullable=False),
    Column("told", String, nullable=False),
    Column("because", Text, nullable=False),
    Column("clerk", String, nullable=False),
    Column("attempt", BigInteger, nullable=False),
    Column("tries", BigInteger, nullable=False),
    Column("next_ms", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index("errands_of_case", "hall", "case_id"),
    Index("errands_due", "hall", "next_ms"),
)
gateway_places = Table(
    "gateway_places",
    metadata,
    Column("hall", String, primary_key=True),
    Column("last", BigInteger, nullable=False),
)
