"""Numbers a window served by hand before the hub had heard of them."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step


def _apply(connection: Connection) -> None:
    connection.exec_driver_sql(
        """CREATE TABLE by_hand (
            hall VARCHAR NOT NULL,
            day VARCHAR NOT NULL,
            number VARCHAR NOT NULL,
            "window" VARCHAR NOT NULL,
            clerk VARCHAR NOT NULL,
            device VARCHAR NOT NULL,
            event_id VARCHAR NOT NULL,
            at_ms BIGINT NOT NULL,
            PRIMARY KEY (hall, day, number)
        )"""
    )


STEP = Step(13, "numbers served by hand", _apply)
