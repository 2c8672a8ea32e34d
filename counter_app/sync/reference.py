"""Reading the hall's reference data: scope by scope, in pieces, going on where the store stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from counter_app.domain.reference import Piece, Place
from counter_app.problems import Problem

TOGETHER = 50  # rows of one transaction: about a tick of the services lane


class Places(Protocol):
    """What a store offers."""

    def reference_place(self, scope: str) -> Place:
        """How far a scope was read."""


class Telling(Protocol):
    """What a hub offers."""

    def scopes(self) -> Mapping[str, int]:
        """The last number of every scope."""

    def reference(self, scope: str, after: int, limit: int = 1000) -> Any:
        """A piece of a scope. Raises Problem `hub-away`, `scope-unknown`."""


def pull_reference(
    store: Places, hub: Telling, take: Callable[[Piece], Place], most: int = 20, only: str = ""
) -> int:
    """Read what is new of every scope (or one), at most so many pages each; returns how many rows came.

    `take` writes a piece with its place in one transaction; the caller decides on which lane. The hub
    being away is no matter: it goes on next time, also in the middle of a first load.
    """
    came = 0
    try:
        for scope, last in hub.scopes().items():
            if (not only or scope == only) and _behind(store.reference_place(scope), last):
                came += _pull(store, hub, take, scope, most)
    except Problem:
        return came
    return came


def _behind(place: Place, last: int) -> bool:
    return place.last != last


def _pull(store: Places, hub: Telling, take: Callable[[Piece], Place], scope: str, most: int) -> int:
    came, place = 0, store.reference_place(scope)
    for _ in range(most):
        page = hub.reference(scope, place.last)
        if place.epoch not in (0, page.epoch) and place.last:
            place = Place(scope, page.epoch)  # another hub took over: every row is read again, none is lost
            page = hub.reference(scope, 0)
        for start in range(0, len(page.rows), TOGETHER):
            rows = page.rows[start : start + TOGETHER]
            place = take(Piece(scope, page.epoch, int(rows[-1]["no"]), page.total, rows))
        came += len(page.rows)
        if len(page.rows) == 0:
            break
    return came
