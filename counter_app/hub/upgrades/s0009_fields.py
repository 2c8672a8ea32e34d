"""The hall's field keys."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step


def _apply(connection: Connection) -> None:
    connection.exec_driver_sql(
        """CREATE TABLE field_keys (
            hall VARCHAR NOT NULL,
            version BIGINT NOT NULL,
            sealed TEXT NOT NULL,
            why TEXT NOT NULL,
            at_ms BIGINT NOT NULL,
            PRIMARY KEY (hall, version)
        )"""
    )


STEP = Step(9, "field keys of the hall", _apply)
