"""The lease of this device in its data folder: renewed at every sync or by a stick, ended by revocation."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from counter_app.domain.leases import PAPER, Lease
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.files import write_private
from counter_app.seals.hub_identity import believed

FILE = "hub.lease"
RENEW = timedelta(hours=12)
# A device that joined and has no lease, because somebody took the file away, is one whose lease is over.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class LeaseBook:
    """One device's lease. Any thread reads; only the sync lane, or a command, renews.

    `seen` gives the latest moment the store has written down: a clock set back wins nothing.
    """

    folder: Path
    hall: str
    device: str
    hub_key: str
    seen: Callable[[], datetime | None] = lambda: None
    _lease: Lease = field(default_factory=lambda: Lease(_NEVER))

    def __post_init__(self) -> None:
        self._lease = self._read()

    def current(self) -> Lease:
        """The lease as it stands."""
        found = self._lease
        return Lease(found.begins, found.days, found.revoked, self.seen())

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to ask the hub for a fresh one."""
        return self._lease.revoked or now - self._lease.begins > RENEW

    def renew(self, paper: Mapping[str, Any]) -> Lease:
        """Take a fresh lease, from the hub or from a stick; an older one changes nothing.

        Raises Problem `hub-paper` unless the hall's hub signed it, for this device.
        """
        made = self._judged(paper)
        if made.begins > self._lease.begins or self._lease.revoked:
            self._keep({"paper": dict(paper), "revoked": False})
            self._lease = made
        return self.current()

    def revoke(self) -> None:
        """The hall said this device is no longer its own: nothing but look-up until it joins again."""
        if not self._lease.revoked:
            self._keep({"paper": {}, "revoked": True})
            self._lease = Lease(self._lease.begins, self._lease.days, revoked=True)

    def _judged(self, paper: Mapping[str, Any]) -> Lease:
        said = believed(paper, PAPER, base64url.decode(self.hub_key))
        if said.get("hall") != self.hall or said.get("device") != self.device:
            raise Problem("hub-paper", PAPER, PAPER)
        try:
            return Lease(datetime.fromisoformat(str(said["from"])), int(str(said["days"])))
        except (KeyError, ValueError) as error:
            raise Problem("hub-paper", PAPER, PAPER) from error

    def _read(self) -> Lease:
        file = self.folder / FILE
        try:
            told = json.loads(file.read_text("utf-8"))
            return Lease(_NEVER, revoked=True) if told["revoked"] else self._judged(told["paper"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, Problem):
            return Lease(_NEVER)

    def _keep(self, told: Mapping[str, Any]) -> None:
        try:
            write_private(self.folder / FILE, json.dumps(told).encode())
        except OSError as error:
            raise Problem("store-write", FILE, error.strerror or "") from error
