"""Tables about the day of a hall: codes to rate by, follow-ups, people sorted in an outage, kept numbers."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table, Text, UniqueConstraint

from counter_app.hub.tables import metadata

# What a receipt's code to rate by is about; only its digest is kept. `until` is an ISO day.
rating_codes = Table(
    "rating_codes",
    metadata,
    Column("hall", String, primary_key=True),
    Column("digest", String, primary_key=True),
    Column("case_id", String, nullable=False),
    Column("number", String, nullable=False),
    Column("until", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
# 差评回访: `text` is the follow-up as JSON.
follow_ups = Table(
    "follow_ups",
    metadata,
    Column("hall", String, primary_key=True),
    Column("case_id", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
# What each waiting person was offered in an outage; the last word counts.
sorted_people = Table(
    "sorted",
    metadata,
    Column("hall", String, primary_key=True),
    Column("outage", String, primary_key=True),
    Column("ticket_id", String, primary_key=True),
    Column("number", String, nullable=False),
    Column("klass", String, nullable=False),
    Column("way", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
# 保留号: good for another day at its old place; `ticket_id` is what it became, "" before.
kept_numbers = Table(
    "kept_numbers",
    metadata,
    Column("hall", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("outage", String, nullable=False),
    Column("source", String, nullable=False),
    Column("number", String, nullable=False),
    Column("group", String, nullable=False),
    Column("klass", String, nullable=False),
    Column("person", String, nullable=False),
    Column("due_key", BigInteger, nullable=False),
    Column("valid_to", String, nullable=False),
    Column("ticket_id", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    UniqueConstraint("hall", "source", name="one_code_a_ticket"),
)
