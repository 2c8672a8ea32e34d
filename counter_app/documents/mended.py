"""ReportLab's TrueType embedding, mended in four places.

1. Its ToUnicode map writes five-digit codes above U+FFFF where PDF wants UTF-16: a rare name would print
   but not be found again.
2. A character without a glyph loses its text; here it keeps it, so that a chip can be drawn over it.
3. Each subset copied the whole table of outlines (20 MB of HanaMinB for one name); here it takes slices.
4. A joined form of an Arabic letter would be copied as that form; here it is the letter.
"""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from counter_app.documents.shaping import read_as

_PER_BLOCK = 100  # entries of one bfchar block (PDF 32000-1, 9.10.3)
_SPACE = 32
_FULL = 256  # codes of one subset


class MendedFont(TTFont):  # type: ignore[misc]
    """A TrueType font whose text can be found and copied, whatever its code point."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file, subfontIndex=0, asciiReadable=False, shapable=False)
        with Path(file).open("rb") as opened:  # the file itself instead of a copy of up to 30 MB in memory
            self.face._ttf_data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        face, whole = self.face, self.face.get_table
        outlines: list[_Slices] = []

        def get_table(tag: str) -> Any:
            if tag != "glyf":
                return whole(tag)
            if not outlines:
                start, length = face.get_table_pos("glyf")
                outlines.append(_Slices(memoryview(face._ttf_data)[start : start + length]))
            return outlines[0]

        face.get_table = get_table

    def lend(self, char: str, glyph_of: str, others: str) -> None:
        """Draw a character it does not have as another one; each of `others` gives it a part of its width."""
        face, part = self.face, round(min(self.face.charWidths[ord(one)] for one in others) / 3)
        face.charToGlyph[ord(char)], face.charWidths[ord(char)] = face.charToGlyph[ord(glyph_of)], part
        for one in others:
            face.charWidths[ord(one)] -= part

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802
        """Text as codes of subsets; unlike the original, also for characters that have no glyph."""
        state = self._assignState(doc, asciiReadable=False)
        parts: list[tuple[int, bytearray]] = []
        for char in text:
            code = state.assignments.get(ord(char))
            if code is None:
                code = _assign(state, ord(char))
            if not parts or parts[-1][0] != code >> 8:
                parts.append((code >> 8, bytearray()))
            parts[-1][1].append(code & 0xFF)
        return [(subset, bytes(codes)) for subset, codes in parts]

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Write the font into the document, then mend its map and write its widths as whole numbers."""
        state = self._assignState(doc, asciiReadable=False)
        subsets, prefix = list(state.subsets), state.internalName  # the original forgets them
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for n, subset in enumerate(subsets):
            name = b"".join((SUBSETN(n), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            doc.idToObject["toUnicodeCMap:" + name].content = to_unicode(name, subset)
            written = fonts[f"{prefix}+{n}"]
            written.Widths = f"[{' '.join(f'{width:.0f}' for width in written.Widths.sequence)}]".encode()


class _Slices:
    """A table of which only slices are copied."""

    def __init__(self, table: memoryview) -> None:
        self._table = table

    def __getitem__(self, part: slice) -> bytes:
        return bytes(self._table[part])


def _assign(state: Any, char: int) -> int:
    """Give a character the next free code: 0 is .notdef and 32 a space in every subset."""
    if state.nextCode % _FULL == _SPACE:
        state.nextCode += 1
    if state.nextCode % _FULL == 0:
        state.subsets.append([0] + [_SPACE] * _SPACE)
        state.nextCode += 1
    code: int = state.nextCode
    subset = state.subsets[code // _FULL]
    if code % _FULL < len(subset):
        subset[code % _FULL] = char
    else:
        subset.append(char)
    state.assignments[char] = code
    state.nextCode += 1
    return code


def to_unicode(name: str, subset: list[int]) -> str:
    """The ToUnicode CMap of one subset: code to UTF-16BE."""
    pairs = [
        f"<{code:02X}> <{read_as(chr(char)).encode('utf-16-be').hex().upper()}>"
        for code, char in enumerate(subset)
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
