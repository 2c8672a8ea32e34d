"""A device joins a hall: a one-time code carried by a person, the device's own key, a token in return."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from counter_app.domain.actor import Actor
from counter_app.domain.value import Value
from counter_app.hub import people_keys, tokens
from counter_app.hub.commands import Enrol, Invite, Revoke
from counter_app.hub.hall_tables import devices, invitations
from counter_app.hub.reported import report
from counter_app.hub.rows import to_ms, to_time
from counter_app.hub.tokens import MAY, Bearer
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.provider import ED25519, STANDARD, key_id
from counter_app.wire.enrol import CODE, digest_of, proof_of

VALID = timedelta(minutes=30)
_I, _D = invitations.c, devices.c
_BY_DIGEST = select(invitations).where(_I.hall == bindparam("hall"), _I.digest == bindparam("digest"))
_BY_ID = select(devices).where(_D.hall == bindparam("hall"), _D.device == bindparam("device"))


class Joined(Value, frozen=True):
    """What a device gets once: its token, and for what."""

    device: str
    token: str
    role: str
    window: str


def invite(connection: Connection, actor: Actor, command: Invite) -> str:
    """A code for one device of one role. Raises Problem `token-role` for a role nobody has."""
    if command.role not in MAY:
        raise Problem("token-role", "role", command.role)
    code = base64.b32encode(secrets.token_bytes(5)).decode("ascii")[:CODE]
    now = to_ms(command.at)
    values = {"role": command.role, "window": command.window, "name": command.name, "clerk": command.clerk}
    row = {**values, "hall": command.hall, "digest": digest_of(code), "device": "", "tries": 0}
    until = now + VALID // timedelta(milliseconds=1)
    connection.execute(insert(invitations).values(**row, until_ms=until, at_ms=now))
    return code


def enrol(connection: Connection, actor: Actor, command: Enrol) -> Joined:
    """Take a device in. The code is used up; the same device asking again gets a fresh token.

    Raises Problem `enrol-code` (unknown, used, too old), `enrol-proof` (it does not hold its key),
    `enrol-lost` (the hall gave it up; the code stays good for when two people have let it back).
    """
    public = _proven(command)
    digest, now = digest_of(command.code), to_ms(command.at)
    chosen = _BY_DIGEST.with_for_update()
    row = connection.execute(chosen, {"hall": command.hall, "digest": digest}).mappings().first()
    device = key_id(public)
    if row is None or row["until_ms"] < now or row["device"] not in ("", device):
        raise Problem("enrol-code", "code")
    _refuse_out(connection, command.hall, device)
    bearer = Bearer(command.hall, row["role"], row["window"], row["clerk"])
    _forget(connection, command.hall, device)
    token = tokens.issue(connection, bearer, now)
    values = {"public_key": base64url.encode(public), "role": row["role"], "window": row["window"]}
    more = {"name": command.name or row["name"], "token_digest": tokens.digest_of(token), "revoked": ""}
    connection.execute(insert(devices).values(hall=command.hall, device=device, at_ms=now, **values, **more))
    used = update(invitations).where(_I.hall == command.hall, _I.digest == digest)
    connection.execute(used.values(device=device))
    return Joined(device, token, row["role"], row["window"])


def refuse_left(connection: Connection, hall: str, device: str) -> None:
    """Raises Problem `device-revoked` for a device that never joined this hall or has left it."""
    if has_left(connection, hall, device):
        raise Problem("device-revoked", "device")


def has_left(connection: Connection, hall: str, device: str) -> bool:
    """Whether a device never joined this hall or was given up by it."""
    chosen = select(devices.c.revoked).where(devices.c.hall == hall, devices.c.device == device)
    return connection.execute(chosen).scalar_one_or_none() != ""


def revoke(connection: Connection, actor: Actor, command: Revoke) -> None:
    """A device that is lost or leaves: its token is worthless, and what it knows of the hall's key soon is.

    Raises Problem `not-found`.
    """
    row = connection.execute(_BY_ID, {"hall": command.hall, "device": command.device}).mappings().first()
    if row is None:
        raise Problem("not-found", "device", command.device)
    tokens.revoke(connection, row["token_digest"], command.why)
    if not row["revoked"]:
        people_keys.renew(connection, command.hall, "a device left", to_ms(command.at))
        _renew_fields(connection, command)
        report(connection, command.hall, command.device, to_ms(command.at))
    where = update(devices).where(_D.hall == command.hall, _D.device == command.device)
    connection.execute(where.values(revoked=command.why))


def _renew_fields(connection: Connection, command: Revoke) -> None:
    """What is sealed from now on is nothing to the device that left."""
    from counter_app.hub.field_keys import renew  # it answers questions too, so it knows the halls

    renew(connection, command.hall, "a device left", to_ms(command.at))


def devices_of(connection: Connection, hall: str) -> Sequence[Mapping[str, Any]]:
    """Every device of a hall, newest first; no token and no key."""
    rows = connection.execute(select(devices).where(_D.hall == hall).order_by(_D.at_ms.desc(), _D.device))
    shown = ("device", "role", "window", "name", "revoked")
    return [
        {name: row[name] for name in shown} | {"id": row["device"], "at": to_time(row["at_ms"]).isoformat()}
        for row in rows.mappings()
    ]


def _proven(command: Enrol) -> bytes:
    try:
        public, signature = base64url.decode(command.public_key), base64url.decode(command.signature)
    except ValueError as error:
        raise Problem("enrol-proof", "public_key") from error
    said = proof_of(command.hall, command.code, command.public_key)
    if not STANDARD.verify(ED25519, public, said, signature):
        raise Problem("enrol-proof", "signature")
    return public


def _refuse_out(connection: Connection, hall: str, device: str) -> None:
    from counter_app.hub.comeback import is_out  # of a device that has left alone

    if has_left(connection, hall, device) and is_out(connection, hall, device):
        raise Problem("enrol-lost", "device")


def _forget(connection: Connection, hall: str, device: str) -> None:
    """A device that enrols again has one token, not two."""
    row = connection.execute(_BY_ID, {"hall": hall, "device": device}).mappings().first()
    if row is not None:
        tokens.revoke(connection, row["token_digest"], "enrolled again")
        connection.execute(devices.delete().where(_D.hall == hall, _D.device == device))
