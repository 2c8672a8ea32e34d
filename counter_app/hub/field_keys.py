"""The key a hall's devices seal single values with: made here, wrapped to each device that asks, renewed.

Whoever runs the database reads none of them: they are sealed with the hub's own key. A device that was
revoked opens what it knew and nothing sealed since.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct
from sqlalchemy import BigInteger, Column, Connection, String, Table, Text, func, insert, select, update

from counter_app.hub import enrolment
from counter_app.hub.ask import Ask, Endpoint
from counter_app.hub.shapes import Id
from counter_app.hub.tables import metadata
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.boxes import seal_to
from counter_app.seals.hub_identity import HubIdentity
from counter_app.seals.provider import new_key
from counter_app.wire.fields import about

# `sealed` is empty from the moment a device left until the next one asks: the key is made then.
field_keys = Table(
    "field_keys",
    metadata,
    Column("hall", String, primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("sealed", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
_F = field_keys.c


def renew(connection: Connection, hall: str, why: str, now_ms: int) -> None:
    """Another key from now on; nothing before the first was asked for."""
    last = int(connection.execute(select(func.max(_F.version)).where(_F.hall == hall)).scalar() or 0)
    if last:
        row = {"hall": hall, "version": last + 1, "sealed": "", "why": why, "at_ms": now_ms}
        connection.execute(insert(field_keys).values(row))


def keys_for(
    connection: Connection, hall: str, device: str, identity: HubIdentity, now_ms: int
) -> Mapping[int, bytes]:
    """The keys for a device that joined and has not left. Raises Problem `device-revoked`."""
    enrolment.refuse_left(connection, hall, device)
    return keys_of(connection, hall, identity, now_ms)


def keys_of(connection: Connection, hall: str, identity: HubIdentity, now_ms: int) -> Mapping[int, bytes]:
    """Every key of a hall by version, those made that were not yet."""
    chosen = select(_F.version, _F.sealed).where(_F.hall == hall).order_by(_F.version)
    rows = connection.execute(chosen).all()
    if not rows:
        first = {"hall": hall, "version": 1, "sealed": "", "why": "first", "at_ms": now_ms}
        connection.execute(insert(field_keys).values(first))
        rows = connection.execute(chosen).all()
    return {row.version: _key(connection, hall, identity, row.version, row.sealed) for row in rows}


def _key(connection: Connection, hall: str, identity: HubIdentity, version: int, sealed: str) -> bytes:
    where = about(hall, version)
    if sealed:
        return identity.kept(base64url.decode(sealed), where)
    key = new_key()
    this = update(field_keys).where(_F.hall == hall, _F.version == version)
    connection.execute(this.values(sealed=base64url.encode(identity.keep(key, where))))
    return key


class FieldKeysBody(Struct, frozen=True, kw_only=True):
    """An X25519 public key (base64url) made for this question."""

    request_id: Id
    public_key: Annotated[str, Meta(min_length=43, max_length=43, pattern="^[A-Za-z0-9_-]*$")]


class FieldKeysReply(Struct, frozen=True, kw_only=True):
    """The hall's field keys by version, each in a box only the asker opens."""

    boxes: dict[str, str]


def _field_keys(ask: Ask) -> Any:
    hall = ask.hall
    try:
        public = base64url.decode(ask.body.public_key)
        keys = hall.field_keys(ask.bearer.device)
        sealed = {n: seal_to(public, key, about(hall.hall, n)) for n, key in keys.items()}
    except ValueError as error:
        raise Problem("body-broken", "public_key", "public_key") from error
    return FieldKeysReply(boxes={str(n): base64url.encode(box) for n, box in sealed.items()})


FIELDS: tuple[Endpoint, ...] = (
    Endpoint(
        "POST", "/v1/field-keys", "Keys of single values", "page", _field_keys, FieldKeysBody, FieldKeysReply
    ),
)
