"""The first schema of the counter store. Frozen once released: changes are new steps."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step

_TABLES = (
    """CREATE TABLE device_state (
        id integer PRIMARY KEY CHECK (id = 1),
        device text NOT NULL, epoch integer NOT NULL, device_code text NOT NULL, hall text NOT NULL,
        hash_alg text NOT NULL,
        unit_no integer NOT NULL, entry integer NOT NULL, audit_head text NOT NULL,
        seq integer NOT NULL, head text NOT NULL, last_event text NOT NULL, last_wall_ms integer NOT NULL,
        synthetic integer NOT NULL, created_ms integer NOT NULL)""",
    """CREATE TABLE facts (
        entry integer PRIMARY KEY, unit_no integer NOT NULL,
        epoch integer NOT NULL, seq integer NOT NULL, event_id text NOT NULL,
        kind text NOT NULL, case_id text NOT NULL, business_date text NOT NULL, wall_ms integer NOT NULL,
        hash text NOT NULL, envelope text NOT NULL)""",
    """CREATE TABLE audit (
        entry integer PRIMARY KEY, unit_no integer NOT NULL, event_id text NOT NULL,
        clerk_no text NOT NULL, kind text NOT NULL, wall_ms integer NOT NULL, alg text NOT NULL,
        fact_hash text NOT NULL, prev_hash text NOT NULL, hash text NOT NULL)""",
    """CREATE TABLE outbox (
        entry integer PRIMARY KEY REFERENCES facts (entry), unit_no integer NOT NULL,
        added_ms integer NOT NULL, state text NOT NULL, note text NOT NULL)""",
    """CREATE TABLE cases (
        rid integer PRIMARY KEY, case_id text NOT NULL UNIQUE, unit_no integer NOT NULL,
        number text NOT NULL, type_id text NOT NULL, type_name text NOT NULL, situation text NOT NULL,
        state text NOT NULL, principal_name text NOT NULL, person_id text NOT NULL, party text NOT NULL,
        pack text NOT NULL, received_on text NOT NULL, accepted_at text, business_date text NOT NULL,
        due_on text, answers text NOT NULL, agent text NOT NULL, helped_by text NOT NULL,
        visit_id text NOT NULL, online integer NOT NULL, clerk_no text NOT NULL,
        clocks text NOT NULL)""",
    """CREATE TABLE materials (
        case_id text NOT NULL REFERENCES cases (case_id), nth integer NOT NULL,
        code text NOT NULL, name text NOT NULL, state text NOT NULL, form text NOT NULL,
        copies integer NOT NULL, pages text NOT NULL, due_on text, original_returned integer NOT NULL,
        PRIMARY KEY (case_id, nth)) WITHOUT ROWID""",
    """CREATE TABLE papers (
        rid integer PRIMARY KEY, paper_id text NOT NULL UNIQUE, unit_no integer NOT NULL,
        number text NOT NULL, case_number text NOT NULL, case_id text NOT NULL, kind text NOT NULL,
        content text NOT NULL, content_hash text NOT NULL, event_id text NOT NULL,
        signature text NOT NULL)""",
    """CREATE TABLE print_jobs (
        paper_id text PRIMARY KEY REFERENCES papers (paper_id), unit_no integer NOT NULL,
        state text NOT NULL, sha256 text NOT NULL, printed integer NOT NULL, reprints integer NOT NULL,
        because text NOT NULL, changed_ms integer NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE people (
        rid integer PRIMARY KEY, person_id text NOT NULL UNIQUE, unit_no integer NOT NULL,
        name text NOT NULL, mark text NOT NULL, body text NOT NULL)""",
    """CREATE TABLE person_keys (
        blind text NOT NULL, rid integer NOT NULL, PRIMARY KEY (blind, rid)) WITHOUT ROWID""",
    """CREATE TABLE person_initials (
        initials text NOT NULL, rid integer NOT NULL, PRIMARY KEY (initials, rid)) WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE person_names
        USING fts5 (name, content = '', contentless_delete = 1, tokenize = 'ascii')""",
    """CREATE TABLE employers (
        rid integer PRIMARY KEY, emp_id text NOT NULL UNIQUE, unit_no integer NOT NULL,
        name text NOT NULL, uscc text NOT NULL, emp_no text NOT NULL, body text NOT NULL)""",
    """CREATE VIRTUAL TABLE employer_names
        USING fts5 (name, content = '', contentless_delete = 1, tokenize = 'ascii')""",
    """CREATE TABLE serials (
        business_date text NOT NULL, device_code text NOT NULL, unit_no integer NOT NULL,
        last integer NOT NULL, PRIMARY KEY (business_date, device_code)) WITHOUT ROWID""",
    """CREATE TABLE blobs (
        ref text PRIMARY KEY, unit_no integer NOT NULL, case_id text NOT NULL,
        size integer NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE clerks (
        clerk_no text PRIMARY KEY, unit_no integer NOT NULL, name text NOT NULL,
        roles text NOT NULL, active integer NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE drafts (
        draft_id text PRIMARY KEY, body text NOT NULL, clerk_no text NOT NULL,
        saved_at text NOT NULL) WITHOUT ROWID""",
)
_INDEXES = (
    "CREATE INDEX facts_of_case ON facts (case_id, entry) WHERE case_id <> ''",
    "CREATE INDEX outbox_open ON outbox (state, entry) WHERE state <> 'acknowledged'",
    "CREATE UNIQUE INDEX case_numbers ON cases (number) WHERE number <> ''",
    "CREATE INDEX cases_of_person ON cases (person_id)",
    "CREATE INDEX cases_due ON cases (due_on) WHERE state IN ('received', 'accepted')",
    "CREATE INDEX paper_numbers ON papers (number)",
    "CREATE INDEX papers_of_case ON papers (case_number)",
    "CREATE INDEX jobs_open ON print_jobs (state) WHERE state <> 'sent'",
    "CREATE INDEX employer_uscc ON employers (uscc)",
    "CREATE INDEX employer_no ON employers (emp_no)",
)
# Every index costs a page in every commit: what can follow the order of writing (rid, entry) has none.
# Facts and audit rows are appended, never edited; papers say for ever what they said.
_APPEND_ONLY = ("facts", "audit", "papers")
_SYNTHETIC_FOR_EVER = (
    """CREATE TRIGGER synthetic_for_ever BEFORE UPDATE ON device_state
        WHEN OLD.synthetic <> 0 AND NEW.synthetic = 0
        BEGIN SELECT RAISE (ABORT, 'a synthetic store stays synthetic'); END""",
    """CREATE TRIGGER state_stays BEFORE DELETE ON device_state
        BEGIN SELECT RAISE (ABORT, 'the device state stays'); END""",
)


def _create(connection: Connection) -> None:
    for statement in (*_TABLES, *_INDEXES, *_SYNTHETIC_FOR_EVER):
        connection.exec_driver_sql(statement)
    for table in _APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE (ABORT, '{table} are appended, never edited'); END"
            )


STEP = Step(1, "the first schema", _create)
