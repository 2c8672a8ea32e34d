"""Who belongs to a hall, and by what its machines know the same person: devices, people, the key of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from counter_app.database import Database
from counter_app.domain.actor import Actor
from counter_app.hub import enrolment, people, people_keys
from counter_app.hub.commands import Enrol, Invite, Revoke
from counter_app.hub.floor import NOBODY
from counter_app.hub.lane import Lane
from counter_app.hub.rows import to_ms
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.people import PeopleKeys
from counter_app.seals.provider import key_id

if TYPE_CHECKING:
    from counter_app.hub import comeback
else:
    comeback = late("counter_app.hub.comeback")


class _Clock(Protocol):
    def now(self) -> datetime: ...


class HallDevices:
    """The part of `HallHub` about devices and people."""

    hall: str
    database: Database
    lane: Lane
    _clock: _Clock
    root = b""  # a secret beside the store (of the hub's authority): the store alone knows nobody

    # --- devices ------------------------------------------------------------------------------
    def invite(self, role: str, actor: Actor, window: str = "", name: str = "", clerk: str = "") -> str:
        """A code by which one device may join. Raises Problem `token-role`."""
        wish = Invite(self.hall, self._clock.now(), role, window, name, clerk)
        return self.lane.do(lambda c: enrolment.invite(c, actor, wish))

    def enrol(self, code: str, public_key: str, signature: str, name: str = "") -> enrolment.Joined:
        """Take a device in. Raises Problem `enrol-code`, `enrol-proof`, `enrol-lost`.

        One that was given up is not taken in by whoever gives out the code: that it wants to come back is
        written down, and two people decide (`comeback`).
        """
        wish = Enrol(self.hall, self._clock.now(), code, public_key, signature, name)
        try:
            return self.lane.do(lambda c: enrolment.enrol(c, NOBODY, wish))
        except Problem as problem:
            if problem.code == "enrol-lost":
                device, now = key_id(base64url.decode(public_key)), to_ms(wish.at)
                self.lane.do(lambda c: comeback.tell(c, self.hall, device, now))
            raise

    def revoke_device(self, device: str, actor: Actor, why: str) -> None:
        """A device is lost or leaves. Raises Problem `not-found`."""
        wish = Revoke(self.hall, self._clock.now(), device, why)
        self.lane.do(lambda c: enrolment.revoke(c, actor, wish))

    def devices(self) -> Sequence[Mapping[str, Any]]:
        """Every device that joined."""
        with self.database.read() as connection:
            return enrolment.devices_of(connection, self.hall)

    def refuse_left(self, device: str) -> None:
        """Asked of the store: a token is believed a little longer. Raises Problem `device-revoked`."""
        with self.database.read() as connection:
            enrolment.refuse_left(connection, self.hall, device)

    # --- people -------------------------------------------------------------------------------
    def person(self, key: str) -> Mapping[str, Any]:
        """What the hall knows of a person's key: `{id, cases, tickets}`."""
        with self.database.read() as connection:
            return people.person_of(connection, self.hall, key)

    def people_keys(self) -> PeopleKeys:
        """The keys by which the same person has the same mark at every machine; made when first asked for."""
        now = to_ms(self._clock.now())
        return self.lane.do(lambda c: people_keys.keys_of(c, self.hall, self.root, now))
