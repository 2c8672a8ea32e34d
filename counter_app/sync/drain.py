"""Draining the outbox: waiting envelopes go to the hub in batches, its verdict on each comes back.

Delivery is at least once; the hub de-duplicates. Nothing is deleted here, an unanswered record waits,
a refused one is set aside for a person and holds nobody up. A device the hall gave up hands in what it
has and keeps all of it: the hall may still let it in.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from counter_app.problems import Problem
from counter_app.sync.backoff import Backoff

BATCH = 100
# A device that was given up hands in everything it has, then seldom again: none of it is ever acknowledged.
MOST_HANDED_IN, HANDED_IN_S = 20_000, 600.0
Verdicts = Sequence[Mapping[str, Any]]


class Waiting(Protocol):
    """What a store offers of its outbox."""

    def waiting(self, limit: int = BATCH) -> Sequence[Mapping[str, Any]]:
        """Envelopes not yet acknowledged, oldest first."""


class Pusher(Protocol):
    """What a hub offers."""

    def push(self, batch: Sequence[Mapping[str, Any]]) -> Verdicts:
        """Hand envelopes over. Raises Problem `hub-away`."""


def drain(
    store: Waiting,
    hub: Pusher,
    settle: Callable[[Verdicts], None],
    most: int = 50,
    pace: Backoff | None = None,
    now: Callable[[], float] = time.monotonic,
) -> int:
    """Push until nothing waits, the hub is away, or `most` batches went; returns how many were settled.

    `settle` writes the verdicts down; the caller decides on which lane. `pace` hears how it went; whether
    to ask at all is the caller's to look up there.
    """
    settled, patience = 0, pace or Backoff()
    for _ in range(most):
        batch = store.waiting(BATCH)
        if not batch:
            break
        try:
            verdicts = hub.push(batch)
        except Problem as problem:
            handed_in = problem.code == "device-revoked" and _hand_in(store, hub)
            patience.failed(now(), HANDED_IN_S if handed_in else _asked_to_wait(problem))
            break
        final = [v for v in verdicts if v["verdict"] != "retry_later"]
        settle(final)
        settled += len(final)
        if len(final) < len(batch):
            patience.failed(now())
            break
        patience.worked()
    return settled


def _hand_in(store: Waiting, hub: Pusher) -> bool:
    """Send what waits behind the first batch to a hub that keeps it apart; whether it heard all of it."""
    waits = store.waiting(MOST_HANDED_IN)
    for start in range(BATCH, len(waits), BATCH):
        try:
            hub.push(waits[start : start + BATCH])
        except Problem as problem:
            if problem.code != "device-revoked":
                return False
    return True


def _asked_to_wait(problem: Problem) -> float:
    """The seconds a busy hub asked for; 0 when nothing was asked."""
    is_number = problem.detail.isascii() and problem.detail.isdecimal()
    return float(problem.detail) if problem.code == "hub-busy" and is_number else 0.0
