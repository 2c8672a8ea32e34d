"""What stands on the pages of a PDF, so that two can be compared: words, drawing, what is attached.

Fonts may differ in version between the machine that printed and the one that verifies, so letters are
compared as text and not as outlines. Everything else that puts ink on a page is compared as it is drawn:
a white box laid over a word, a picture or a note is seen, though it changes no word.
"""

from __future__ import annotations

import logging
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from counter_app.domain.value import Value

if TYPE_CHECKING:
    from pypdf import PageObject

_RARER = (ArithmeticError, AssertionError, NotImplementedError, RecursionError)
# Operators that put ink on the page, or decide its colour; text is compared as text.
_PAINT = {b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh", b"re", b"l", b"c", b"v", b"y"}
_COLOUR = {b"g", b"G", b"rg", b"RG", b"k", b"K", b"cs", b"CS", b"sc", b"SC", b"scn", b"SCN", b"gs"}
_OTHER = {b"INLINE IMAGE", b"W", b"W*"}
_SEEN = _PAINT | _COLOUR | _OTHER
_STEPS = {b"cm": 0.1, b"Tm": 0.1}  # in which numbers are compared; 0.01 elsewhere


class PageRead(Value, frozen=True):
    """One page: its words without blanks, its drawing, its size, and how many notes lie on it."""

    words: str
    drawing: tuple[str, ...]
    box: tuple[int, ...]
    notes: int


class PdfRead(Value, frozen=True):
    """A document: its pages, and the bytes of the file attached under our name."""

    pages: tuple[PageRead, ...]
    attachment: bytes


def read(data: bytes, name: str) -> PdfRead:
    """Read a PDF of ours. Raises one of `unreadable()` for anything else."""
    from pypdf import PdfReader

    hush()
    reader = PdfReader(BytesIO(data))
    attached = reader.attachments[name]
    if len(attached) != 1 or len(reader.attachments) != 1:
        raise ValueError("more than one attachment")
    return PdfRead(tuple(map(_page, reader.pages)), attached[0])


def unreadable() -> tuple[type[Exception], ...]:
    """What reading a stranger's file can raise."""
    from pypdf.errors import PyPdfError

    return (PyPdfError, zlib.error, ValueError, TypeError, LookupError, AttributeError, *_RARER)


def hush() -> None:
    """Nothing that pypdf has to say about a stranger's file goes to our log: it might quote it."""
    log = logging.getLogger("pypdf")
    if log.propagate:
        log.propagate = False
        log.addHandler(logging.NullHandler())


def _page(page: PageObject) -> PageRead:
    words = "".join(page.extract_text().split())
    box = tuple(round(float(edge)) for edge in page.mediabox)
    return PageRead(words, tuple(_drawing(page)), box, len(page.get("/Annots") or ()))


def _drawing(page: PageObject) -> list[str]:
    """Ink, colours, pictures with their place, and where each line of text begins."""
    content = page.get_contents()
    told: list[str] = []
    place, line = "", ""
    for operands, operator in content.operations if content is not None else ():
        if operator == b"cm":
            place = _told(operands, operator)
        elif operator == b"Do":
            told.append("picture:" + place)  # its name is the file's own
        elif operator == b"Tm":
            # A rare character ends a run in one version of a font and not in another: one place a line.
            if (height := _told(operands[5:], operator)) != line:
                line = height
                told.append("line:" + _told(operands[4:], operator))
        elif operator in _PAINT | _COLOUR | _OTHER:
            told.append(operator.decode() + ":" + _told(operands, operator))
    return told


def _told(operands: Any, operator: bytes) -> str:
    step = _STEPS.get(operator, 0.01)
    return ",".join(
        str(round(float(each) / step)) if isinstance(each, int | float) else str(each) for each in operands
    )
