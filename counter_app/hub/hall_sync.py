"""What a hall answers its devices beside the line and the cases: whose facts, which hub, reference data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Connection, select

from counter_app.database import Database
from counter_app.domain.actor import Actor
from counter_app.domain.exceptions import BACK, HELD
from counter_app.hub import batches, carried, exceptions, heads, leases, reference, senders, standing
from counter_app.hub.carried import Carried
from counter_app.hub.commands import Accept
from counter_app.hub.exceptions import Settle
from counter_app.hub.lane import Lane
from counter_app.hub.reference import Publish, ReferencePage
from counter_app.hub.rows import to_ms
from counter_app.hub.standing import Promote
from counter_app.hub.tables import device_heads
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.seals.hub_identity import HubIdentity

if TYPE_CHECKING:
    from counter_app.hub import comeback, held, held_settling
else:  # a desk that is its own hub gives up no device
    comeback, held, held_settling = (
        late(f"counter_app.hub.{name}") for name in ("comeback", "held", "held_settling")
    )
_NOBODY = Actor("", "", ("system",))


class _Clock(Protocol):
    def now(self) -> datetime: ...


class HallSync:
    """The part of `HallHub` that devices sync with. `identity` is set by whoever opens the hall."""

    hall: str
    database: Database
    lane: Lane
    _clock: _Clock
    identity: HubIdentity | None = None
    _fence: int = -1

    def hand_over(
        self, member: str, envelopes: Sequence[Mapping[str, Any]], header: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Take in what a device sends: `{verdicts, standing, head, fenced, left}`; an enrolled one proves it.

        `head` is how far this hub now has the device's chain, signed. `fenced` is the epoch of the hub that
        took over, or this one's own when it is a copy from before (`heads.lost`): then nothing was taken
        in. `left` says that the hall gave this device up: what it sent is kept apart (`held`) and not taken.
        The facts of another device that was given up wait (`store-lost`) until two people let it back.
        Raises Problem `device-revoked` (never joined), `batch-unsigned`, `batch-signature`, `hub-paper`.
        """

        def work(connection: Connection) -> Mapping[str, Any]:
            now, foreign, head = self._clock.now(), frozenset[str](), dict[str, Any]()
            newer = self._shown(connection, header, now)
            if newer:
                is_copy = newer == standing.epoch_of(connection, self.hall)
                paper = standing.paper(connection, self.hall, self.identity) if is_copy else {}
                return {"verdicts": (), "standing": paper, "head": {}, "fenced": newer, "left": False}
            stores = {one.get("device") for one in envelopes if isinstance(one, Mapping)} if member else set()
            if member:
                if not senders.believed(connection, self.hall, member, header, envelopes):
                    held.hold(connection, self.hall, member, envelopes, to_ms(now))
                    return {"verdicts": (), "standing": {}, "head": {}, "fenced": 0, "left": True}
                foreign = senders.strangers(connection, self.hall, member, stores, to_ms(now))
            out = comeback.stores_out(connection, self.hall, foreign, to_ms(now)) if foreign else foreign
            taken = comeback.but(envelopes, out) if out else envelopes
            wish = Accept(self.hall, now, taken, foreign - out, self.identity)
            rulings = batches.accept(connection, _NOBODY, wish)
            if len(stores) == 1:
                head = dict(self._head(connection, str(stores.pop())))
            paper = standing.paper(connection, self.hall, self.identity)
            verdicts = [ruling.as_dict() for ruling in rulings]
            verdicts = comeback.with_waiting(envelopes, out, verdicts) if out else verdicts
            return {"verdicts": verdicts, "standing": paper, "head": head, "fenced": 0, "left": False}

        told = self.lane.do(work)
        if told["fenced"]:
            self._fence = told["fenced"]  # said, not raised: a refusal would take back what was written down
        return told

    def _shown(self, connection: Connection, header: Mapping[str, Any], now: datetime) -> int:
        """What a device knows of this hub that stops it: the epoch of the fence, 0 = none."""
        newer = standing.shown(connection, self.hall, self.identity, header.get("standing") or {}, now)
        newer = newer or standing.fenced_by(connection, self.hall)
        return newer or heads.lost(connection, self.hall, self.identity, header.get("head") or {}, now)

    def _head(self, connection: Connection, store: str) -> Mapping[str, Any]:
        return heads.signed_head(connection, self.hall, store, self.identity, self._clock.now())

    @property
    def fence(self) -> int:
        """The epoch of the hub that took over, 0 while this one is the hall's."""
        if self._fence < 0:
            with self.database.read() as connection:
                self._fence = standing.fenced_by(connection, self.hall)
        return self._fence

    def refuse_fenced(self) -> None:
        """Raise Problem `hub-fenced`, or `hub-restored` for a copy from before; else nothing."""
        if self.fence:
            with self.database.read() as connection:
                is_copy = standing.epoch_of(connection, self.hall) == self.fence
            raise Problem("hub-restored" if is_copy else "hub-fenced", "hub", str(self.fence))

    def promote(self, actor: Actor, second: str, why: str) -> int:
        """Raise this hub to the next epoch. Raises Problem `two-needed`, `reason-needed`."""
        wish = Promote(self.hall, self._clock.now(), second, why)
        made = self.lane.do(lambda c: standing.promote(c, actor, wish))
        self._fence = 0
        return made

    def standing_paper(self) -> Mapping[str, Any]:
        """The signed paper of this hub's epoch; empty without keys."""
        with self.database.read() as connection:
            return standing.paper(connection, self.hall, self.identity)

    def heads(self, store: str) -> Sequence[Mapping[str, Any]]:
        """How far the facts of a device's store are here without a gap: `{epoch, upto}`."""
        h = device_heads.c
        chosen = select(h.epoch, h.upto).where(h.device == store).order_by(h.epoch)
        with self.database.read() as connection:
            return [{"epoch": row.epoch, "upto": row.upto} for row in connection.execute(chosen)]

    def signed_head(self, store: str) -> Mapping[str, Any]:
        """How far this hub has a store's chain, signed; empty where nothing can be signed."""
        with self.database.read() as connection:
            return self._head(connection, store)

    def field_keys(self, device: str) -> Mapping[int, bytes]:
        """The hall's field keys by version for an enrolled device, the first made when asked for.

        Raises Problem `hub-keys`, `device-revoked` (asked of the store: a token is believed a little longer).
        """
        from counter_app.hub.field_keys import keys_for

        identity = self.identity
        if identity is None:
            raise Problem("hub-keys", "field-keys", "大厅服务没有自己的密钥")
        now = to_ms(self._clock.now())
        return self.lane.do(lambda c: keys_for(c, self.hall, device, identity, now))

    def accounts(self, device: str, offered: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """Every account of the hall, newer ones of a device taken in. Raises as `accounts.exchanged`."""
        from counter_app.hub.accounts import exchanged

        now = self._clock.now()
        return self.lane.do(lambda c: exchanged(c, self.hall, device, offered, self.identity, now))

    def spend_code(self, device: str, request_id: str, clerk_no: str, step: int) -> bool:
        """Take a clerk's one-time code; False when it counted before. Raises as `codes.spend`."""
        from counter_app.hub.codes import spend

        now, code = self._clock.now(), (clerk_no, step)
        return self.lane.do(lambda c: spend(c, self.hall, device, request_id, code, now))

    def lease(self, device: str) -> Mapping[str, Any]:
        """A fresh lease. Raises Problem `not-found`, `device-revoked`, `hub-keys`."""
        with self.database.read() as connection:
            return leases.lease(connection, self.hall, device, self.identity, self._clock.now())

    def take_package(self, data: bytes, carrier: str = "") -> Mapping[str, Any]:
        """A sealed package that came by stick. Raises what `carried.take_in` raises."""
        wish = Carried(self.hall, self._clock.now(), data, carrier)
        return self.lane.do(lambda c: carried.take_in(c, _NOBODY, wish, self.identity))

    def publish(self, scope: str, rows: Mapping[str, Mapping[str, Any]]) -> int:
        """New words of a scope; its last number. Raises Problem `scope-unknown`, `hub-keys`."""
        wish = Publish(self.hall, self._clock.now(), reference.public(scope), rows)
        return self.lane.do(lambda c: reference.publish(c, _NOBODY, wish, self.identity))

    def reference(self, scope: str, after: int = 0, limit: int = reference.MOST) -> ReferencePage:
        """A piece of a scope after a number. Raises Problem `scope-unknown`, `hub-keys`."""
        with self.database.read() as connection:
            return reference.read(connection, self.hall, reference.public(scope), after, limit, self.identity)

    def scopes(self) -> Sequence[Mapping[str, Any]]:
        """Every scope and its last number."""
        with self.database.read() as connection:
            return reference.scopes_of(connection, self.hall)

    def exceptions(self, open_only: bool = True) -> Sequence[Mapping[str, Any]]:
        """What did not fit and waits for a person, the oldest first."""
        with self.database.read() as connection:
            return exceptions.exceptions_of(connection, self.hall, open_only)

    def held_records(self, event_id: str) -> Sequence[Mapping[str, Any]]:
        """What a lost device sent, masked, for who decides about it. Raises Problem `not-found`."""
        from counter_app.hub.held_list import shown

        with self.database.read() as connection:
            return shown(connection, self.hall, event_id)

    def settle_exception(self, event_id: str, code: str, way: str, why: str, actor: Actor) -> bool:
        """Say how one was settled; False when it was before.

        Raises what `exceptions.settle` raises, `held_settling.settle` for records of a lost device.
        """
        wish, identity = Settle(self.hall, self._clock.now(), event_id, code, way, why), self.identity
        if code == BACK:
            return self.lane.do(lambda c: comeback.settle(c, actor, wish))
        if code == HELD:
            return self.lane.do(lambda c: held_settling.settle(c, actor, wish, identity))
        return self.lane.do(lambda c: exceptions.settle(c, actor, wish))
