"""Appointments, spare numbers and enrolled devices; like `tables`, whose metadata they join."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from counter_app.hub.tables import metadata

# Appointments. `state` is open, used (by `ticket_id`) or cancelled; `source` is the ticket it came from.
bookings = Table(
    "bookings",
    metadata,
    Column("hall", String, primary_key=True),
    Column("booking_id", String, primary_key=True),
    Column("day", String, nullable=False),
    Column("start_ms", BigInteger, nullable=False),
    Column("group", String, nullable=False),
    Column("klass", String, nullable=False),
    Column("person", String, nullable=False),
    Column("needs", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("ticket_id", String, nullable=False),
    Column("source", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index("bookings_of_a_day", "hall", "day", "start_ms", "group"),
)
# Numbers set aside for a kiosk, to be given while the hub is away.
spares = Table(
    "spares",
    metadata,
    Column("hall", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("prefix", String, primary_key=True),
    Column("first_nth", BigInteger, primary_key=True, autoincrement=False),
    Column("last_nth", BigInteger, nullable=False),
    Column("holder", String, nullable=False),
    Column("request_id", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
# Spare numbers a window served (人工叫号) before the machine that gave them had told the hub.
by_hand = Table(
    "by_hand",
    metadata,
    Column("hall", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("number", String, primary_key=True),
    Column("window", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("device", String, nullable=False),
    Column("event_id", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
devices = Table(
    "devices",
    metadata,
    Column("hall", String, primary_key=True),
    Column("device", String, primary_key=True),
    Column("public_key", String, nullable=False),
    Column("role", String, nullable=False),
    Column("window", String, nullable=False),
    Column("name", String, nullable=False),
    Column("token_digest", String, nullable=False),
    Column("revoked", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
# One-time codes for enrolling a device; only a digest is kept.
invitations = Table(
    "invitations",
    metadata,
    Column("hall", String, primary_key=True),
    Column("digest", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("window", String, nullable=False),
    Column("name", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("tries", BigInteger, nullable=False),
    Column("device", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
# The keys of a hall for marks of persons; only the highest version makes new ones.
people_keys = Table(
    "people_keys",
    metadata,
    Column("hall", String, primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("secret", String, nullable=False),
    Column("why", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
