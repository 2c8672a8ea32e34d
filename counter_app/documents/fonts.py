"""Fonts for paper: TrueType from Debian packages, chosen glyph by glyph, so that every name prints.

ReportLab takes TrueType only. Its ToUnicode map is wrong above U+FFFF (it writes five-digit codes where
PDF wants UTF-16), so a rare name would print but not be found again: `MendedFont` writes it right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from counter_app.problems import Problem

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
# In the order they are asked for a glyph; file names as in the packages that installer/setup.sh installs.
FACES = (
    ("OwText", "wqy-microhei.ttc", "fonts-wqy-microhei"),
    ("OwHanA", "HanaMinA.ttf", "fonts-hanazono"),
    ("OwHanB", "HanaMinB.ttf", "fonts-hanazono"),
    ("OwBabel", "BabelStoneHan.ttf", "fonts-babelstone-han"),
)
_PER_BLOCK = 100  # entries of one bfchar block (PDF 32000-1, 9.10.3)


class MendedFont(TTFont):  # type: ignore[misc]
    """A TrueType font whose text can be found and copied, also above U+FFFF."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's name
        """Write the font into the document, then put a right ToUnicode map in place of the wrong one."""
        subsets = list(self.state[doc].subsets) if doc in self.state else []
        super().addObjects(doc)
        for n, subset in enumerate(subsets):
            name = b"".join((SUBSETN(n), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            doc.idToObject["toUnicodeCMap:" + name].content = to_unicode(name, subset)


def to_unicode(name: str, subset: list[int]) -> str:
    """The ToUnicode CMap of one subset: code to UTF-16BE."""
    pairs = [
        f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in enumerate(subset)
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    for start in range(0, len(pairs), _PER_BLOCK):
        block = pairs[start : start + _PER_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters set in one font; `font` is "" where no font has the glyph."""

    font: str
    text: str


@cache
def faces() -> tuple[MendedFont, ...]:
    """The registered fonts in the order they are asked. Raises Problem `font-missing`."""
    found = []
    for name, file, package in FACES:
        font = MendedFont(name, str(_path(file, package)), subfontIndex=0, asciiReadable=False)
        pdfmetrics.registerFont(font)
        found.append(font)
    return tuple(found)


def missing() -> tuple[str, ...]:
    """The packages whose font cannot be found, for the self-test."""
    lost = []
    for _, file, package in FACES:
        try:
            _path(file, package)
        except Problem:
            lost.append(f"{file} ({package})")
    return tuple(lost)


def runs(text: str) -> Iterator[Run]:
    """Cut a text into runs of one font each."""
    font, start = None, 0
    for place, char in enumerate(text):
        chosen = font_of(char)
        if chosen != font:
            if font is not None and place > start:
                yield Run(font, text[start:place])
            font, start = chosen, place
    if font is not None:
        yield Run(font, text[start:])


@cache
def font_of(char: str) -> str:
    """The first font that has a glyph, "" when none has."""
    code = ord(char)
    for font in faces():
        if font.face.charToGlyph.get(code):
            return str(font.fontName)
    return ""


@cache
def advance(char: str) -> float:
    """The width of a character at size 1."""
    name = font_of(char)
    if not name:
        return CHIP_WIDTH
    return float(pdfmetrics.getFont(name).face.getCharWidth(ord(char))) / 1000


def width(text: str, size: float) -> float:
    """The width of a text in points."""
    return sum(advance(char) for char in text) * size


CHIP_WIDTH = 1.6  # of a chip with a code point, in ems


@cache
def _path(file: str, package: str) -> Path:
    for folder in FOLDERS:
        for found in sorted(folder.rglob(file)):
            return found
    raise Problem("font-missing", file, f"{file}，软件包 {package}")
