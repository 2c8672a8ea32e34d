"""Cases accepted for another hall: which are away, what is told there, how far both sides are."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step

_TABLES = (
    """CREATE TABLE away (
        hall VARCHAR NOT NULL,
        case_id VARCHAR NOT NULL,
        place VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, case_id)
    )""",
    """CREATE TABLE away_facts (
        hall VARCHAR NOT NULL,
        event_id VARCHAR NOT NULL,
        place VARCHAR NOT NULL,
        no BIGINT NOT NULL,
        text TEXT NOT NULL,
        verdict VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, event_id)
    )""",
    "CREATE INDEX away_facts_waiting ON away_facts (hall, place, verdict, no)",
    """CREATE TABLE away_places (
        hall VARCHAR NOT NULL,
        place VARCHAR NOT NULL,
        seq BIGINT NOT NULL,
        prev_hash VARCHAR NOT NULL,
        feed_epoch BIGINT NOT NULL,
        feed_no BIGINT NOT NULL,
        PRIMARY KEY (hall, place)
    )""",
)


def _apply(connection: Connection) -> None:
    for text in _TABLES:
        connection.exec_driver_sql(text)


STEP = Step(12, "cases that are away at another hall", _apply)
