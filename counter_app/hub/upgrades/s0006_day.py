"""Bad answers are followed up, receipts carry a code to rate by, people are sorted, numbers are kept."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step

_STATEMENTS = (
    """CREATE TABLE rating_codes (
        hall VARCHAR NOT NULL,
        digest VARCHAR NOT NULL,
        case_id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        until VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, digest)
    )""",
    """CREATE TABLE follow_ups (
        hall VARCHAR NOT NULL,
        case_id VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        text TEXT NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, case_id)
    )""",
    """CREATE TABLE sorted (
        hall VARCHAR NOT NULL,
        outage VARCHAR NOT NULL,
        ticket_id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        klass VARCHAR NOT NULL,
        way VARCHAR NOT NULL,
        clerk VARCHAR NOT NULL,
        note TEXT NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, outage, ticket_id)
    )""",
    """CREATE TABLE kept_numbers (
        hall VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        outage VARCHAR NOT NULL,
        source VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        "group" VARCHAR NOT NULL,
        klass VARCHAR NOT NULL,
        person VARCHAR NOT NULL,
        due_key BIGINT NOT NULL,
        valid_to VARCHAR NOT NULL,
        ticket_id VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, code),
        CONSTRAINT one_code_a_ticket UNIQUE (hall, source)
    )""",
)


def apply(connection: Connection) -> None:
    """Make the tables."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)


STEP = Step(6, "follow-ups, rating codes, kept numbers", apply)
