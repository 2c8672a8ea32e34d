"""Reference data by scope: the newest word about each thing, numbered in commit order.

A device reads a scope from where it stopped, so a first load of a million people is the same feed from 0,
in pieces, and goes on after any break. Only the newest row of an entity is kept: who is new reads each
thing once. Rows are sealed by the hub's own key; whoever runs the database reads no person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, func, select

from counter_app.domain.actor import Actor
from counter_app.domain.value import Value
from counter_app.hub.quick import Quick
from counter_app.hub.rows import to_ms, upsert
from counter_app.hub.standing import epoch_of
from counter_app.hub.sync_tables import reference, reference_heads
from counter_app.problems import Problem
from counter_app.seals.hub_identity import HubIdentity

# What may be told: people and employers, packs and regions as data, case states of other halls, keys that
# count, and who or what does not any more. `quotas` and `diseases` are what §10.7 compares by.
SCOPES = (
    "people", "employers", "catalogue", "regions", "cases", "keys", "revocations", "diseases", "quotas",
)  # fmt: skip
ACCOUNTS = "accounts"  # who may work at the counters: asked for in a way of its own (`accounts`)
MOST = 1000
_R, _H = reference.c, reference_heads.c
_SCOPES = Quick(
    select(_H.scope, _H.last).where(_H.hall == bindparam("hall"), _H.scope != ACCOUNTS).order_by(_H.scope)
)


class Publish(Value, frozen=True):
    """New words of a scope: entity to body. The same entity twice in one is told once, the last."""

    hall: str
    at: datetime
    scope: str
    rows: Mapping[str, Mapping[str, Any]]


class ReferencePage(Value, frozen=True):
    """A piece of a scope. Another `epoch` than last time: start over from 0. `total` is all there is."""

    epoch: int
    last: int
    total: int
    rows: tuple[Mapping[str, Any], ...]


def publish(connection: Connection, actor: Actor, command: Publish, identity: HubIdentity | None) -> int:
    """Write rows and number them; returns the scope's last number. Raises `scope-unknown`, `hub-keys`."""
    keep = _identity(identity).keep
    hall, scope, now = command.hall, _scope(command.scope), to_ms(command.at)
    if not command.rows:
        return _last(connection, hall, scope)
    first = _grown(connection, hall, scope, len(command.rows)) - len(command.rows) + 1
    place = {"hall": hall, "scope": scope, "at_ms": now}
    values = [
        {
            **place,
            "entity": entity,
            "feed_no": number,
            "version": int(body.get("version", number)),
            "text": keep(msgspec.json.encode(body), f"{scope}|{entity}"),
        }
        for number, (entity, body) in enumerate(command.rows.items(), first)
    ]
    made = upsert(connection, reference)
    newer = {name: made.excluded[name] for name in ("feed_no", "version", "text", "at_ms")}
    keys = ["hall", "scope", "entity"]
    connection.execute(made.on_conflict_do_update(index_elements=keys, set_=newer), values)
    return first + len(values) - 1


def read(
    connection: Connection, hall: str, scope: str, after: int, limit: int, identity: HubIdentity | None
) -> ReferencePage:
    """The rows of a scope after a number, at most `limit`. Raises Problem `scope-unknown`, `hub-keys`."""
    opened, known = _identity(identity).kept, _scope(scope)
    mine = (_R.hall == hall, _R.scope == known)
    chosen = select(_R.feed_no, _R.entity, _R.version, _R.text).where(*mine, _R.feed_no > after)
    found = connection.execute(chosen.order_by(_R.feed_no).limit(min(limit, MOST))).all()
    total = connection.execute(select(func.count()).select_from(reference).where(*mine)).scalar_one()
    rows = tuple(
        {
            "no": row.feed_no,
            "entity": row.entity,
            "version": row.version,
            "body": msgspec.json.decode(opened(bytes(row.text), f"{known}|{row.entity}")),
        }
        for row in found
    )
    return ReferencePage(epoch_of(connection, hall), found[-1].feed_no if found else after, total, rows)


def word_of(
    connection: Connection, hall: str, scope: str, entity: str, identity: HubIdentity | None
) -> Mapping[str, Any] | None:
    """The newest word about one thing, None where there is none."""
    if identity is None or not entity:
        return None
    chosen = select(_R.text).where(_R.hall == hall, _R.scope == scope, _R.entity == entity)
    text = connection.execute(chosen).scalar_one_or_none()
    if text is None:
        return None
    found: Mapping[str, Any] = msgspec.json.decode(identity.kept(bytes(text), f"{scope}|{entity}"))
    return found


def scopes_of(connection: Connection, hall: str) -> Sequence[Mapping[str, Any]]:
    """Every scope with its last number: what a device compares before it asks."""
    return [{"scope": scope, "last": last} for scope, last in _SCOPES.all(connection, {"hall": hall})]


def public(scope: str) -> str:
    """A scope that any device may read. Raises Problem `scope-unknown`."""
    if scope not in SCOPES:
        raise Problem("scope-unknown", "scope", scope[:40])
    return scope


def hold(connection: Connection, hall: str, scope: str) -> None:
    """Nobody else changes a scope until this transaction ends: what is compared now is still so then."""
    _grown(connection, hall, scope, 0)


def _grown(connection: Connection, hall: str, scope: str, more: int) -> int:
    """Count the scope up; its row stays locked until the commit, so numbers appear in commit order."""
    first = upsert(connection, reference_heads).values(hall=hall, scope=scope, last=more)
    grown = first.on_conflict_do_update(index_elements=["hall", "scope"], set_={"last": _H.last + more})
    return int(connection.execute(grown.returning(_H.last)).scalar_one())


def _last(connection: Connection, hall: str, scope: str) -> int:
    chosen = select(_H.last).where(_H.hall == hall, _H.scope == scope)
    return int(connection.execute(chosen).scalar_one_or_none() or 0)


def _scope(scope: str) -> str:
    return scope if scope == ACCOUNTS else public(scope)


def _identity(identity: HubIdentity | None) -> HubIdentity:
    if identity is None:
        raise Problem("hub-keys", "hub", "这台服务没有自己的密钥")
    return identity
