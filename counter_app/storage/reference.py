"""The hall's reference data in this store: each piece with its place, in one transaction.

Not journalled: what is lost is read again from where the store stands.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from counter_app.domain.codec import from_plain
from counter_app.domain.people import Employer, Person
from counter_app.domain.reference import Piece, Place
from counter_app.services.ports import Secrets
from counter_app.storage import people, people_bulk, rows
from counter_app.storage import tables as t

_PLACE = """INSERT INTO reference_places (scope, epoch, last, have, total, read_ms) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (scope) DO UPDATE SET epoch = excluded.epoch, last = excluded.last, have = excluded.have,
    total = excluded.total, read_ms = excluded.read_ms"""
_WORD = """INSERT INTO reference_words (scope, entity, version, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (scope, entity) DO UPDATE SET version = excluded.version, body = excluded.body"""


def take(connection: Connection, piece: Piece, secrets: Secrets, unit_no: int, now_ms: int) -> Place:
    """Write a piece and its place down; the place afterwards."""
    before = place_of(connection, piece.scope)
    have = (before.have if before.epoch == piece.epoch else 0) + len(piece.rows)
    if piece.scope == "people":
        found = [_person(row) for row in piece.rows]
        made = [{**rows.person_row(one, secrets), "unit_no": unit_no} for one in found]
        people_bulk.put(connection, secrets, list(zip(found, made, strict=True)))
    elif piece.scope == "employers":
        for row in piece.rows:
            employer = from_plain(Employer, {**row["body"], "emp_id": row["entity"]})
            people.put_employer(connection, {**rows.employer_row(employer), "unit_no": unit_no})
    else:
        for row in piece.rows:
            body = json.dumps(row["body"], ensure_ascii=False)
            connection.exec_driver_sql(_WORD, (piece.scope, row["entity"], row["version"], body))
    have = min(have, piece.total)
    connection.exec_driver_sql(_PLACE, (piece.scope, piece.epoch, piece.last, have, piece.total, now_ms))
    return place_of(connection, piece.scope)


def place_of(connection: Connection, scope: str) -> Place:
    """How far a scope was read."""
    p = t.reference_places
    row = connection.execute(select(p).where(p.c.scope == scope)).mappings().first()
    return Place(scope) if row is None else _place(row)


def places(connection: Connection) -> Sequence[Place]:
    """Every scope that was read."""
    found = connection.execute(select(t.reference_places).order_by(t.reference_places.c.scope))
    return [_place(row) for row in found.mappings()]


def word(connection: Connection, scope: str, entity: str) -> Mapping[str, Any] | None:
    """The hall's newest word about one thing."""
    w = t.reference_words.c
    chosen = select(w.body).where(w.scope == scope, w.entity == entity)
    text = connection.execute(chosen).scalar_one_or_none()
    return None if text is None else dict(json.loads(text))


def words(connection: Connection, scope: str, beginning: str) -> Mapping[str, Mapping[str, Any]]:
    """The newest words of a scope about things whose names begin so."""
    w = t.reference_words.c
    chosen = select(w.entity, w.body).where(w.scope == scope, w.entity.startswith(beginning, autoescape=True))
    return {row.entity: dict(json.loads(row.body)) for row in connection.execute(chosen.order_by(w.entity))}


def _person(row: Mapping[str, Any]) -> Person:
    return from_plain(Person, {**row["body"], "person_id": row["entity"]})


def _place(row: Mapping[Any, Any]) -> Place:
    at = datetime.fromtimestamp(row["read_ms"] / 1000, UTC).isoformat(timespec="seconds")
    named = {name: row[name] for name in ("scope", "epoch", "last", "have", "total")}
    return Place(**named, read_at=at)
