"""Many people at once: the first copy of a city is a million rows, and each has a dozen search rows.

Whoever is new goes in by a handful of statements for the whole piece; whoever is known is renewed one by
one, as ever. What ends up in the tables is the same (a test compares).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from counter_app.domain.people import Person
from counter_app.services.ports import Secrets
from counter_app.storage.people import PeopleRows, index_of, mark_of

Row = dict[str, Any]
Key = tuple[str, int]
_LAST = "SELECT coalesce(max(rid), 0) FROM people"
_PERSON = "INSERT INTO people (rid, person_id, unit_no, name, mark, body) VALUES (?, ?, ?, ?, ?, ?)"
_KEY = "INSERT INTO person_keys (blind, rid) VALUES (?, ?)"
_INITIALS = "INSERT INTO person_initials (initials, rid) VALUES (?, ?)"
_ENDING = "INSERT INTO person_endings (ending, rid) VALUES (?, ?)"


def put(connection: Connection, secrets: Secrets, found: Sequence[tuple[Person, Row]]) -> None:
    """Write or renew people given with their rows; the last of a person given twice stands."""
    newest = {row["person_id"]: (person, row) for person, row in found}
    known = _known(connection, list(newest))
    one_by_one = PeopleRows(secrets)
    for person_id in known:
        one_by_one.put_person(connection, newest.pop(person_id)[1])
    if newest:
        _put_new(connection, secrets, list(newest.values()))


def _known(connection: Connection, ids: Sequence[str]) -> list[str]:
    marks = ", ".join("?" * len(ids))
    asked = f"SELECT person_id FROM people WHERE person_id IN ({marks})"
    return [row[0] for row in connection.exec_driver_sql(asked, tuple(ids))] if ids else []


def _put_new(connection: Connection, secrets: Secrets, new: Sequence[tuple[Person, Row]]) -> None:
    first = int(connection.exec_driver_sql(_LAST).scalar_one()) + 1
    people: list[tuple[Any, ...]] = []
    keys, spelled, named = list[Key](), list[Key](), list[Key]()
    for rid, (person, row) in enumerate(new, first):
        mark = mark_of(secrets, person)
        people.append((rid, row["person_id"], row["unit_no"], row["name"], mark, row["body"]))
        for rows, found in zip((keys, spelled, named), index_of(secrets, person), strict=True):
            rows += [(one, rid) for one in found]
    connection.exec_driver_sql(_PERSON, people)
    for statement, given in ((_KEY, keys), (_INITIALS, spelled), (_ENDING, named)):
        if given:
            connection.exec_driver_sql(statement, sorted(given))
