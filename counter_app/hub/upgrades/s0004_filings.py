"""Packages of filings wait in the hall, and a window that takes a filing keeps the others off it."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step

_STATEMENTS = (
    """CREATE TABLE packages (
        hall VARCHAR NOT NULL,
        package_no BIGINT NOT NULL,
        package_id VARCHAR NOT NULL,
        digest VARCHAR NOT NULL,
        "text" TEXT NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, package_no),
        CONSTRAINT one_package_an_id UNIQUE (hall, package_id)
    )""",
    """CREATE TABLE claims (
        hall VARCHAR NOT NULL,
        filing_id VARCHAR NOT NULL,
        "window" VARCHAR NOT NULL,
        case_id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, filing_id)
    )""",
)


def apply(connection: Connection) -> None:
    """Make both tables."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)


STEP = Step(4, "packages of filings, and who took one", apply)
