"""The read copy of what the hub tells: where each case stands, and how far its feed was read."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step


def _create(connection: Connection) -> None:
    connection.exec_driver_sql(
        """CREATE TABLE lives (
            case_id text PRIMARY KEY, unit_no integer NOT NULL, body text NOT NULL) WITHOUT ROWID"""
    )
    connection.exec_driver_sql(
        """CREATE TABLE feed_place (
            id integer PRIMARY KEY CHECK (id = 1), unit_no integer NOT NULL,
            epoch integer NOT NULL, last integer NOT NULL)"""
    )


STEP = Step(2, "the life of cases", _create)
