"""Fewer pages for a batch: only facts about a case are indexed by it, and desks' work has a tree less."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step

WORK = """
CREATE TABLE work (
    hall VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    desk VARCHAR NOT NULL,
    part VARCHAR NOT NULL,
    due VARCHAR NOT NULL,
    PRIMARY KEY (hall, case_id, desk)
) WITHOUT ROWID
"""
INDEXES = (
    "CREATE INDEX work_of_a_desk ON work (hall, desk, due, case_id)",
    "CREATE INDEX work_of_the_hall ON work (hall, due, case_id)",
)


def apply(connection: Connection) -> None:
    """Make the index of facts anew, and in a file the table of work."""
    connection.exec_driver_sql("DROP INDEX a_cases_facts")
    connection.exec_driver_sql("CREATE INDEX a_cases_facts ON envelopes (hall, case_id) WHERE case_id <> ''")
    if connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql("ALTER TABLE work RENAME TO old_work")
    connection.exec_driver_sql(WORK)
    connection.exec_driver_sql(
        "INSERT INTO work SELECT hall, case_id, desk, part, due FROM old_work ORDER BY hall, case_id, desk"
    )
    connection.exec_driver_sql("DROP TABLE old_work")  # its indexes go with it
    for index in INDEXES:
        connection.exec_driver_sql(index)


STEP = Step(18, "fewer pages for a batch", apply)
