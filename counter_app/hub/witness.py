"""The hub as witness: it signs how far it has a device's chain, so that nobody can tell it anew later.

Whoever rewrites or cuts a chain on the device cannot make the hub's signature over the old head fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, select

from counter_app.hub.ask import Ask, Endpoint
from counter_app.hub.tables import device_heads, envelopes
from counter_app.problems import Problem
from counter_app.seals.hub_identity import HubIdentity
from counter_app.wire.witness import PAPER


def signed_head(
    connection: Connection, hall: str, store: str, identity: HubIdentity | None, at: datetime
) -> Mapping[str, Any]:
    """`{hall, device, epoch, seq, hash, at}` signed: the last fact of a store before which none is missing.

    Empty for a hub without keys, and for a store of which nothing is here.
    """
    h, e = device_heads.c, envelopes.c
    newest = (
        select(h.epoch, h.upto)
        .where(h.hall == hall, h.device == store, h.upto > 0)
        .order_by(h.epoch.desc())
        .limit(1)
    )
    place = connection.execute(newest).first()
    if identity is None or place is None:
        return {}
    chosen = select(e.hash).where(e.device == store, e.epoch == place.epoch, e.seq == place.upto)
    digest = str(connection.execute(chosen).scalar_one())
    said = {"hall": hall, "device": store, "epoch": place.epoch, "seq": place.upto, "hash": digest}
    return identity.paper(PAPER, {**said, "at": at.isoformat(timespec="seconds")})


class HeadReply(Struct, frozen=True, kw_only=True):
    """The signed head; empty where nothing can be signed."""

    paper: dict[str, Any]


def _head(ask: Ask) -> Any:
    store = ask.query.get("device", "")
    if not store:
        raise Problem("body-broken", "device", "请写明设备 device")
    return HeadReply(paper=dict(ask.hall.signed_head(store)))


WITNESS: tuple[Endpoint, ...] = (
    Endpoint("GET", "/v1/heads/signed", "A chain's signed head", "push", _head, None, HeadReply, ("device",)),
)
