"""Single values another hall's hub sealed for ours, as the devices of this hall open them."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step


def _apply(connection: Connection) -> None:
    connection.exec_driver_sql(
        """CREATE TABLE brought_values (
            hall VARCHAR NOT NULL,
            case_id VARCHAR NOT NULL,
            name VARCHAR NOT NULL,
            sealed TEXT NOT NULL,
            at_ms BIGINT NOT NULL,
            PRIMARY KEY (hall, case_id, name)
        )"""
    )


STEP = Step(15, "values of cases another hall brought", _apply)
