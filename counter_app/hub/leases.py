"""What an enrolled device may do while it does not hear from its hall: a signed paper with an end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from counter_app.domain.leases import DAYS, PAPER
from counter_app.hub.hall_tables import devices
from counter_app.problems import Problem
from counter_app.seals.hub_identity import HubIdentity


def lease(
    connection: Connection, hall: str, device: str, identity: HubIdentity | None, now: datetime
) -> Mapping[str, Any]:
    """A fresh lease of a device, from this moment; also what `hub lease` writes for a stick.

    Raises Problem `not-found`, `device-revoked`, `hub-keys`.
    """
    chosen = select(devices.c.revoked).where(devices.c.hall == hall, devices.c.device == device)
    row = connection.execute(chosen).first()
    if row is None:
        raise Problem("not-found", "device", device)
    if row.revoked:
        raise Problem("device-revoked", "device", device)
    if identity is None:
        raise Problem("hub-keys", "hub", "这台服务没有自己的密钥")
    said = {"hall": hall, "device": device, "from": now.isoformat(timespec="seconds"), "days": DAYS}
    return identity.paper(PAPER, said)
