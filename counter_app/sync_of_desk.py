"""The sync of one desk, joined: what a turn has written goes through the lane that writes the store."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from counter_app.bootstrap import Parts
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
    )
    hub = parts.office.ports.hub
    return SyncTurn(storage, hub, parts.hub, writes, storage.state.device, parts.leases)
