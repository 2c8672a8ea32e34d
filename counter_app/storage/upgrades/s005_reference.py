"""How far the hall's reference data were read, and its words about things that have no table of their own."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step


def _create(connection: Connection) -> None:
    connection.exec_driver_sql(
        """CREATE TABLE reference_places (
            scope text PRIMARY KEY, epoch integer NOT NULL, last integer NOT NULL, have integer NOT NULL,
            total integer NOT NULL, read_ms integer NOT NULL) WITHOUT ROWID"""
    )
    connection.exec_driver_sql(
        """CREATE TABLE reference_words (
            scope text NOT NULL, entity text NOT NULL, version integer NOT NULL, body text NOT NULL,
            PRIMARY KEY (scope, entity)) WITHOUT ROWID"""
    )


STEP = Step(5, "reference data of the hall", _create)
