"""Who comes in, what is counted at the door, and the two questions asked before anybody has a token."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from counter_app.hub.authority import Authority
from counter_app.hub.blobs import Blobs
from counter_app.hub.crowd import Crowd
from counter_app.hub.enrol_shapes import AuthorityReply, EnrolBody, EnrolledReply
from counter_app.hub.events import Bell
from counter_app.hub.hall import HallHub
from counter_app.hub.lane import Lane
from counter_app.hub.people_endpoints import boxes_of
from counter_app.hub.tokens import MAY, Bearer, bearer_of, left_bearer
from counter_app.hub.turn import Turn
from counter_app.problems import Problem
from counter_app.seals import base64url

_TRUST_S = 5.0  # how long a revoked token may still be believed
_WRONG, _WRONG_S = 10, 600.0  # so many wrong codes within ten minutes, then nobody enrols for a while


@dataclass(slots=True)
class Door:
    """Who comes in, and what is counted at the door. `authority` is what devices pin, None without TLS."""

    halls: Mapping[str, HallHub]
    authority: Authority | None = None
    blobs: Blobs | None = None
    bell: Bell = field(default_factory=Bell)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    asked: Counter[tuple[str, int]] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    crowd: Crowd = field(default_factory=Crowd)
    _turns: dict[int, Turn] = field(default_factory=dict)
    _known: dict[str, tuple[float, Bearer]] = field(default_factory=dict)
    _wrong: deque[float] = field(default_factory=lambda: deque(maxlen=_WRONG))

    async def bearer(self, request: Request, may_have_left: bool = False) -> Bearer:
        """Whose token came along. Raises Problem `token-unknown`, `device-revoked` where that matters."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Problem("token-unknown", "authorization")
        now = time.monotonic()
        known = self._known.get(token)
        if known is None or now - known[0] > _TRUST_S:
            try:
                found = await run_in_threadpool(self._look_up, token)
            except Problem:
                self._known.pop(token, None)
                raise
            if found is None or found.hall not in self.halls:
                self._known.pop(token, None)
                raise Problem("token-unknown", "authorization")
            known = self._known[token] = (now, found)
        if known[1].has_left and not may_have_left:
            raise Problem("device-revoked", "device")
        return known[1]

    def turn(self, lane: Lane) -> Turn:
        """What a store is asked in this turn of the loop; halls may share one."""
        found = self._turns.get(id(lane))
        if found is None:
            found = self._turns[id(lane)] = Turn(lane)
        return found

    def told(self) -> AuthorityReply:
        """The authority to be pinned, and the halls of this hub."""
        return AuthorityReply(
            halls=sorted(self.halls), ca=self.authority.pem if self.authority is not None else ""
        )

    def enrol(self, body: EnrolBody) -> EnrolledReply:
        """Take a device in. Raises Problem `enrol-wait` after too many wrong codes, and what it refuses."""
        now = time.monotonic()
        if len(self._wrong) == _WRONG and now - self._wrong[0] < _WRONG_S:
            raise Problem("enrol-wait", "code")
        hall = self.halls.get(body.hall) if body.hall else next(iter(self.halls.values()))
        if hall is None:
            raise Problem("not-found", "hall", body.hall)
        try:
            made = hall.enrol(body.code, body.public_key, body.signature, body.name)
        except Problem as problem:
            if problem.code == "enrol-code":
                self._wrong.append(now)
            raise
        shown = self.authority is not None and MAY[made.role] & {"page", "bring"}
        known = hall.identity
        return EnrolledReply(
            hub_key=base64url.encode(known.public_key) if known is not None else "",
            box_key=base64url.encode(known.box_key) if known is not None else "",
            hall=hall.hall,
            device=made.device,
            token=made.token,
            role=made.role,
            window=made.window,
            people_keys=boxes_of(hall, body.box_key) if body.box_key and "take" in MAY[made.role] else [],
            pages_key=self.authority.pages_key(hall.hall) if shown and self.authority is not None else "",
        )

    def _look_up(self, token: str) -> Bearer | None:
        first = next(iter(self.halls.values()))
        with first.database.read() as connection:
            return bearer_of(connection, token) or left_bearer(connection, token)
