"""The sync of one desk, joined: what a turn has written goes through the lane that writes the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from counter_app.bootstrap import Parts
from counter_app.joined import hub_key_of
from counter_app.lane import Lane
from counter_app.late import late
from counter_app.late_hub import LateHub
from counter_app.services.visit import Visit
from counter_app.sync.turn import SyncTurn, Writes

if TYPE_CHECKING:
    from counter_app.services import life
    from counter_app.services.hub_port import News
    from counter_app.sync.accounts import AccountSync
    from counter_app.sync.field_keys import FieldSync
    from counter_app.sync.packs import PackSync
else:
    life = late("counter_app.services.life")


def sync_turn(parts: Parts, visit: Visit, services: Lane) -> SyncTurn:
    """A turn over a desk's parts; it blocks its own lane while the services lane writes."""
    storage: Any = parts.office.ports.storage

    def on_lane(call: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda given: services.run(partial(call, given)).result()

    def follow(page: News) -> int:
        return life.follow(visit.office, page)  # a hand-over changes who acts

    writes = Writes(
        settle=on_lane(storage.settle),
        follow=on_lane(follow),
        reopen=on_lane(lambda ends: storage.reopen(ends)),
        take=on_lane(lambda piece: storage.take_reference(piece)),
        witness=on_lane(partial(_kept, parts)),
    )
    far = None if isinstance(parts.hub, LateHub) else parts.hub  # one in this process needs no comparing
    hub, store_id = parts.office.ports.hub, storage.state.device if far is not None else ""
    write = _on_services(services)
    fields, accounts = _field_sync(parts, write), _account_sync(parts, visit, write)
    packs = _pack_sync(parts, visit, services) if parts.leases is not None else None
    beside = (parts.leases, fields, accounts, packs)
    return SyncTurn(storage, hub, far, writes, parts.hand_over, store_id, *beside)


def _on_services(services: Lane) -> Callable[[Callable[[], int]], int]:
    """A call is run on the services lane while its own lane waits."""
    return lambda call: services.run(call).result()


def _account_sync(
    parts: Parts, visit: Visit, write: Callable[[Callable[[], int]], int]
) -> AccountSync | None:
    """None for a desk that is its own hub: nobody else has to know who works there."""
    storage: Any = parts.office.ports.storage
    if storage.secrets.hall is None:
        return None
    from counter_app.sync.accounts import AccountSync

    hub: Any = parts.hub
    return AccountSync(hub, storage, storage.secrets, write, visit.tell)


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


def _pack_sync(parts: Parts, visit: Visit, services: Lane) -> PackSync | None:
    """None where somebody has named the folder of the packs to use: then the hall changes nothing."""
    from counter_app.bootstrap import pack_shelf
    from counter_app.catalog.shelf import TRUST
    from counter_app.settings import SETTINGS_FILE, load
    from counter_app.sync.packs import PackSync

    if load(parts.folder / SETTINGS_FILE).catalog:
        return None

    def on_lane(call: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda given: services.run(partial(call, given)).result()

    storage: Any = parts.office.ports.storage
    return PackSync(
        storage,
        lambda: pack_shelf(parts.folder),
        parts.folder / TRUST,
        lambda: visit.office.catalogue,
        on_lane(visit.renew),
        on_lane(visit.tell),
    )


def _kept(parts: Parts, paper: Mapping[str, Any]) -> bool:
    """The hub's word on the chain, written into it."""
    from counter_app.storage.witnesses import keep

    storage: Any = parts.office.ports.storage
    key = hub_key_of(parts.folder, storage.secrets.keys.database)
    return bool(key) and keep(storage, paper, key)
