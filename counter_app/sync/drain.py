"""Draining the outbox: waiting envelopes go to the hub in batches, its verdict on each comes back.

Delivery is at least once; the hub de-duplicates. Nothing is deleted here, an unanswered record waits,
a refused one is set aside for a person and holds nobody up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from counter_app.problems import Problem

BATCH = 100
Verdicts = Sequence[Mapping[str, Any]]


class Waiting(Protocol):
    """What a store offers of its outbox."""

    def waiting(self, limit: int = BATCH) -> Sequence[Mapping[str, Any]]:
        """Envelopes not yet acknowledged, oldest first."""


class Pusher(Protocol):
    """What a hub offers."""

    def push(self, batch: Sequence[Mapping[str, Any]]) -> Verdicts:
        """Hand envelopes over. Raises Problem `hub-away`."""


def drain(store: Waiting, hub: Pusher, settle: Callable[[Verdicts], None], most: int = 50) -> int:
    """Push until nothing waits, the hub is away, or `most` batches went; returns how many were settled.

    `settle` writes the verdicts down; the caller decides on which lane.
    """
    settled = 0
    for _ in range(most):
        batch = store.waiting(BATCH)
        if not batch:
            break
        try:
            verdicts = hub.push(batch)
        except Problem:
            break
        final = [v for v in verdicts if v["verdict"] != "retry_later"]
        settle(final)
        settled += len(final)
        if len(final) < len(batch):
            break
    return settled
