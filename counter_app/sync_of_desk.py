"""The sync of one desk, joined: what a turn has written goes through the lane that writes the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from counter_app.bootstrap import Parts
from counter_app.joined import hub_key_of
from counter_app.lane import Lane
from counter_app.services.life import follow
from counter_app.sync.turn import SyncTurn, Writes

if TYPE_CHECKING:
    from counter_app.sync.field_keys import FieldSync


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
    fields = _field_sync(parts, lambda call: services.run(call).result())
    return SyncTurn(storage, hub, parts.hub, writes, storage.state.device, parts.leases, fields)


def _field_sync(parts: Parts, write: Callable[[Callable[[], int]], int]) -> FieldSync | None:
    """None for a desk that is its own hub: its own field key is the hall's."""
    storage: Any = parts.office.ports.storage
    if storage.secrets.hall is None:
        return None
    from counter_app.sync.field_keys import FieldSync
    from counter_app.sync.member import member_of

    member = member_of(parts.folder)
    hub: Any = parts.hub
    if member is None:
        return None
    return FieldSync(parts.folder, member.hall, hub, storage, storage.secrets, write)


def _kept(parts: Parts, paper: Mapping[str, Any]) -> bool:
    """The hub's word on the chain, written into it."""
    from counter_app.storage.witnesses import keep

    storage: Any = parts.office.ports.storage
    key = hub_key_of(parts.folder, storage.secrets.keys.database)
    return bool(key) and keep(storage, paper, key)
