"""In which looks pages are judged, and what a face has to say for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

COUNTER_ROOMS = ((1280, 672), (1366, 728), (1920, 1040))
Room = tuple[int, int]


@dataclass(frozen=True)
class Style:
    """A theme at a size of its words, in percent."""

    theme: str = "light"
    scale: int = 100


@dataclass(frozen=True)
class Limits:
    """Below what a page is refused: contrast by theme, pixels of words and of what is touched."""

    contrast: dict[str, float] = field(default_factory=lambda: {"light": 4.5, "contrast": 7.0})
    font: int = 13
    target: int = 24


@dataclass(frozen=True)
class Shown:
    """One page as it stands; `settle` waits until it has laid itself out anew."""

    name: str
    window: QWidget
    settle: Callable[[], None]
    more: Callable[[], Sequence[str]] = lambda: ()


Show = Callable[[Any, QApplication, Style, Room, str], Iterator[Shown]]


@dataclass(frozen=True)
class Face:
    """A program with pages. A chapter is what is opened at once: one page, or a walk through many."""

    name: str
    rooms: tuple[Room, ...]
    chapters: tuple[str, ...]
    show: Show
    limits: Limits
    themes: tuple[str, ...] = ("light", "contrast")
    scales: tuple[int, ...] = (100, 125, 150)
    is_walk: bool = False  # long, and therefore once in a short sample
    is_resized: bool = (
        True  # False: a page of it is opened anew for every room, as on a machine that never turns
    )

    @property
    def styles(self) -> tuple[Style, ...]:
        """Every theme at every size of words that this face knows."""
        return tuple(Style(*one) for one in product(self.themes, self.scales))


def sample(face: Face, nth: int) -> tuple[tuple[Style, Room], ...]:
    """Three looks of the nth chapter: every theme, scale and room; over all chapters, every pair of them."""
    if face.is_walk:
        return ((face.styles[-2], face.rooms[1]),)  # a long walk: once
    found = []
    for k in range(max(len(face.themes), len(face.scales), len(face.rooms))):
        theme = face.themes[(k + nth // 3) % len(face.themes)]
        scale = face.scales[k % len(face.scales)]
        found.append((Style(theme, scale), face.rooms[(k + nth) % len(face.rooms)]))
    return tuple(dict.fromkeys(found))
