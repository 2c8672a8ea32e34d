"""The sync of one desk, joined: what a turn has written goes through the lane that writes the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from counter_app.bootstrap import Parts
from counter_app.joined import hub_key_of
from counter_app.lane import Lane
from counter_app.services.life import follow
from counter_app.sync.turn import SyncTurn, Writes


def sync_turn(parts: Parts, services: Lane) -> SyncTurn:
    """A turn over a desk's parts; it blocks its own lane while the services lane writes."""
    storage: Any = parts.office.ports.storage

    def on_lane(call: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda given: services.run(partial(call, given)).result()

    writes = Writes(
        settle=on_lane(storage.settle),
        follow=on_lane(partial(follow, parts.office)),
        reopen=on_lane(storage.reopen),
        take=on_lane(storage.take_reference),
        witness=on_lane(partial(_kept, parts)),
    )
    hub = parts.office.ports.hub
    return SyncTurn(storage, hub, parts.hub, writes, storage.state.device, parts.leases)


def _kept(parts: Parts, paper: Mapping[str, Any]) -> bool:
    """The hub's word on the chain, written into it."""
    from counter_app.storage.witnesses import keep

    storage: Any = parts.office.ports.storage
    key = hub_key_of(parts.folder, storage.secrets.keys.database)
    return bool(key) and keep(storage, paper, key)
