"""What a hall answers about its messages to the core platform: the reconciliation list, and orders on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from counter_app.database import Database
from counter_app.domain.actor import Actor
from counter_app.hub.lane import Lane
from counter_app.late import late

if TYPE_CHECKING:
    from counter_app.hub.gateway import errands, orders
else:
    errands, orders = late("counter_app.hub.gateway.errands"), late("counter_app.hub.gateway.orders")


class _Clock(Protocol):
    def now(self) -> datetime: ...


class HallMessages:
    """The part of `HallHub` that looks after messages. `hurry` wakes the courier, where there is one."""

    hall: str
    database: Database
    lane: Lane
    _clock: _Clock
    hurry: Callable[[], None] | None = None

    def messages(self, open_only: bool = True) -> Sequence[Mapping[str, Any]]:
        """What is not done or settled, the oldest first; empty where no platform is configured."""
        with self.database.read() as connection:
            found = errands.listed(connection, self.hall, open_only)
        return [errands.plain(one) for one in found]

    def order_message(self, errand_id: str, act: str, request_id: str, actor: Actor, why: str = "") -> bool:
        """`ask`, `resend` or `settle`; False when it was ordered before. Raises what `carry_out` raises."""
        order = orders.Order(self.hall, self._clock.now(), request_id, errand_id, act, why)
        made = self.lane.do(lambda c: orders.carry_out(c, actor, order))
        if self.hurry is not None:
            self.hurry()
        return made
