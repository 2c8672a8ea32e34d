"""One key of a hall by which its machines know the same person; renewed when a device leaves."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step


def apply(connection: Connection) -> None:
    """Make the table."""
    connection.exec_driver_sql(
        """CREATE TABLE people_keys (
        hall VARCHAR NOT NULL,
        version BIGINT NOT NULL,
        secret VARCHAR NOT NULL,
        why VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, version)
    )"""
    )


STEP = Step(7, "one key of a hall for the same person at every machine", apply)
