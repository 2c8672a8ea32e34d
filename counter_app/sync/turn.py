"""One turn of sync on its lane: push, compare with a newer hub, hear, renew; away is no matter.

What comes back is written on the services lane by the functions given; nothing here waits for a clerk.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from counter_app.domain.reference import Piece, Place
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services.hub_port import Hub, News
from counter_app.services.ports import Storage
from counter_app.sync.backoff import Backoff
from counter_app.sync.drain import Verdicts, drain
from counter_app.sync.offering import offer_again
from counter_app.sync.pull import pull
from counter_app.sync.reference import pull_reference

if TYPE_CHECKING:
    from counter_app.sync.accounts import AccountSync
    from counter_app.sync.field_keys import FieldSync
    from counter_app.sync.lease_book import LeaseBook
    from counter_app.sync.packs import PackSync

_LOG = logging.getLogger(__name__)
REFERENCE_S = 30.0
WITNESS_S = 3600.0  # how often the hub signs the chain's head, the first time so long after the start


class Writes(Value, frozen=True):
    """What a turn has written, each on the services lane."""

    settle: Callable[[Verdicts], None]
    follow: Callable[[News], int]
    reopen: Callable[[Mapping[int, int]], int]
    take: Callable[[Piece], Place]
    witness: Callable[[Mapping[str, Any]], object] = lambda paper: None


@dataclass(slots=True)
class SyncTurn:
    """The sync of one desk. `behind` is the hall's hub over the network, None for one in this process;
    `hand_over` brings it pages and packages.
    """

    storage: Storage
    hub: Hub
    behind: Any
    writes: Writes
    hand_over: Callable[[], int] = lambda: 0
    store_id: str = ""
    leases: LeaseBook | None = None
    fields: FieldSync | None = None
    accounts: AccountSync | None = None
    packs: PackSync | None = None
    pace: Backoff = field(default_factory=Backoff)
    _referred: float = -REFERENCE_S
    _witnessed: float = field(default_factory=time.monotonic)

    def run(self, now: datetime) -> int:
        """Everything once; how many things came of it. Raises nothing but what the lanes raise in closing."""
        if not self.pace.ready(time.monotonic(), self.hub.online()):
            return 0
        news = offer_again(self.behind, self.store_id, self.writes.reopen)
        news += drain(self.storage, self.hub, self.writes.settle, pace=self.pace)
        news += pull(self.storage, self.hub, self.writes.follow)
        self._renew(now)
        self._have_signed()
        heard = self._refer()
        news += heard
        if self.fields is not None and self.hub.online():
            news += self.fields.run(now)
        if self.accounts is not None and self.hub.online():
            news += self.accounts.run(int(now.timestamp() * 1000))
        if self.packs is not None:
            news += self.packs.run(now.date(), bool(heard))
        self.hand_over()
        return news

    def _renew(self, now: datetime) -> None:
        """A fresh lease twice a day; a device the hall gave up hears it here."""
        book = self.leases
        if book is None or not self.hub.online() or not book.is_due(now):
            return
        try:
            book.renew(self.behind.lease())
        except Problem as problem:
            if problem.code == "device-revoked":
                book.revoke()

    def _have_signed(self) -> None:
        """The head of the chain as the hub has it, signed by it and kept in the chain."""
        if self.behind is None or not self.hub.online():
            return  # a desk that is its own hub is no witness of itself
        if time.monotonic() - self._witnessed < WITNESS_S:
            return
        self._witnessed = time.monotonic()
        try:
            paper = self.behind.signed_head(self.store_id)
            if paper:
                self.writes.witness(paper)
        except Problem as problem:
            _LOG.warning("the hub's word on the chain was not kept: %s", problem.code)

    def _refer(self) -> int:
        if self.leases is None or not self.hub.online():
            return 0  # a desk that is its own hub has nothing to hear from itself
        if time.monotonic() - self._referred < REFERENCE_S:
            return 0
        self._referred = time.monotonic()
        return pull_reference(self.storage, self.behind, self.writes.take, most=4)  # type: ignore[arg-type]
