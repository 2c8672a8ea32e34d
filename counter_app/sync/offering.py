"""A hub that took over has what its copy had: what it lacks of ours is offered again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.sync.standing import Standing


def offer_again(hub: Any, store: str, reopen: Callable[[Mapping[int, int]], int]) -> int:
    """Put back into the outbox what a newer hub has not got; how many. A hub in this process needs none.

    `reopen` makes acknowledged facts above these ends wait again; the caller decides on which lane. When it
    is interrupted it is done again: the mark is taken back last. An absent hub is asked later.
    """
    standing: Standing | None = getattr(hub, "standing", None)
    if standing is None or not standing.must_offer_again:
        return 0
    try:
        again = reopen(hub.heads(store))
        standing.offered_again()
    except Problem:
        return 0
    return again
