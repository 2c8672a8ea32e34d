"""The sync of one desk, joined: what a turn has written goes through the lane that writes the store."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from counter_app.bootstrap import Parts
from counter_app.lane import Lane
from counter_app.late import late
from counter_app.late_hub import LateHub
from counter_app.services.visit import Visit
from counter_app.sync.turn import SyncTurn, Writes

if TYPE_CHECKING:
    from counter_app.services import life
    from counter_app.services.ports import News
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
    )
    far = None if isinstance(parts.hub, LateHub) else parts.hub  # one in this process needs no comparing
    hub, store_id = parts.office.ports.hub, storage.state.device if far is not None else ""
    return SyncTurn(storage, hub, far, writes, parts.hand_over, store_id, parts.leases)
