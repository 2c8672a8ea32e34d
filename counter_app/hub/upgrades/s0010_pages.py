"""Fewer pages for each press: what a commit writes is what a window waits for.

A file store encrypts and writes every page a commit touches. Calls and requests are kept in the order of
their keys, without a second tree beside them; facts, of which none is ever taken back, count on from the
last one without a page for the count; the few leases are found among those a window holds.
"""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step
from counter_app.hub.upgrades.s0001_first import SQLITE_GUARD

CALLS = """
CREATE TABLE calls (
    hall VARCHAR NOT NULL,
    call_id VARCHAR NOT NULL,
    ticket_id VARCHAR NOT NULL,
    "window" VARCHAR NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (hall, call_id)
) WITHOUT ROWID
"""
REQUESTS = """
CREATE TABLE requests (
    hall VARCHAR NOT NULL,
    request_id VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (hall, request_id)
) WITHOUT ROWID
"""
FACTS = """
CREATE TABLE line_facts (
    fact_no INTEGER NOT NULL PRIMARY KEY,
    hall VARCHAR NOT NULL,
    ticket_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    at_ms BIGINT NOT NULL,
    clerk VARCHAR NOT NULL,
    "window" VARCHAR NOT NULL,
    why TEXT NOT NULL,
    data TEXT NOT NULL
)
"""
STORY = "CREATE INDEX a_tickets_story ON line_facts (hall, ticket_id, fact_no)"


def apply(connection: Connection) -> None:
    """Make the three tables anew with what is in them; PostgreSQL keeps its own and loses an index."""
    connection.exec_driver_sql("DROP INDEX the_leases")
    if connection.dialect.name != "sqlite":
        return
    for name, made, order in (
        ("calls", CALLS, "hall, call_id"),
        ("requests", REQUESTS, "hall, request_id"),
        ("line_facts", FACTS, "fact_no"),
    ):
        connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO old_{name}")
        connection.exec_driver_sql(made)
        connection.exec_driver_sql(f"INSERT INTO {name} SELECT * FROM old_{name} ORDER BY {order}")
        connection.exec_driver_sql(f"DROP TABLE old_{name}")  # its index and its guards go with it
    connection.exec_driver_sql(STORY)
    for verb in ("UPDATE", "DELETE"):
        guard = SQLITE_GUARD.replace("{table}", "line_facts").replace("{verb}", verb)
        connection.exec_driver_sql(guard)


STEP = Step(10, "fewer pages for each press", apply)
