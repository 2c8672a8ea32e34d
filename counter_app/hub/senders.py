"""Whose facts a device may hand over: signed by its own key, not given up, and its own or nobody's yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from counter_app.hub.hall_tables import devices
from counter_app.hub.rows import upsert
from counter_app.hub.sync_tables import device_owners
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.provider import STANDARD
from counter_app.wire.envelope import push_message

_MOST_NAMED = 128


def believed(
    connection: Connection, hall: str, member: str, header: Mapping[str, Any], envelopes: Sequence[Any]
) -> bool:
    """Check the signature of a batch from an enrolled device; False for one the hall has given up.

    Raises Problem `device-revoked` (it never joined), `batch-unsigned`, `batch-signature` (not over these
    records in this order, not by this device, or not for this hall).
    """
    chosen = select(devices.c.public_key, devices.c.revoked)
    row = connection.execute(chosen.where(devices.c.hall == hall, devices.c.device == member)).first()
    if row is None:
        raise Problem("device-revoked", "device", member)
    signature = header.get("signature") or {}
    if not signature:
        raise Problem("batch-unsigned", "signature")
    if header.get("device") != member or header.get("hall") != hall:
        raise Problem("batch-signature", "device")
    named = ("hall", "device", "request_id", "hub_epoch")
    message = push_message({name: header[name] for name in named}, [_hash_of(one) for one in envelopes])
    try:
        public, raw = base64url.decode(row.public_key), base64url.decode(str(signature.get("sig", "")))
    except ValueError as error:
        raise Problem("batch-signature", "signature") from error
    if not STANDARD.verify(str(signature.get("alg", "")), public, message, raw):
        raise Problem("batch-signature", "signature")
    return not row.revoked


def strangers(
    connection: Connection, hall: str, member: str, stores: Iterable[Any], at_ms: int
) -> frozenset[str]:
    """Which of these stores are another device's; those nobody told of yet become this one's.

    A store whose owner was given up (a disk moved into another machine) passes to who tells of it next, once
    two people have let that device back.
    """
    named = sorted({one for one in stores if isinstance(one, str) and 0 < len(one) <= _MOST_NAMED})
    for store in named:
        row = {"hall": hall, "device": store, "member": member, "at_ms": at_ms}
        connection.execute(upsert(connection, device_owners).values(row).on_conflict_do_nothing())
    o, d = device_owners.c, devices.c
    owned = (
        select(o.device, o.member, d.revoked)
        .select_from(device_owners.outerjoin(devices, (d.hall == o.hall) & (d.device == o.member)))
        .where(o.hall == hall, o.device.in_(named), o.member != member)
    )
    foreign = {row.device: (row.member, row.revoked) for row in connection.execute(owned)}

    def _out(owner: str) -> bool:
        from counter_app.hub.comeback import is_out  # once in years

        return is_out(connection, hall, owner)

    for store in [store for store, (owner, revoked) in foreign.items() if revoked and not _out(owner)]:
        mine = device_owners.update().where(o.hall == hall, o.device == store)
        connection.execute(mine.values(member=member, at_ms=at_ms))
        del foreign[store]
    return frozenset(foreign)


def _hash_of(envelope: Any) -> str:
    found = envelope.get("hash", "") if isinstance(envelope, Mapping) else ""
    return found if isinstance(found, str) else ""
