"""On a server the index of printed numbers begins with the day, or it is taken for the key of a ticket.

A server that has not counted the table yet finds every index that begins with the hall as good as the key,
and of equals it takes the youngest: to find one ticket it went through every number the hall has ever given.
A file knows a whole key when it sees one.
"""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step


def apply(connection: Connection) -> None:
    """Make the index anew on PostgreSQL; a file stays as it is."""
    if connection.dialect.name == "sqlite":
        return
    connection.exec_driver_sql(
        "ALTER TABLE tickets DROP CONSTRAINT one_number_a_day, "
        "ADD CONSTRAINT one_number_a_day UNIQUE (day, hall, number)"
    )


STEP = Step(16, "numbers by their day first", apply)
