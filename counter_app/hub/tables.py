"""The hub store as it is now; `upgrades/` says how it got here. Portable to SQLite and PostgreSQL.

Every row has `hall`. Moments are ms since 1970 (UTC), days are ISO texts of the hall's calendar.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()
# SQLite counts up only an INTEGER primary key; PostgreSQL wants the wide one.
Serial = BigInteger().with_variant(Integer, "sqlite")

halls = Table(
    "halls",
    metadata,
    Column("hall", String, primary_key=True),
    Column("rules", Text, nullable=False),
    Column("closed", Text, nullable=False),
    Column("feed_epoch", BigInteger, nullable=False),
    Column("feed_last", BigInteger, nullable=False),
)
windows = Table(
    "windows",
    metadata,
    Column("hall", String, primary_key=True),
    Column("window", String, primary_key=True),
    Column("own", Text, nullable=False),
    Column("helps", Text, nullable=False),
    Column("paused", Text, nullable=False),
    Column("seen_ms", BigInteger, nullable=False, server_default="0"),
    Column("clerk", String, nullable=False, server_default=""),
)
counters = Table(
    "counters",
    metadata,
    Column("hall", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("prefix", String, primary_key=True),
    Column("last", BigInteger, nullable=False),
)
tickets = Table(
    "tickets",
    metadata,
    Column("hall", String, primary_key=True),
    Column("ticket_id", String, primary_key=True),
    Column("day", String, nullable=False),
    Column("number", String, nullable=False),
    Column("nth", BigInteger, nullable=False),
    Column("group", String, nullable=False),
    Column("lane", String, nullable=False),
    Column("klass", String, nullable=False),
    Column("state", String, nullable=False),
    Column("taken_ms", BigInteger, nullable=False),
    Column("due_key", BigInteger, nullable=False),
    Column("window", String, nullable=False),
    Column("call_id", String, nullable=False),
    Column("called_ms", BigInteger),
    Column("lease_ms", BigInteger),
    Column("served_ms", BigInteger),
    Column("ended_ms", BigInteger),
    Column("spoken_ms", BigInteger),
    Column("recalls", BigInteger, nullable=False),
    Column("calls", BigInteger, nullable=False),
    Column("transfers", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
    Column("person", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("needs", String, nullable=False, server_default=""),
    Column("helper", String, nullable=False, server_default=""),
    Column("by", String, nullable=False, server_default=""),
    Column("reissues", BigInteger, nullable=False, server_default="0"),
    Column("booking", String, nullable=False, server_default=""),
    Column("guess_ms", BigInteger, nullable=False, server_default="0"),
    Column("spread_ms", BigInteger, nullable=False, server_default="0"),
    # In this order on a server; a file was made with the hall first and has no use for another order.
    UniqueConstraint("day", "hall", "number", name="one_number_a_day"),
)


# Conditions of the partial indexes. Queries must say them in these very words: a bound value in
# their place hides the index from both databases.
WAITS = "state = 'waiting'"
HELD = "state IN ('called', 'serving')"
IN_LINE = "person <> '' AND state IN ('waiting', 'called')"
DONE = "state = 'done'"
ALIVE = "state IN ('waiting', 'called', 'serving')"
ABOUT_A_CASE = "case_id <> ''"


# The partial indexes, in words: SQLAlchemy's `Index` would load the PostgreSQL dialect and asyncio at the
# start of every desk that is its own hub, and only the test of the upgrade steps asks for them.
PARTIAL = (
    # What makes two windows unable to get the same person, and one person unable to wait twice.
    f'CREATE UNIQUE INDEX one_person_a_window ON tickets (hall, "window") WHERE {HELD}',
    f"CREATE UNIQUE INDEX one_place_a_person ON tickets (hall, person) WHERE {IN_LINE}",
    f"CREATE INDEX the_line ON tickets (hall, lane, due_key, nth) WHERE {WAITS}",
    f"CREATE INDEX the_stale ON tickets (hall, taken_ms) WHERE {ALIVE}",
    f'CREATE INDEX the_pace ON tickets (hall, "group", ended_ms) WHERE {DONE}',
    f"CREATE INDEX a_cases_facts ON envelopes (hall, case_id) WHERE {ABOUT_A_CASE}",
    # 未评 (level 0) may be followed by one real answer; a real answer by nothing.
    "CREATE UNIQUE INDEX one_rating_a_case ON ratings (hall, case_id) WHERE level > 0",
    "CREATE UNIQUE INDEX one_booking_a_person ON bookings (hall, day, person) "
    "WHERE person <> '' AND state = 'open'",
)

calls = Table(
    "calls",
    metadata,
    Column("hall", String, primary_key=True),
    Column("call_id", String, primary_key=True),
    Column("ticket_id", String, nullable=False),
    Column("window", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
requests = Table(
    "requests",
    metadata,
    Column("hall", String, primary_key=True),
    Column("request_id", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
line_facts = Table(
    "line_facts",
    metadata,
    Column("fact_no", Serial, primary_key=True),
    Column("hall", String, nullable=False),
    Column("ticket_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("clerk", String, nullable=False),
    Column("window", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("data", Text, nullable=False),
    Index("a_tickets_story", "hall", "ticket_id", "fact_no"),
)
envelopes = Table(
    "envelopes",
    metadata,
    Column("event_id", String, primary_key=True),
    Column("hall", String, nullable=False),
    Column("device", String, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("case_id", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("prev_hash", String, nullable=False),
    Column("business_date", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    UniqueConstraint("device", "epoch", "seq", name="one_fact_a_place"),
)
quarantine = Table(
    "quarantine",
    metadata,
    Column("hall", String, primary_key=True),
    Column("digest", String, primary_key=True),
    Column("event_id", String, nullable=False),
    Column("device", String, nullable=False),
    Column("code", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
device_heads = Table(
    "device_heads",
    metadata,
    Column("hall", String, nullable=False),
    Column("device", String, primary_key=True),
    Column("epoch", BigInteger, primary_key=True),
    Column("upto", BigInteger, nullable=False),
)
cases = Table(
    "cases",
    metadata,
    Column("hall", String, primary_key=True),
    Column("case_id", String, primary_key=True),
    Column("number", String, nullable=False),
    Column("type_id", String, nullable=False),
    Column("person", String, nullable=False),
    Column("state", String, nullable=False),
    Column("device", String, nullable=False),
    Column("business_date", String, nullable=False),
    Column("event_id", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("matter", BigInteger, nullable=False, server_default="0"),  # `matter.matter_of`
    Index("the_same_matter", "matter"),
)
doubts = Table(
    "doubts",
    metadata,
    Column("hall", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("subject", String, nullable=False),
    Column("detail", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
feed = Table(
    "feed",
    metadata,
    Column("hall", String, primary_key=True),
    Column("feed_no", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("case_id", String, nullable=False),
    Column("event_id", String, nullable=False),
    Column("device", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
ratings = Table(
    "ratings",
    metadata,
    Column("hall", String, primary_key=True),
    Column("request_id", String, primary_key=True),
    Column("case_id", String, nullable=False),
    Column("level", BigInteger, nullable=False),
    Column("indicators", Text, nullable=False),
    Column("follow_up", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
tokens = Table(
    "tokens",
    metadata,
    Column("hall", String, nullable=False),
    Column("digest", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("window", String, nullable=False),
    Column("revoked", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("clerk", String, nullable=False, server_default=""),
)
# Where each case stands (`text` is the life as JSON), and on whose desk: one row for each desk.
lives = Table(
    "lives",
    metadata,
    Column("hall", String, primary_key=True),
    Column("case_id", String, primary_key=True),
    Column("number", String, nullable=False),
    Column("type_name", String, nullable=False),
    Column("person", String, nullable=False),
    Column("step", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index("lives_by_number", "hall", "number"),
)
work = Table(
    "work",
    metadata,
    Column("hall", String, primary_key=True),
    Column("case_id", String, primary_key=True),
    Column("desk", String, primary_key=True),
    Column("part", String, nullable=False),
    Column("due", String, nullable=False),
    Index("work_of_a_desk", "hall", "desk", "due", "case_id"),
    Index("work_of_the_hall", "hall", "due", "case_id"),
    sqlite_with_rowid=False,
)
looks = Table(
    "looks",
    metadata,
    Column("hall", String, primary_key=True),
    Column("look_id", String, primary_key=True),
    Column("case_id", String, nullable=False),
    Column("what", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
moves = Table(
    "moves",
    metadata,
    Column("hall", String, primary_key=True),
    Column("case_id", String, primary_key=True),
    Column("nth", BigInteger, primary_key=True, autoincrement=False),
    Column("move_id", String, nullable=False),
    Column("act", String, nullable=False),
    Column("source", String, nullable=False),
    Column("target", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
packages = Table(
    "packages",
    metadata,
    Column("hall", String, primary_key=True),
    Column("package_no", BigInteger, primary_key=True, autoincrement=False),
    Column("package_id", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    UniqueConstraint("hall", "package_id", name="one_package_an_id"),
)
claims = Table(
    "claims",
    metadata,
    Column("hall", String, primary_key=True),
    Column("filing_id", String, primary_key=True),
    Column("window", String, nullable=False),
    Column("case_id", String, nullable=False),
    Column("number", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
