"""Covers laid over a page behind the counter: boxes that everybody sees black, and one line of text of them.

The page itself stays as the counter sealed it; no key of the counter is needed to lay or to lift one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from counter_app.domain.life import Turn
from counter_app.problems import Problem

COVERED = "covered"  # the act of the line in a case's story
WHOLE = 10_000  # a box is left, top, width, height in ten thousandths of the page
MOST_BOXES = 20
Box = tuple[int, int, int, int]


def text_of(page: str, boxes: Sequence[Box]) -> str:
    """A page and its boxes as the story keeps them."""
    return "|".join((page, *(",".join(map(str, box)) for box in boxes)))


def laid_in(history: Iterable[Turn]) -> Mapping[str, tuple[Box, ...]]:
    """Every page that was covered behind the counter, with all the boxes that were ever laid on it."""
    found: dict[str, tuple[Box, ...]] = {}
    for turn in history:
        if turn.act == COVERED:
            page, *boxes = turn.detail.split("|")
            found[page] = found.get(page, ()) + tuple(_box(box) for box in boxes)
    return found


def checked(boxes: Iterable[Sequence[int]]) -> tuple[Box, ...]:
    """The boxes, each on the page and not empty. Raises Problem `cover-boxes`."""
    found = tuple((int(x), int(y), int(wide), int(high)) for x, y, wide, high in boxes)
    if not 1 <= len(found) <= MOST_BOXES or not all(map(_is_on_the_page, found)):
        raise Problem("cover-boxes", "boxes", str(MOST_BOXES))
    return found


def _is_on_the_page(box: Box) -> bool:
    x, y, wide, high = box
    return min(x, y) >= 0 and min(wide, high) > 0 and x + wide <= WHOLE and y + high <= WHOLE


def _box(text: str) -> Box:
    x, y, wide, high = map(int, text.split(","))
    return x, y, wide, high
