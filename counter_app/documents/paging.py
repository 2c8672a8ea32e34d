"""Strips into pages: the largest size at which a paper stays on one sheet, more pages when it cannot."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.documents import blocks
from counter_app.documents.layout import strips
from counter_app.documents.strips import Scale, Strip
from counter_app.domain.value import Value

# An old reader is served by large letters; a short paper can afford them. 9 is 小五, the smallest in
# which public papers are set.
SIZES = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0)
FLOWING = 10.5  # of a paper that needs several pages anyhow


class Placed(Value, frozen=True):
    """A strip with the distance of its upper edge from the top of the page's text."""

    y: float
    strip: Strip


Page = tuple[Placed, ...]


def pages(given: Sequence[blocks.Block], room: float, first: float, later: float, seal: float) -> list[Page]:
    """The pages of a paper; `first` and `later` are the heights for text on page one and after."""
    low, high, best = 0, len(SIZES) - 1, None
    while low <= high:
        middle = (low + high) // 2
        found = strips(given, Scale(SIZES[middle], room, seal))
        if sum(strip.height for strip in found) <= first:
            best, high = found, middle - 1
        else:
            low = middle + 1
    if best is None:
        best = strips(given, Scale(FLOWING, room, seal))
    return flow(best, first, later)


def flow(given: Sequence[Strip], first: float, later: float) -> list[Page]:
    """Fill page after page; what sticks together turns the page together."""
    done: list[Page] = []
    current: list[Placed] = []
    y, limit = 0.0, first
    for at, strip in enumerate(given):
        if current and y + _together(given, at) > limit:
            done.append(tuple(current))
            current, y, limit = [], 0.0, later
            if strip.head is not None:
                current.append(Placed(0.0, strip.head))
                y = strip.head.height
        current.append(Placed(y, strip))
        y += strip.height
    return [*done, tuple(current)]


def _together(given: Sequence[Strip], at: int) -> float:
    """The height of a strip with those it sticks to."""
    height = 0.0
    for strip in given[at:]:
        height += strip.height
        if not strip.sticks:
            break
    return height
