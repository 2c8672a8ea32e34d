"""Whose facts are whose, lives of a hub, reference data by scope, settled doubts, packages by stick."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step

_STATEMENTS = (
    """CREATE TABLE hub_epochs (
        hall VARCHAR NOT NULL,
        epoch BIGINT NOT NULL,
        first VARCHAR NOT NULL,
        second VARCHAR NOT NULL,
        why TEXT NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, epoch)
    )""",
    """CREATE TABLE fences (
        hall VARCHAR NOT NULL, epoch BIGINT NOT NULL, at_ms BIGINT NOT NULL, PRIMARY KEY (hall)
    )""",
    """CREATE TABLE device_owners (
        hall VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        member VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, device)
    )""",
    """CREATE TABLE settled_doubts (
        hall VARCHAR NOT NULL,
        event_id VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        way VARCHAR NOT NULL,
        why TEXT NOT NULL,
        clerk VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, event_id, code)
    )""",
    """CREATE TABLE used_up (
        hall VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        key VARCHAR NOT NULL,
        case_id VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, kind, key, case_id)
    )""",
    """CREATE TABLE reference (
        hall VARCHAR NOT NULL,
        scope VARCHAR NOT NULL,
        entity VARCHAR NOT NULL,
        feed_no BIGINT NOT NULL,
        version BIGINT NOT NULL,
        text {bytes} NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, scope, entity)
    )""",
    "CREATE UNIQUE INDEX reference_in_order ON reference (hall, scope, feed_no)",
    """CREATE TABLE reference_heads (
        hall VARCHAR NOT NULL, scope VARCHAR NOT NULL, last BIGINT NOT NULL, PRIMARY KEY (hall, scope)
    )""",
    """CREATE TABLE imports (
        hall VARCHAR NOT NULL,
        package_id VARCHAR NOT NULL,
        digest VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        carrier VARCHAR NOT NULL,
        text TEXT NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, package_id)
    )""",
    """CREATE TABLE gateway_calls (
        hall VARCHAR NOT NULL,
        serial VARCHAR NOT NULL,
        infno VARCHAR NOT NULL,
        subject VARCHAR NOT NULL,
        request_id VARCHAR NOT NULL,
        input {bytes} NOT NULL,
        state VARCHAR NOT NULL,
        result VARCHAR NOT NULL,
        because TEXT NOT NULL,
        clerk VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        changed_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, serial)
    )""",
    "CREATE INDEX gateway_of_subject ON gateway_calls (hall, subject)",
    "CREATE INDEX gateway_requests ON gateway_calls (hall, request_id)",
    """CREATE TABLE gateway_serials (hall VARCHAR NOT NULL, last BIGINT NOT NULL, PRIMARY KEY (hall))""",
)
_BYTES = {"sqlite": "BLOB", "postgresql": "BYTEA"}


def apply(connection: Connection) -> None:
    """Make the tables."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement.replace("{bytes}", _BYTES[connection.dialect.name]))


STEP = Step(7, "epochs, owners, reference data, packages", apply)
