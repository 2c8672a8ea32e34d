"""Packages of records that came by stick: opened with the hub's own key, each record judged, each once.

A package is signed by the device whose records it holds and sealed for one hub. Whoever carries it, this
device or another counter, cannot read it; taken in twice it answers what it answered first.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from counter_app.domain.actor import Actor
from counter_app.domain.value import Value
from counter_app.hub import batches, enrolment
from counter_app.hub.commands import Accept
from counter_app.hub.hall_tables import devices
from counter_app.hub.rows import to_ms
from counter_app.hub.senders import strangers
from counter_app.hub.sync_tables import imports
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.hub_identity import HubIdentity
from counter_app.seals.provider import SHA256, STANDARD
from counter_app.seals.trust import TrustStore
from counter_app.wire.package import unpack
from counter_app.wire.sealed import KIND, place_of, split

_PIECE = 100


class Carried(Value, frozen=True):
    """A sealed package as it lies on a stick, and the device that brings it ("" = the hub itself)."""

    hall: str
    at: datetime
    data: bytes
    carrier: str = ""


def take_in(
    connection: Connection, actor: Actor, command: Carried, identity: HubIdentity | None
) -> Mapping[str, Any]:
    """`{package_id, device, records, verdicts: {verdict: how many}, repeated}`.

    Raises Problem `package-broken`, `package-elsewhere` (sealed for another hub), `package-signer` (its
    device is unknown here), `package-signature`, `package-expired`, `package-differs` (the same
    id with other contents came before: somebody made a copy). Records of a device that was reported lost
    are kept apart until somebody decides (`held`): their verdict is `held`, each time.
    """
    head, sealed = split(command.data)
    if identity is None or head.hub != identity.name:
        raise Problem("package-elsewhere", "package", head.hub[:16])
    plain = identity.opened(sealed, place_of(head))
    package = unpack(plain, _signers(connection, command.hall), command.at, KIND)
    if package.manifest.package_id != head.package_id:
        raise Problem("package-broken", "package_id", "封面与内容不一致")
    digest = STANDARD.digest(SHA256, "\n".join(package.manifest.hashes).encode("utf-8"))
    before = _before(connection, command.hall, head.package_id, digest)
    if before is not None:
        return {**before, "repeated": True}
    member, name = package.signature.key_id, package.manifest.sender.id
    if enrolment.has_left(connection, command.hall, member):
        told = _held(connection, command, member, package.records)
        return {"package_id": head.package_id, "device": name, **told, "repeated": False}
    told = _accepted(connection, command, member, package.records, identity)
    told = {"package_id": head.package_id, "device": name, **told}
    row = {"hall": command.hall, "package_id": head.package_id, "digest": digest, "text": json.dumps(told)}
    more = {"device": name, "carrier": command.carrier, "at_ms": to_ms(command.at)}
    connection.execute(insert(imports).values(**row, **more))
    return {**told, "repeated": False}


def _accepted(
    connection: Connection, command: Carried, member: str, records: list[Any], identity: HubIdentity
) -> dict[str, Any]:
    now = to_ms(command.at)
    foreign = strangers(connection, command.hall, member, {one.get("device") for one in records}, now)
    rulings: list[batches.Ruling] = []
    for start in range(0, len(records), _PIECE):
        piece = tuple(records[start : start + _PIECE])
        rulings += batches.accept(
            connection, _NOBODY, Accept(command.hall, command.at, piece, foreign, identity)
        )
    return {"records": len(records), "verdicts": dict(Counter(ruling.verdict for ruling in rulings))}


def _held(connection: Connection, command: Carried, member: str, records: list[Any]) -> dict[str, Any]:
    from counter_app.hub.held import hold  # a lost laptop's package comes once in years

    now, kept = to_ms(command.at), 0
    for start in range(0, len(records), _PIECE):
        kept += hold(connection, command.hall, member, records[start : start + _PIECE], now)
    return {"records": len(records), "verdicts": {"held": kept, "rejected": len(records) - kept}}


def _before(connection: Connection, hall: str, package_id: str, digest: str) -> dict[str, Any] | None:
    chosen = select(imports.c.digest, imports.c.text)
    row = connection.execute(chosen.where(imports.c.hall == hall, imports.c.package_id == package_id)).first()
    if row is None:
        return None
    if row.digest != digest:
        raise Problem("package-differs", "package", package_id[:40])
    told: dict[str, Any] = json.loads(row.text)
    return told


def _signers(connection: Connection, hall: str) -> TrustStore:
    chosen = select(devices.c.device, devices.c.public_key)
    found = connection.execute(chosen.where(devices.c.hall == hall))
    return TrustStore({row.device: base64url.decode(row.public_key) for row in found})


_NOBODY = Actor("", "", ("system",))
