"""What a hall does for cases it accepted for another one, and for those another one accepted for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Connection

from counter_app.catalog.holidays import Holidays
from counter_app.database import Database
from counter_app.hub.lane import Lane
from counter_app.hub.rows import to_ms
from counter_app.late import late
from counter_app.seals.hub_identity import HubIdentity

if TYPE_CHECKING:
    from counter_app.hub import away, brought, brought_values, retelling, returned
    from counter_app.hub.feed import FeedPage
else:  # a desk that is its own hub has no other hall
    away, brought, returned = (late(f"counter_app.hub.{name}") for name in ("away", "brought", "returned"))
    brought_values, retelling = (late(f"counter_app.hub.{name}") for name in ("brought_values", "retelling"))

Plain = Mapping[str, Any]


class _Clock(Protocol):
    def now(self) -> datetime: ...


class HallAway:
    """The part of `HallHub` other halls have to do with."""

    hall: str
    database: Database
    lane: Lane
    calendar: Holidays
    identity: HubIdentity | None
    _clock: _Clock

    def watch_away(self, places: frozenset[str]) -> int:
        """Note the cases accepted for these places since last time; how many rows of our feed were read."""
        now = to_ms(self._clock.now())
        return self.lane.do(lambda c: away.watch(c, self.hall, places, now))

    def away_waiting(self, place: str, most: int) -> Sequence[Plain]:
        """What a place has not been told yet, in order."""
        with self.database.read() as connection:
            return away.waiting(connection, self.hall, place, most)

    def away_told(
        self, place: str, store: str, waits: Sequence[Plain], pages: Mapping[str, str], box_key: bytes = b""
    ) -> Sequence[Plain]:
        """The facts as they are sent to a place, made once; `box_key` is its hub's, b"" when it has none."""

        def work(connection: Connection) -> Sequence[Plain]:
            now = to_ms(self._clock.now())
            retold = retelling.for_hub(connection, self.hall, self.identity, box_key, pages, now)
            return away.put_together(connection, self.hall, place, store, waits, retold)

        return self.lane.do(work)

    def keep_brought(self, envelopes: Sequence[Plain]) -> int:
        """Seal what another hall's hub sealed for ours again for the hall's devices; how many values."""
        identity, now = self.identity, to_ms(self._clock.now())
        if identity is None:
            return 0
        return self.lane.do(lambda c: brought_values.keep_boxed(c, self.hall, envelopes, identity, now))

    def away_settled(self, waits: Sequence[Plain], verdicts: Sequence[Plain]) -> int:
        """Write down what a place said to them."""
        return self.lane.do(lambda c: away.settle(c, self.hall, waits, verdicts))

    def away_again(self, place: str) -> None:
        """Everything a place was told waits again: its hub may have lost some of it."""
        self.lane.do(lambda c: away.again(c, self.hall, place))

    def away_end(self, place: str) -> away.End:
        """How far we are with a place."""
        with self.database.read() as connection:
            return away.end_of(connection, self.hall, place)

    def bring_back(self, place: str, page: tuple[int, int, Sequence[Plain]]) -> int:
        """Take over what a place did with our cases; how many turns were new."""
        now = (to_ms(self._clock.now()), self.calendar)
        return self.lane.do(lambda c: returned.bring_back(c, self.hall, place, page, now))

    def brought(self, device: str, after: int) -> FeedPage:
        """What became of the cases another hall brought here."""
        with self.database.read() as connection:
            return brought.brought(connection, self.hall, device, after)
