"""Logins of clerks: password hash, lockout, second factor."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step


def _apply(connection: Connection) -> None:
    connection.exec_driver_sql(
        "CREATE TABLE logins (clerk_no text PRIMARY KEY, unit_no integer NOT NULL, body text NOT NULL)"
        " WITHOUT ROWID"
    )


STEP = Step(6, "logins of clerks", _apply)
