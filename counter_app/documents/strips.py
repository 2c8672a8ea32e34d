"""What a page is made of once it has its places: lines of text, rules, codes, pictures, in strips.

Lengths are points. A strip's own origin is its upper left corner, y grows downwards; a strip is never
broken across pages.
"""

from __future__ import annotations

from counter_app.domain.value import Value

MM = 72 / 25.4
INK, SOFT, RULE, TINT = 0.0, 0.32, 0.58, 0.955


class Ink(Value, frozen=True):
    """One line of text with its baseline at (x, y)."""

    x: float
    y: float
    text: str
    size: float
    grey: float = INK
    bold: bool = False


class Shape(Value, frozen=True):
    """A box (`fill` or `edge` grey, None for neither) or, with no height, a rule."""

    x: float
    y: float
    width: float
    height: float = 0.0
    edge: float | None = None
    fill: float | None = None
    thick: float = 0.5
    dash: bool = False


class SealPlace(Value, frozen=True):
    """Where the hall's seal goes."""

    x: float
    y: float
    width: float
    height: float


class CodePlace(Value, frozen=True):
    """Where a QR code of a text goes; a square."""

    x: float
    y: float
    width: float
    text: str


class PicturePlace(Value, frozen=True):
    """Where the picture of a signature goes; its lower edge on the line that is signed on."""

    x: float
    y: float
    width: float
    height: float
    page: str


Item = Ink | Shape | SealPlace | CodePlace | PicturePlace


class Strip(Value, frozen=True):
    """A piece of a page. `sticks` keeps it with the next one; `head` is repeated after a page turn."""

    height: float
    items: tuple[Item, ...] = ()
    sticks: bool = False
    head: Strip | None = None


class Scale(Value, frozen=True):
    """The sizes of one try: body text, the width of a line, and the height kept for a seal."""

    text: float
    room: float
    seal: float = 27 * MM

    @property
    def small(self) -> float:
        """Notices at the end."""
        return max(self.text - 1, 8.8)

    @property
    def aside(self) -> float:
        """Another language beside the Chinese."""
        return max(self.text - 2, 8.0)

    @property
    def pad(self) -> float:
        """White inside a cell; a full page spends less of it."""
        return self.text * 0.29 + max(self.text - 9.5, 0) * 0.5
