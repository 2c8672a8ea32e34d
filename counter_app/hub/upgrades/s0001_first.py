"""The first schema of the hub store, frozen: it never changes again; a change is the next step."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step

# What both databases read alike; only the serial differs.
TABLES = """
CREATE TABLE halls (
    hall VARCHAR NOT NULL,
    rules TEXT NOT NULL,
    closed TEXT NOT NULL,
    feed_epoch BIGINT NOT NULL,
    feed_last BIGINT NOT NULL,
    PRIMARY KEY (hall)
);
CREATE TABLE windows (
    hall VARCHAR NOT NULL,
    "window" VARCHAR NOT NULL,
    own TEXT NOT NULL,
    helps TEXT NOT NULL,
    paused TEXT NOT NULL,
    PRIMARY KEY (hall, "window")
);
CREATE TABLE counters (
    hall VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    prefix VARCHAR NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (hall, day, prefix)
);
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
    PRIMARY KEY (hall, ticket_id),
    CONSTRAINT one_number_a_day UNIQUE (hall, day, number)
);
CREATE UNIQUE INDEX one_person_a_window ON tickets (hall, "window") WHERE state IN ('called', 'serving');
CREATE UNIQUE INDEX one_place_a_person ON tickets (hall, person)
    WHERE person <> '' AND state IN ('waiting', 'called');
CREATE INDEX the_leases ON tickets (hall, lease_ms) WHERE state = 'called';
CREATE INDEX the_pace ON tickets (hall, "group", ended_ms) WHERE state = 'done';
CREATE INDEX the_line ON tickets (hall, lane, due_key, nth) WHERE state = 'waiting';
CREATE INDEX the_stale ON tickets (hall, taken_ms) WHERE state IN ('waiting', 'called', 'serving');
CREATE TABLE calls (
    hall VARCHAR NOT NULL,
    call_id VARCHAR NOT NULL,
    ticket_id VARCHAR NOT NULL,
    "window" VARCHAR NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (hall, call_id)
);
CREATE TABLE requests (
    hall VARCHAR NOT NULL,
    request_id VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (hall, request_id)
);
CREATE TABLE line_facts (
    fact_no {serial},
    hall VARCHAR NOT NULL,
    ticket_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    at_ms BIGINT NOT NULL,
    clerk VARCHAR NOT NULL,
    "window" VARCHAR NOT NULL,
    why TEXT NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX a_tickets_story ON line_facts (hall, ticket_id, fact_no);
CREATE TABLE envelopes (
    event_id VARCHAR NOT NULL,
    hall VARCHAR NOT NULL,
    device VARCHAR NOT NULL,
    epoch BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    hash VARCHAR NOT NULL,
    prev_hash VARCHAR NOT NULL,
    business_date VARCHAR NOT NULL,
    text TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (event_id),
    CONSTRAINT one_fact_a_place UNIQUE (device, epoch, seq)
);
CREATE INDEX a_cases_facts ON envelopes (hall, case_id);
CREATE TABLE quarantine (
    hall VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    device VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    text TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (hall, digest)
);
CREATE TABLE device_heads (
    hall VARCHAR NOT NULL,
    device VARCHAR NOT NULL,
    epoch BIGINT NOT NULL,
    upto BIGINT NOT NULL,
    PRIMARY KEY (device, epoch)
);
CREATE TABLE cases (
    hall VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    type_id VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    device VARCHAR NOT NULL,
    business_date VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (hall, case_id)
);
CREATE INDEX the_same_matter ON cases (hall, person, type_id, business_date);
CREATE TABLE doubts (
    hall VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    detail TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (hall, event_id, code)
);
CREATE TABLE feed (
    hall VARCHAR NOT NULL,
    feed_no BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    device VARCHAR NOT NULL,
    text TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (hall, feed_no)
);
CREATE TABLE ratings (
    hall VARCHAR NOT NULL,
    request_id VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    level BIGINT NOT NULL,
    indicators TEXT NOT NULL,
    follow_up VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (hall, request_id)
);
CREATE UNIQUE INDEX one_rating_a_case ON ratings (hall, case_id) WHERE level > 0;
CREATE TABLE tokens (
    hall VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    "window" VARCHAR NOT NULL,
    revoked VARCHAR NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (digest)
)
"""
SERIAL = {
    "sqlite": "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT",
    "postgresql": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
}
# Facts are appended, never edited: the database itself says no.
FACTS = ("line_facts", "envelopes", "feed")
SQLITE_GUARD = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'facts are appended, never edited'); END
"""
# A serial is handed out before the commit; who follows the facts must know whose are still open.
POSTGRES_ORDER = """
ALTER TABLE line_facts ADD COLUMN xid BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint)
"""
POSTGRES_REFUSAL = """
CREATE FUNCTION refuse_edit() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'facts are appended, never edited'; END $$
"""
POSTGRES_GUARD = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_edit()
"""


def apply(connection: Connection) -> None:
    """Make the tables, their indexes and the guards of the facts."""
    dialect = connection.dialect.name
    for statement in TABLES.replace("{serial}", SERIAL[dialect]).split(";"):
        connection.exec_driver_sql(statement)
    if dialect == "postgresql":
        connection.exec_driver_sql(POSTGRES_REFUSAL)
        connection.exec_driver_sql(POSTGRES_ORDER)
    guard = POSTGRES_GUARD if dialect == "postgresql" else SQLITE_GUARD
    for table in FACTS:
        for verb in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(guard.replace("{table}", table).replace("{verb}", verb))


STEP = Step(1, "the line, cases, feed, ratings", apply)
