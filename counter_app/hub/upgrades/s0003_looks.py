"""Who opened what is masked behind the counter: one row for each look (access.read), never changed."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step
from counter_app.hub.upgrades.s0001_first import POSTGRES_GUARD, SQLITE_GUARD

TABLE = """
CREATE TABLE looks (
    hall VARCHAR NOT NULL,
    look_id VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    what VARCHAR NOT NULL,
    clerk VARCHAR NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (hall, look_id)
)
"""


def apply(connection: Connection) -> None:
    """Make the table and see to it that no look is taken back."""
    connection.exec_driver_sql(TABLE)
    guard = POSTGRES_GUARD if connection.dialect.name == "postgresql" else SQLITE_GUARD
    for verb in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(guard.replace("{table}", "looks").replace("{verb}", verb))


STEP = Step(3, "who opened what is masked", apply)
