"""Tickets carry needs and help; appointments, spare numbers, signs of life of windows, enrolled devices."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step

_STATEMENTS = (
    "ALTER TABLE tickets ADD COLUMN needs VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE tickets ADD COLUMN helper VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE tickets ADD COLUMN \"by\" VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE tickets ADD COLUMN reissues BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE tickets ADD COLUMN booking VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE tickets ADD COLUMN guess_ms BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE tickets ADD COLUMN spread_ms BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE windows ADD COLUMN seen_ms BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE windows ADD COLUMN clerk VARCHAR NOT NULL DEFAULT ''",
    """CREATE TABLE bookings (
        hall VARCHAR NOT NULL,
        booking_id VARCHAR NOT NULL,
        day VARCHAR NOT NULL,
        start_ms BIGINT NOT NULL,
        "group" VARCHAR NOT NULL,
        klass VARCHAR NOT NULL,
        person VARCHAR NOT NULL,
        needs VARCHAR NOT NULL,
        note TEXT NOT NULL,
        state VARCHAR NOT NULL,
        ticket_id VARCHAR NOT NULL,
        source VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, booking_id)
    )""",
    'CREATE INDEX bookings_of_a_day ON bookings (hall, day, start_ms, "group")',
    "CREATE UNIQUE INDEX one_booking_a_person ON bookings (hall, day, person) "
    "WHERE person <> '' AND state = 'open'",
    """CREATE TABLE spares (
        hall VARCHAR NOT NULL,
        day VARCHAR NOT NULL,
        prefix VARCHAR NOT NULL,
        first_nth BIGINT NOT NULL,
        last_nth BIGINT NOT NULL,
        holder VARCHAR NOT NULL,
        request_id VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, day, prefix, first_nth)
    )""",
    """CREATE TABLE devices (
        hall VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        public_key VARCHAR NOT NULL,
        role VARCHAR NOT NULL,
        "window" VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        token_digest VARCHAR NOT NULL,
        revoked VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, device)
    )""",
    """CREATE TABLE invitations (
        hall VARCHAR NOT NULL,
        digest VARCHAR NOT NULL,
        role VARCHAR NOT NULL,
        "window" VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        clerk VARCHAR NOT NULL,
        until_ms BIGINT NOT NULL,
        tries BIGINT NOT NULL,
        device VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, digest)
    )""",
)


def apply(connection: Connection) -> None:
    """Add the columns and make the tables."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)


STEP = Step(5, "the hall: needs, appointments, spare numbers, devices", apply)
