"""Fonts for paper: TrueType from Debian packages, chosen glyph by glyph, so that every name prints.

ReportLab takes TrueType only (the CFF of Noto CJK is refused), so text is set in WenQuanYi Micro Hei
and rare characters in HanaMin and BabelStone Han, which cover CJK Extensions A-F whole. A font is read
when the first character needs it: most papers never open the 60,000 glyphs of the rare ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics

from counter_app.documents.mended import MendedFont
from counter_app.documents.shaping import LAM, LAM_ALEFS
from counter_app.domain.value import Value
from counter_app.problems import Problem

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
NOTHING = "\u200b"  # has an empty glyph without width in the Arabic face
CHIP_WIDTH = 1.6  # of a chip with a code point, in ems


class Face(Value, frozen=True):
    """One font file and its package. `stroke` (in ems) thickens a thin face to stand beside the text."""

    name: str
    file: str
    package: str
    stroke: float = 0.0


# In the order they are asked for a glyph; file names as in the packages that installer/setup.sh installs.
FACES = (
    Face("OwText", "wqy-microhei.ttc", "fonts-wqy-microhei"),
    Face("OwHanA", "HanaMinA.ttf", "fonts-hanazono", 0.012),
    Face("OwHanB", "HanaMinB.ttf", "fonts-hanazono", 0.012),
    Face("OwBabel", "BabelStoneHan.ttf", "fonts-babelstone-han", 0.012),
    Face("OwArab", "NotoNaskhArabic-Regular.ttf", "fonts-noto-core"),
)
TEXT, ARABIC = FACES[0], FACES[-1]


class Run(Value, frozen=True):
    """Neighbouring characters set in one face; None where no font has the glyph."""

    face: Face | None
    text: str


@cache
def font(face: Face) -> MendedFont:
    """The font of a face, read once in a process. Raises Problem `font-missing`."""
    read = MendedFont(face.name, str(path(face)))
    if face is ARABIC:
        read.lend(LAM, NOTHING, LAM_ALEFS)
    pdfmetrics.registerFont(read)
    return read


def faces() -> tuple[MendedFont, ...]:
    """All fonts, read. Raises Problem `font-missing`."""
    return tuple(font(face) for face in FACES)


def missing() -> tuple[str, ...]:
    """The files whose package is not installed, for the self-test."""
    lost = []
    for face in FACES:
        try:
            path(face)
        except Problem:
            lost.append(f"{face.file} ({face.package})")
    return tuple(lost)


@cache
def face_of(char: str) -> Face | None:
    """The first face that has a glyph, None when none has. Raises Problem `font-missing`."""
    code = ord(char)
    if char == LAM:
        return ARABIC
    if is_selector(char):
        return None
    return next((face for face in FACES if font(face).face.charToGlyph.get(code)), None)


@cache
def advance(char: str) -> float:
    """The width of a character at size 1."""
    face = face_of(char)
    if face is not None:
        return float(font(face).face.getCharWidth(ord(char))) / 1000
    return 0.0 if is_silent(char) else CHIP_WIDTH


def is_silent(char: str) -> bool:
    """Whether a character without glyph takes no room: selectors, joiners, accents."""
    return is_selector(char) or unicodedata.category(char) in ("Mn", "Me")


def is_selector(char: str) -> bool:
    """Whether a character only chooses the shape of the one before it; some fonts draw a box for it."""
    return (
        "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
        or (unicodedata.category(char) == "Cf")
    )


def width(text: str, size: float) -> float:
    """The width of a text in points."""
    return sum(map(advance, text)) * size


def runs(text: str) -> Iterator[Run]:
    """Cut a text into runs of one face each; a character without glyph is a run of its own."""
    start, current = 0, face_of(text[0]) if text else None
    for place, char in enumerate(text):
        face = face_of(char)
        if place > start and (face is not current or face is None):
            yield Run(current, text[start:place])
            start = place
        current = face
    if text:
        yield Run(current, text[start:])


@cache
def path(face: Face) -> Path:
    """Where the file of a face lies. Raises Problem `font-missing`."""
    for folder in FOLDERS:
        for found in sorted(folder.rglob(face.file)):
            return found
    raise Problem("font-missing", face.file, f"{face.file}，软件包 {face.package}")
