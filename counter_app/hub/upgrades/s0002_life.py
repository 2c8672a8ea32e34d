"""Cases get a life: where each stands, on whose desk it lies, who moved it; tokens for one person."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step
from counter_app.hub.upgrades.s0001_first import POSTGRES_GUARD, SQLITE_GUARD

TABLES = """
ALTER TABLE tokens ADD COLUMN clerk VARCHAR NOT NULL DEFAULT '';
CREATE TABLE lives (
    hall VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    type_name VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    step VARCHAR NOT NULL,
    text TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (hall, case_id)
);
CREATE INDEX lives_by_number ON lives (hall, number);
CREATE TABLE work (
    hall VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    desk VARCHAR NOT NULL,
    part VARCHAR NOT NULL,
    due VARCHAR NOT NULL,
    PRIMARY KEY (hall, case_id, desk)
);
CREATE INDEX work_of_a_desk ON work (hall, desk, due, case_id);
CREATE INDEX work_of_the_hall ON work (hall, due, case_id);
CREATE TABLE moves (
    hall VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    nth BIGINT NOT NULL,
    move_id VARCHAR NOT NULL,
    act VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    clerk VARCHAR NOT NULL,
    text TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (hall, case_id, nth)
)
"""


def apply(connection: Connection) -> None:
    """Make the tables; what was moved is a fact and stays as it was written."""
    for statement in TABLES.split(";"):
        connection.exec_driver_sql(statement)
    guard = POSTGRES_GUARD if connection.dialect.name == "postgresql" else SQLITE_GUARD
    for verb in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(guard.replace("{table}", "moves").replace("{verb}", verb))


STEP = Step(2, "the life of cases", apply)
