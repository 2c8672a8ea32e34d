"""How a case came to the counter, and those that began elsewhere (batches, filings, home visits)."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step

_STATEMENTS = (
    "ALTER TABLE cases ADD COLUMN channel text NOT NULL DEFAULT 'desk'",
    "ALTER TABLE cases ADD COLUMN came text NOT NULL DEFAULT '{}'",
    "ALTER TABLE cases ADD COLUMN came_key text NOT NULL DEFAULT ''",
    "CREATE INDEX cases_came ON cases (came_key) WHERE came_key <> ''",
    """CREATE TABLE filings (
        filing_id text PRIMARY KEY, unit_no integer NOT NULL, channel text NOT NULL, origin text NOT NULL,
        type_id text NOT NULL, filed_at text NOT NULL, state text NOT NULL, case_number text NOT NULL,
        reason text NOT NULL, content_hash text NOT NULL, body text NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX filings_open ON filings (state, filed_at)",
)


def _apply(connection: Connection) -> None:
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)


STEP = Step(4, "cases that began elsewhere", _apply)
