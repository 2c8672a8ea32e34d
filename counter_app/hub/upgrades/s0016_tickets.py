"""Tickets kept where a press looks for them: one tree for ticket and key, and numbers by their day first.

A file store writes a page less for each number when a ticket lies in the order of its key, without a second
tree beside the table. A server that has not counted the table yet takes every index that begins with the hall
for as good as the key, and of such it prefers the youngest: it went through all numbers of the hall, of every
day, to find one ticket. No look begins with the day alone but the one that asks for a number of a day.
"""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step

TICKETS = """
CREATE TABLE tickets (
    hall VARCHAR NOT NULL,
    ticket_id VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    nth BIGINT NOT NULL,
    "group" VARCHAR NOT NULL,
    lane VARCHAR NOT NULL,
    klass VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    taken_ms BIGINT NOT NULL,
    due_key BIGINT NOT NULL,
    "window" VARCHAR NOT NULL,
    call_id VARCHAR NOT NULL,
    called_ms BIGINT,
    lease_ms BIGINT,
    served_ms BIGINT,
    ended_ms BIGINT,
    spoken_ms BIGINT,
    recalls BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    transfers BIGINT NOT NULL,
    why TEXT NOT NULL,
    person VARCHAR NOT NULL,
    note TEXT NOT NULL,
    needs VARCHAR NOT NULL DEFAULT '',
    helper VARCHAR NOT NULL DEFAULT '',
    "by" VARCHAR NOT NULL DEFAULT '',
    reissues BIGINT NOT NULL DEFAULT 0,
    booking VARCHAR NOT NULL DEFAULT '',
    guess_ms BIGINT NOT NULL DEFAULT 0,
    spread_ms BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (hall, ticket_id),
    CONSTRAINT one_number_a_day UNIQUE (day, hall, number)
) WITHOUT ROWID
"""
INDEXES = """
CREATE UNIQUE INDEX one_person_a_window ON tickets (hall, "window") WHERE state IN ('called', 'serving');
CREATE UNIQUE INDEX one_place_a_person ON tickets (hall, person)
    WHERE person <> '' AND state IN ('waiting', 'called');
CREATE INDEX the_line ON tickets (hall, lane, due_key, nth) WHERE state = 'waiting';
CREATE INDEX the_stale ON tickets (hall, taken_ms) WHERE state IN ('waiting', 'called', 'serving');
CREATE INDEX the_pace ON tickets (hall, "group", ended_ms) WHERE state = 'done'
"""
NUMBERS = (
    "ALTER TABLE tickets DROP CONSTRAINT one_number_a_day",
    "ALTER TABLE tickets ADD CONSTRAINT one_number_a_day UNIQUE (day, hall, number)",
)


def apply(connection: Connection) -> None:
    """A file makes the table anew with what is in it, a server one of its indexes."""
    if connection.dialect.name != "sqlite":
        for statement in NUMBERS:
            connection.exec_driver_sql(statement)
        return
    connection.exec_driver_sql("ALTER TABLE tickets RENAME TO old_tickets")
    connection.exec_driver_sql(TICKETS)
    connection.exec_driver_sql("INSERT INTO tickets SELECT * FROM old_tickets ORDER BY hall, ticket_id")
    connection.exec_driver_sql("DROP TABLE old_tickets")  # its indexes go with it
    for statement in INDEXES.split(";"):
        connection.exec_driver_sql(statement)


STEP = Step(16, "tickets in the order of their keys", apply)
