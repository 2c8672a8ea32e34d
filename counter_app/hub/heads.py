"""How far the hub has each device's chain, signed by it: a witness for the chain, and against itself.

Whoever rewrites or cuts a chain on the device cannot make the hub's signature over the old head fit; and a
hub that is shown a head it signed and has no longer knows that it is a copy from before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from counter_app.hub.quick import Quick
from counter_app.hub.standing import epoch_of, fence
from counter_app.hub.tables import device_heads, envelopes
from counter_app.seals.hub_identity import HubIdentity, believed
from counter_app.wire.witness import PAPER

_H, _E = device_heads.c, envelopes.c
_LAST = (_E.device == _H.device) & (_E.epoch == _H.epoch) & (_E.seq == _H.upto)
_NEWEST = Quick(
    select(_H.epoch, _H.upto, _E.hash)
    .join(envelopes, _LAST)
    .where(_H.hall == bindparam("hall"), _H.device == bindparam("device"), _H.upto > 0)
    .order_by(_H.epoch.desc())
    .limit(1)
)


def signed_head(
    connection: Connection, hall: str, store: str, identity: HubIdentity | None, at: datetime
) -> Mapping[str, Any]:
    """`{hall, device, epoch, seq, hash, at, hub_epoch}` signed: the last fact of a store with none missing.

    Empty for a hub without keys, and for a store of which nothing is here.
    """
    newest = _NEWEST.one(connection, {"hall": hall, "device": store}) if identity is not None else None
    if identity is None or newest is None:
        return {}
    epoch, seq, digest = newest
    said = {"hall": hall, "device": store, "epoch": epoch, "seq": seq, "hash": digest}
    said |= {"hub_epoch": epoch_of(connection, hall)}
    return identity.paper(PAPER, {**said, "at": at.isoformat(timespec="seconds")})


def lost(
    connection: Connection, hall: str, identity: HubIdentity | None, told: Mapping[str, Any], at: datetime
) -> int:
    """The epoch of this hub when it signed, in this very epoch, a head it no longer has; else 0.

    It is a copy from before (a backup put back, a standby nobody raised): it fences itself until somebody
    raises it. Only its own signature counts. Raises Problem `hub-paper`.
    """
    if not told or identity is None:
        return 0
    said, mine = believed(told, PAPER, identity.public_key), epoch_of(connection, hall)
    if said.get("hall") != hall or said.get("hub_epoch") != mine:
        return 0
    h = device_heads.c
    here = select(h.upto).where(h.device == said.get("device"), h.epoch == said.get("epoch"))
    if int(connection.execute(here).scalar() or 0) >= int(str(said.get("seq", 0))):
        return 0
    fence(connection, hall, mine, at)
    return mine
