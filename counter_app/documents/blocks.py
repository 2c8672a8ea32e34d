"""What a paper is made of, as data: a paper's `compose` returns these, `layout` gives them their places.

Composing draws nothing, so the words of a paper can be tested, compared and printed on two media.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Opening:
    """The sentence after the title, set a little larger than the rest."""

    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """The two or three things the citizen must not miss, large, in a frame: label and value."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A small heading; never left alone at the foot of a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values in ruled cells, two to a line where both fit, else one."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; widths are shares of the line, the head is repeated on a new page."""

    columns: tuple[tuple[float, str], ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()  # columns set to the right, for money


@dataclass(frozen=True, slots=True)
class Listed:
    """Numbered sentences; `small` for the notices at the end."""

    lines: tuple[str, ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A plain paragraph."""

    text: str
    small: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """Signatures that were given on a device: the names of their pictures, the day, what they stand under."""

    pages: tuple[str, ...] = ()
    day: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Signing:
    """Lines to sign on, the first perhaps signed already, and the place of the seal beside them."""

    signers: tuple[str, ...]
    seal: bool = False
    given: Given = field(default_factory=Given)


@dataclass(frozen=True, slots=True)
class Divide:
    """A dashed line between the two halves of a paper."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with a few lines beside it that say what it is for."""

    text: str
    lines: tuple[str, ...] = ()


Block = Opening | Key | Heading | Facts | Table | Listed | Text | Signing | Divide | Code
