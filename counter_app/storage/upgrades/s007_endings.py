"""People are found by the endings of their names, sorted: one stretch of it answers any run of characters.

Before, the places of every character were intersected, which among a million people took twenty milliseconds.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from counter_app.database.steps import Step
from counter_app.storage.names import endings

_OLD = ("DROP TABLE person_names", "DROP INDEX people_names")
_TABLE = """CREATE TABLE person_endings (
    ending text NOT NULL, rid integer NOT NULL, PRIMARY KEY (ending, rid)) WITHOUT ROWID"""
# Sorted before it is written, so that each page is written once.
_FILL = """INSERT INTO person_endings (ending, rid)
    SELECT found.value, people.rid FROM people, json_each(endings_of(people.name)) AS found ORDER BY 1, 2"""


def _apply(connection: Connection) -> None:
    for statement in (*_OLD, _TABLE):
        connection.exec_driver_sql(statement)
    if connection.exec_driver_sql("SELECT 1 FROM people LIMIT 1").first():  # a store just made has nobody
        _fill(connection.connection.driver_connection, connection)


def _fill(link: Any, connection: Connection) -> None:
    link.create_function("endings_of", 1, _told)
    connection.exec_driver_sql(_FILL)
    link.create_function("endings_of", 1, None)


def _told(name: str) -> str:
    return json.dumps(endings(name))


STEP = Step(7, "people by the endings of their names", _apply)
