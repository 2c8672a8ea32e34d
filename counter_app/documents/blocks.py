"""What a paper is made of, as data: a paper's `compose` returns these, `layout` gives them their places.

An `aside` is the same in another language, "" or () on a paper in Chinese alone.

Composing draws nothing, so the words of a paper can be tested, compared and printed on two media.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.domain.value import Value

Pair = tuple[str, str]


class Opening(Value, frozen=True):
    """The sentence after the title, set a little larger than the rest."""

    text: str
    aside: str = ""


class Key(Value, frozen=True):
    """The two or three things the citizen must not miss, large, in a frame: label and value."""

    pairs: tuple[Pair, ...]
    asides: tuple[Pair, ...] = ()


class Heading(Value, frozen=True):
    """A small heading; never left alone at the foot of a page."""

    text: str
    aside: str = ""


class Facts(Value, frozen=True):
    """Labels and values in ruled cells, two to a line where both fit, else one."""

    pairs: tuple[Pair, ...]
    asides: tuple[str, ...] = ()  # of the labels


class Table(Value, frozen=True):
    """A ruled table; widths are shares of the line, the head is repeated on a new page."""

    columns: tuple[tuple[float, str], ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()  # columns set to the right, for money
    asides: tuple[str, ...] = ()  # of the columns


class Listed(Value, frozen=True):
    """Numbered sentences; `small` for the notices at the end."""

    lines: tuple[str, ...]
    small: bool = False
    asides: tuple[str, ...] = ()


class Text(Value, frozen=True):
    """A plain paragraph."""

    text: str
    small: bool = False
    bold: bool = False
    aside: str = ""


class Given(Value, frozen=True):
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
    asides: tuple[str, ...] = ()


class Divide(Value, frozen=True):
    """A dashed line between the two halves of a paper."""


class Code(Value, frozen=True):
    """A QR code with a few lines beside it that say what it is for."""

    text: str
    lines: tuple[str, ...] = ()


Block = Opening | Key | Heading | Facts | Table | Listed | Text | Signing | Divide | Code
