"""The key by which every machine of a hall makes the same mark of the same person.

The hub makes it, hands it sealed to devices that may take numbers, and makes another when a device leaves.
Older ones are handed out as long as something kept by them may come back (a kept number: 30 days).
"""

from __future__ import annotations

import hashlib
import hmac
from functools import cache

from sqlalchemy import Connection, bindparam, func, insert, select

from counter_app.hub.hall_tables import people_keys
from counter_app.hub.quick import Quick, Write, first
from counter_app.problems import Problem
from counter_app.seals.people import PeopleKeys, version_of
from counter_app.seals.provider import new_key

KEPT_MS = 31 * 24 * 3_600_000  # a number kept in an outage is good for 30 days
_K = people_keys.c
_OF_HALL = (
    select(_K.version, _K.secret, _K.at_ms).where(_K.hall == bindparam("hall")).order_by(_K.version.desc())
)


@cache
def _newest() -> Quick:
    return Quick(select(func.max(_K.version)).where(_K.hall == bindparam("hall")))


def keys_of(connection: Connection, hall: str, root: bytes, now: int) -> PeopleKeys:
    """The keys of a hall, the first made when asked for; `root` is what the store itself does not hold."""
    found = connection.execute(_OF_HALL, {"hall": hall}).all()
    if not found:
        renew(connection, hall, "first", now)
        found = connection.execute(_OF_HALL, {"hall": hall}).all()
    kept, replaced = {}, now  # a key was in use until the next one was made
    for row in found:
        if replaced >= now - KEPT_MS:
            kept[row.version] = hmac.new(root, bytes.fromhex(row.secret), hashlib.sha256).digest()
        replaced = row.at_ms
    return PeopleKeys(kept)


def renew(connection: Connection, hall: str, why: str, now: int) -> None:
    """Another key from now on: whoever left knows the old one."""
    last = int(connection.execute(select(func.max(_K.version)).where(_K.hall == hall)).scalar() or 0)
    row = {"hall": hall, "version": last + 1, "secret": new_key().hex(), "why": why, "at_ms": now}
    connection.execute(insert(people_keys).values(row))


def refuse_old(connection: Connection, hall: str, person: str) -> None:
    """Refuse a mark of an older key: the same person may wait under the new one. Raises `people-key-old`."""
    version = version_of(person)
    if not version:
        return
    row = first(connection, asking(hall))
    if row is not None and row[0] is not None and version < int(row[0]):
        raise Problem("people-key-old", "person")


def asking(hall: str) -> Write:
    """What asks for the newest key of a hall."""
    return _newest(), {"hall": hall}
