"""Pulling the hub's case feed into this counter's read copy, in commit order, going on where it stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from counter_app.problems import Problem
from counter_app.services.hub_port import News


class Remembering(Protocol):
    """What a store offers of its place in the feed."""

    def feed_place(self) -> tuple[int, int]:
        """Epoch and number of the last row read; zeros before the first."""


class Teller(Protocol):
    """What a hub offers."""

    def feed(self, after: int = 0) -> News:
        """Rows after a place. Raises Problem `hub-away`."""


def pull(store: Remembering, hub: Teller, follow: Callable[[News], int], most: int = 50) -> int:
    """Read on until nothing is new, the hub is away, or `most` pages came; returns how many turns were new.

    A hub of another epoch was restored: it is read from the beginning, turns count once all the same.
    `follow` writes a page down with the new place; the caller decides on which lane.
    """
    told = 0
    epoch, last = store.feed_place()
    for _ in range(most):
        try:
            page = hub.feed(last)
            if epoch not in (0, page.epoch):
                page = hub.feed(0)
        except Problem:
            break
        if (page.epoch, page.last) == (epoch, last):
            break
        told += follow(page)
        epoch, last = page.epoch, page.last
    return told
