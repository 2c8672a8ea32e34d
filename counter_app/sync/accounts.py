"""The accounts of a hall between its counters: offered when newer here, taken when newer there."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.problems import Problem
from counter_app.services.account_news import Account, plain, take
from counter_app.services.ports import Secrets, Storage
from counter_app.sync.field_keys import Asked

ASK_S = 30.0  # a clerk made at one counter signs in at another within half a minute
_QUIET = ("hub-away", "hub-keys", "device-revoked")  # no line, no keys; the lease says the last one
_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class AccountSync:
    """The part of a desk's sync that is about who may work. `write` runs a call on the services lane;
    `tell`, on the same lane, is for the people at the desk, once.
    """

    hub: Asked
    storage: Storage
    secrets: Secrets
    write: Callable[[Callable[[], int]], int]
    tell: Callable[[Problem], object] = lambda problem: None
    _is_older: bool = False
    _asked: float = -ASK_S
    _hall: Mapping[str, int] | None = None

    def run(self, now_ms: int) -> int:
        """Once; how many accounts were taken. Away is no matter."""
        if time.monotonic() - self._asked < ASK_S:
            return 0
        self._asked = time.monotonic()
        try:
            news = self._heard([] if self._hall is None else self._newer())
            if self._newer():
                news = self._heard(self._newer())
        except Problem as problem:
            if problem.code == "not-found":
                return self._older()
            if problem.code not in _QUIET:
                _LOG.warning("the hall's accounts were not heard: %s", problem.code)
            return 0
        return self.write(lambda: take(self.storage, news, now_ms)) if news else 0

    def _older(self) -> int:
        """A hub from before this could be asked: said once, and everything else goes on."""
        is_news, self._is_older = not self._is_older, True
        if is_news:
            self.write(lambda: bool(self.tell(Problem("hub-older", "hub", "各窗口共用工号"))))
        return int(is_news)

    def _newer(self) -> Sequence[Account]:
        """What is newer here than at the hall; never what the hall could not open."""
        hall = self._hall or {}
        found = (plain(one, self.secrets) for one in self.storage.accounts())
        return [one for one in found if one is not None and one["version"] > hall.get(one["clerk_no"], 0)]

    def _heard(self, offered: Sequence[Account]) -> Sequence[Account]:
        body: dict[str, Any] = {"request_id": "accounts", "accounts": list(offered)}
        told: Sequence[Account] = self.hub.ask("POST", "/v1/accounts", body)["accounts"]
        self._hall = {str(one["clerk_no"]): int(one["version"]) for one in told}
        return told
